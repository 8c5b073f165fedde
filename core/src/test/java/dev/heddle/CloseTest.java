package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CloseTest {
    @Test
    void backgroundTasksAreCancelledAndWaitedFor() throws Exception {
        List<String> seen = new ArrayList<>();
        Task<?>[] task = new Task<?>[1];
        try (EventLoop loop = EventLoop.open("closing", new VirtualClock())) {
            task[0] =
                    loop.spawn(() -> {
                        try {
                            sleep(millis(3_600_000_000L));
                        } finally {
                            shield(() -> sleep(millis(20)));
                            seen.add("clean");
                        }
                    });
            loop.run(() -> checkpoint());
            // Virtual time would run to the sleep's end: close at once.
        }
        assertThat(seen).containsExactly("clean");
        assertThat(task[0].isDone()).isTrue();
    }

    @Test
    void aTaskThatSwallowsCancelledIsWaitedFor() throws Exception {
        EventLoop loop = EventLoop.open("stubborn");
        CountDownLatch began = new CountDownLatch(1);
        Task<String> task =
                loop.spawn(() -> {
                    began.countDown();
                    for (int i = 0; i < 5; ) {
                        try {
                            sleep(millis(5));
                        } catch (Cancelled e) {
                            i++;
                        }
                    }
                    return "in its own time";
                });
        loop.close();
        assertThat(task.promise().toCompletableFuture()).isCompletedWithValue("in its own time");
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        EventLoop loop = EventLoop.open("twice");
        loop.close();
        loop.close();
    }

    @Test
    void closingFromSeveralThreadsIsHarmless() throws Exception {
        for (int round = 0; round < 50; round++) {
            EventLoop loop = EventLoop.open("many closers");
            loop.spawn(() -> sleep(millis(3_600_000)));
            List<Thread> closers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                closers.add(Thread.ofPlatform().start(loop::close));
            }
            for (Thread closer : closers) {
                closer.join();
            }
        }
    }

    @Test
    void closingFromInsideIsRefused() throws Exception {
        try (EventLoop loop = EventLoop.open("from inside")) {
            loop.run(() ->
                    assertThatThrownBy(loop::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("main task"));
            assertThat(loop.run(() -> "still open")).isEqualTo("still open");
        }
    }

    @Test
    void aClosedLoopRejectsEverythingAndSaysItsName() throws Exception {
        EventLoop loop = EventLoop.open("gone");
        loop.close();
        assertThatThrownBy(() -> loop.run(() -> 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> loop.spawn(() -> 1))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.callSoon(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aClosingLoopTakesNoBackgroundTasksFromItsOwn() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (EventLoop loop = EventLoop.open("closing")) {
            CountDownLatch began = new CountDownLatch(1);
            loop.spawn(() -> {
                try {
                    began.countDown();
                    sleep(millis(3_600_000));
                } finally {
                    assertThatThrownBy(() -> loop.spawn(() -> 1))
                            .isInstanceOf(RejectedExecutionException.class);
                    shield(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    sleep(millis(1));
                                    seen.add("a group in clean-up");
                                });
                            }));
                }
            });
            loop.run(() -> Heddle.offload(() -> began.await()));
        }
        assertThat(seen).containsExactly("a group in clean-up");
    }

    @Test
    void aRunOfAnotherThreadIsCancelledByClosing() throws Exception {
        EventLoop loop = EventLoop.open("closed while run");
        CountDownLatch began = new CountDownLatch(1);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread runner =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                loop.run(() -> {
                                    began.countDown();
                                    sleep(millis(3_600_000));
                                });
                            } catch (Throwable e) {
                                thrown.add(e);
                            }
                        });
        began.await();
        loop.close();
        runner.join();
        assertThat(thrown).singleElement().isInstanceOf(CancellationException.class);
    }

    @Test
    void whatRacesWithClosingIsRunOrRejectedAndNeverLost() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        List<Task<?>> tasks = new CopyOnWriteArrayList<>();
        List<Throwable> wrong = new CopyOnWriteArrayList<>();
        for (int round = 0; round < 60; round++) {
            EventLoop loop = EventLoop.open("racing");
            List<Thread> senders = new ArrayList<>();
            CountDownLatch go = new CountDownLatch(1);
            senders.add(
                    sender(
                            go,
                            wrong,
                            () -> {
                                loop.callSoon(ran::incrementAndGet);
                                accepted.incrementAndGet();
                            }));
            senders.add(sender(go, wrong, () -> tasks.add(loop.spawn(() -> checkpoint()))));
            senders.add(
                    sender(
                            go,
                            wrong,
                            () -> {
                                try {
                                    loop.run(() -> 1);
                                } catch (CancellationException e) {
                                    // ran, and was cut
                                }
                            }));
            go.countDown();
            if (round % 2 == 0) {
                Thread.yield();
            }
            loop.close();
            for (Thread sender : senders) {
                sender.join();
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(ran).hasValue(accepted.get());
        assertThat(tasks).allMatch(Task::isDone);
    }

    private static Thread sender(CountDownLatch go, List<Throwable> wrong, Runnable submit) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        go.await();
                        for (int i = 0; i < 100_000; i++) {
                            submit.run();
                        }
                    } catch (RejectedExecutionException e) {
                        // the fair end
                    } catch (Throwable e) {
                        wrong.add(e);
                    }
                });
    }

    @Test
    void theLoopsThreadIsGoneWhenCloseReturns() throws Exception {
        EventLoop loop = EventLoop.open("thread");
        Thread carrier = loop.run(VirtualThreads::carrier);
        loop.close();
        assertThat(carrier.isAlive()).isFalse();
    }

    @Test
    void runClosesItsLoopWhenItsMainTaskFails() throws Exception {
        Thread[] carrier = new Thread[1];
        List<String> seen = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() ->
                        Heddle.run(() -> {
                            carrier[0] = VirtualThreads.carrier();
                            EventLoop.current()
                                    .spawn(() -> {
                                        try {
                                            sleep(millis(3_600_000));
                                        } finally {
                                            seen.add("background");
                                        }
                                    });
                            checkpoint();
                            throw new IllegalStateException("main");
                        }))
                .hasMessage("main");
        assertThat(carrier[0].isAlive()).isFalse();
        assertThat(seen).containsExactly("background");
    }

    @Test
    void runInsideALoopIsRefused() throws Exception {
        Trial.run(() -> {
            assertThatThrownBy(() -> Heddle.run(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
            assertThatThrownBy(() -> EventLoop.current().run(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
        });
    }

    @Test
    void closingAnotherLoopFromATaskSuspendsTheTask() throws Exception {
        Heddle.run(() ->
                group(g -> {
                    EventLoop other = EventLoop.open("other");
                    Promise<String> goOn = new Promise<>();
                    other.spawn(() -> shield(() -> goOn.await()));
                    var closer = g.spawn(other::close);
                    Trial.settle();
                    goOn.complete("go");
                    closer.await();
                }));
    }
}
