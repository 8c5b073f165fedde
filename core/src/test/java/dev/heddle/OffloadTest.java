package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.offload;
import static dev.heddle.Heddle.offloadInterruptibly;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OffloadTest {
    @Test
    void theBodyRunsOnAWorkerAndTheLoopGoesOn() throws Exception {
        Heddle.run(() ->
                group(g -> {
                    CountDownLatch done = new CountDownLatch(1);
                    g.spawn(() -> done.countDown());
                    String name =
                            offload(() -> {
                                done.await(); // would never end if the loop waited with it
                                return Thread.currentThread().getName();
                            });
                    assertThat(name).startsWith("heddle-worker-");
                    assertThat((Object) Task.current()).isNotNull();
                }));
    }

    @Test
    void theVirtualClockStandsStillWhileAWorkerWorks() throws Exception {
        Trial.run(() ->
                group(g -> {
                    Promise<String> goOn = new Promise<>();
                    List<String> order = new ArrayList<>();
                    CountDownLatch go = new CountDownLatch(1);
                    g.spawn(() -> {
                        offload(() -> go.await());
                        order.add("worker at " + now().toMillis());
                        goOn.complete("go");
                    });
                    g.spawn(() -> {
                        sleep(millis(10));
                        order.add("sleeper at " + now().toMillis());
                    });
                    checkpoint();
                    go.countDown();
                    goOn.await();
                    sleep(millis(20));
                    assertThat(order).containsExactly("worker at 0", "sleeper at 10");
                }));
    }

    @Test
    void failuresArriveAsTheyAreAndShowBothThreads() throws Exception {
        Trial.run(() -> {
            assertThatThrownBy(() -> failsOnWorker())
                    .isInstanceOf(IOException.class)
                    .satisfies(e ->
                            assertThat(e.getStackTrace())
                                    .anyMatch(frame -> frame.getMethodName().equals("onWorker"))
                                    .anyMatch(frame ->
                                            frame.toString().contains("offloaded to a worker"))
                                    .anyMatch(
                                            frame -> frame.getMethodName().equals("failsOnWorker"))
                                    .noneMatch(
                                            frame -> frame.getClassName().contains("ThreadPool")));
            var kept = new IOException("made elsewhere");
            assertThatThrownBy(() ->
                            offload(() -> {
                                throw kept;
                            }))
                    .isSameAs(kept);
        });
    }

    private static void failsOnWorker() throws IOException {
        offload(OffloadTest::onWorker);
    }

    private static void onWorker() throws IOException {
        throw new IOException("made there");
    }

    @Test
    void anExceptionThatIsThrownAgainAndAgainDoesNotGrow() throws Exception {
        Trial.run(() -> {
            IllegalStateException[] kept = new IllegalStateException[1];
            int[] lengths = new int[5];
            for (int i = 0; i < lengths.length; i++) {
                int round = i;
                assertThatThrownBy(() ->
                                offload(() -> {
                                    if (round == 0) {
                                        kept[0] = new IllegalStateException("kept");
                                    }
                                    throw kept[0];
                                }))
                        .isSameAs(kept[0]);
                lengths[i] = kept[0].getStackTrace().length;
            }
            assertThat(lengths).containsOnly(lengths[0]);
        });
    }

    @Test
    void whatSuspendsIsRefusedOnAWorker() throws Exception {
        Trial.run(() ->
                offload(() -> {
                    assertThatThrownBy(() -> sleep(millis(1)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("heddle-worker-");
                    assertThat((Object) Task.current()).isNull();
                }));
    }

    @Test
    void offloadingOutsideOfATaskIsRefused() throws Exception {
        assertThatThrownBy(() -> offload(() -> 1)).isInstanceOf(IllegalStateException.class);
    }

    /// Fills all workers, calls `action`, and lets them go.
    private static void whileWorkersAreBusy(TaskGroup g, Action<Exception> action)
            throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(Workers.SIZE);
        try {
            for (int i = 0; i < Workers.SIZE; i++) {
                g.spawn(() ->
                        offload(() -> {
                            busy.countDown();
                            release.await();
                        }));
            }
            while (busy.getCount() > 0) {
                checkpoint();
            }
            action.run();
        } finally {
            release.countDown();
        }
    }

    @Test
    void cancellingTakesAJobOutOfTheQueue() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Heddle.run(() ->
                group(g -> {
                    whileWorkersAreBusy(
                            g,
                            () -> {
                                var queued = g.spawn(() -> offload(ran::incrementAndGet));
                                Trial.settle();
                                queued.cancel();
                                assertThatThrownBy(queued::await)
                                        .isInstanceOf(CancellationException.class);
                            });
                }));
        Heddle.run(() -> offload(() -> 1));
        assertThat(ran).hasValue(0);
    }

    @Test
    void manyQueuedJobsAreCancelledQuickly() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        int jobs = 20_000;
        Heddle.run(() ->
                group(g -> {
                    whileWorkersAreBusy(
                            g,
                            () ->
                                    group(inner -> {
                                        for (int i = 0; i < jobs; i++) {
                                            inner.spawn(() -> offload(ran::incrementAndGet));
                                        }
                                        Trial.settle();
                                        inner.cancel();
                                    }));
                }));
        assertThat(ran.get()).isLessThan(jobs);
    }

    @Test
    void anInterruptibleJobIsInterruptedAndCountsAsCancelled() throws Exception {
        Heddle.run(() -> {
            assertThatThrownBy(() ->
                            timeout(
                                    millis(20),
                                    () ->
                                            offloadInterruptibly(() -> {
                                                Thread.sleep(3_600_000);
                                                return 1;
                                            })))
                    .isInstanceOf(TimeoutException.class);
            checkpoint();
        });
    }

    @Test
    void anInterruptibleJobThatFinishesAllTheSameDeliversItsResult() throws Exception {
        Heddle.run(() -> {
            String value =
                    timeout(
                            millis(20),
                            () ->
                                    offloadInterruptibly(() -> {
                                        try {
                                            Thread.sleep(3_600_000);
                                        } catch (InterruptedException e) {
                                            return "finished";
                                        }
                                        return "never";
                                    }));
            assertThat(value).isEqualTo("finished");
        });
    }

    @Test
    void anInterruptibleJobThatFailsForAnotherReasonThrowsThat() throws Exception {
        Heddle.run(() -> {
            var failure = new IOException("the disk is full");
            assertThatThrownBy(() ->
                            timeout(
                                    millis(20),
                                    () ->
                                            offloadInterruptibly(() -> {
                                                try {
                                                    Thread.sleep(3_600_000);
                                                } catch (InterruptedException e) {
                                                    throw failure;
                                                }
                                                return 1;
                                            })))
                    .isSameAs(failure);
        });
    }

    @Test
    void theInterruptOfOneJobDoesNotHitTheNext() throws Exception {
        Heddle.run(() -> {
            for (int round = 0; round < 300; round++) {
                try {
                    timeout(
                            java.time.Duration.ofNanos(30_000),
                            () ->
                                    offloadInterruptibly(() -> {
                                        while (!Thread.currentThread().isInterrupted()) {
                                            Thread.onSpinWait();
                                        }
                                        return 1;
                                    }));
                } catch (TimeoutException e) {
                    // cut before it began
                }
                assertThat(offload(() -> Thread.currentThread().isInterrupted())).isFalse();
            }
        });
    }

    @Test
    void closingALoopWaitsForItsOffloadedWork() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch began = new CountDownLatch(1);
        try (EventLoop loop = EventLoop.open("closing")) {
            loop.spawn(() ->
                    offload(() -> {
                        began.countDown();
                        Thread.sleep(30);
                        ended.incrementAndGet();
                    }));
            loop.run(() -> offload(() -> began.await()));
        }
        assertThat(ended).hasValue(1);
    }

    @Test
    void moreJobsThanWorkersAllRun() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Heddle.run(() ->
                group(g -> {
                    for (int i = 0; i < 5_000; i++) {
                        g.spawn(() -> offload(ran::incrementAndGet));
                    }
                }));
        assertThat(ran).hasValue(5_000);
    }
}
