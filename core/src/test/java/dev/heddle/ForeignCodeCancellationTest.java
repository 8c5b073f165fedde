package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class ForeignCodeCancellationTest {
    static Stream<Named<Action<Exception>>> waits() {
        return Stream.of(
                wait("Thread.sleep", () -> Thread.sleep(3_600_000)),
                wait("BlockingQueue.take", () -> new LinkedBlockingQueue<String>().take()),
                wait(
                        "ReentrantLock.lockInterruptibly",
                        () -> lockedElsewhere().lockInterruptibly()),
                wait("Object.wait", ForeignCodeCancellationTest::waitOnMonitor),
                wait("CompletableFuture.get", () -> new CompletableFuture<String>().get()),
                wait("CountDownLatch.await", () -> new CountDownLatch(1).await()),
                wait("Semaphore.acquire", () -> new Semaphore(0).acquire()),
                wait("Thread.join", () -> Thread.currentThread().join()),
                wait("a blocking read of a pipe", ForeignCodeCancellationTest::readPipe),
                wait("a wait wrapped by a library", ForeignCodeCancellationTest::wrapped));
    }

    private static Named<Action<Exception>> wait(String name, Action<Exception> body) {
        return Named.of(name, body);
    }

    private static ReentrantLock lockedElsewhere() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Thread.ofPlatform().start(lock::lock).join();
        return lock;
    }

    private static void waitOnMonitor() throws InterruptedException {
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait();
        }
    }

    private static void readPipe() throws Exception {
        Pipe pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink()) {
            assertThat(sink.isOpen()).isTrue();
            source.read(ByteBuffer.allocate(1));
        }
    }

    private static void wrapped() {
        try {
            new LinkedBlockingQueue<String>().take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in a library", e);
        }
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aDeadlineEndsIt(Action<Exception> wait) throws Exception {
        Heddle.run(() -> {
            assertThatThrownBy(() -> timeout(millis(20), wait))
                    .isInstanceOf(TimeoutException.class);
            assertThatTheInterruptHasNotLeaked();
        });
    }

    @ParameterizedTest
    @MethodSource("waits")
    void cancellingAScopeEndsItAndIsConsumed(Action<Exception> wait) throws Exception {
        Heddle.run(() -> {
            String value =
                    group(g -> {
                        CancelScope[] cut = new CancelScope[1];
                        var waiting =
                                g.spawn(() -> {
                                    scope(s -> {
                                        cut[0] = s;
                                        wait.run();
                                        return "never";
                                    });
                                    assertThatTheInterruptHasNotLeaked();
                                    return "behind";
                                });
                        sleep(millis(20));
                        cut[0].cancel();
                        return waiting.await();
                    });
            assertThat(value).isEqualTo("behind");
        });
    }

    @ParameterizedTest
    @MethodSource("waits")
    void cancellingTheTaskEndsItAsCancelled(Action<Exception> wait) throws Exception {
        Heddle.run(() ->
                group(g -> {
                    var waiting = g.spawn(wait);
                    sleep(millis(20));
                    waiting.cancel();
                    assertThatThrownBy(waiting::await)
                            .isInstanceOf(java.util.concurrent.CancellationException.class);
                    assertThat(waiting.isCancelled()).isTrue();
                }));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aTaskCancelledBeforeItsFirstStepIsWokenFromIt(Action<Exception> wait) throws Exception {
        Heddle.run(() ->
                group(g -> {
                    var waiting = g.spawn(wait);
                    waiting.cancel();
                    assertThatThrownBy(waiting::await)
                            .isInstanceOf(java.util.concurrent.CancellationException.class);
                }));
    }

    private static void assertThatTheInterruptHasNotLeaked() throws InterruptedException {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread.sleep(2);
        checkpoint();
    }

    @Test
    void theCutComesAtTheDeadlineOfTheLoopsClock() {
        Trial.run(() -> {
            assertThatThrownBy(() -> timeout(millis(10), () -> Thread.sleep(3_600_000)))
                    .isInstanceOf(TimeoutException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void codeThatSwallowsTheInterruptIsInterruptedAgain() {
        Trial.run(() -> {
            int[] interrupts = new int[1];
            scope(s -> {
                s.cancel();
                while (interrupts[0] < 5) {
                    try {
                        Thread.sleep(3_600_000);
                    } catch (InterruptedException e) {
                        interrupts[0]++;
                    }
                }
                assertThatThrownBy(() -> checkpoint()).isInstanceOf(Cancelled.class);
                return null;
            });
            assertThat(interrupts[0]).isEqualTo(5);
            // At once, then after 1, 2, 4 and 8 ms.
            assertThat(now()).isEqualTo(millis(15));
            assertThat(EventLoop.current().statistics().timers()).isZero();
        });
    }

    @Test
    void aLockThatCannotBeInterruptedIsTakenAndTheNextWaitThrows() {
        Trial.run(() -> {
            ReentrantLock lock = new ReentrantLock();
            List<String> seen = new ArrayList<>();
            group(g -> {
                g.spawn(() -> {
                    lock.lock();
                    sleep(millis(1_000));
                    lock.unlock();
                });
                g.spawn(() -> {
                    timeoutOf(
                            millis(10),
                            () -> {
                                lock.lock();
                                try {
                                    seen.add("locked at " + now().toMillis());
                                    checkpoint();
                                } finally {
                                    lock.unlock();
                                }
                            });
                    seen.add("behind");
                    assertThatTheInterruptHasNotLeaked();
                });
            });
            assertThat(seen).containsExactly("locked at 1000", "behind");
            assertThat(now()).isEqualTo(millis(1_000));
        });
    }

    @Test
    void aTaskThatWaitsForAMonitorOfAnotherTaskGetsItAndThenThrows() {
        Trial.run(() -> {
            Object monitor = new Object();
            List<String> seen = new ArrayList<>();
            group(g -> {
                g.spawn(() -> {
                    synchronized (monitor) {
                        sleep(millis(1_000));
                    }
                });
                g.spawn(() -> {
                    timeoutOf(
                            millis(10),
                            () -> {
                                synchronized (monitor) {
                                    seen.add("entered");
                                    checkpoint();
                                }
                            });
                    seen.add("behind");
                    assertThatTheInterruptHasNotLeaked();
                });
            });
            assertThat(seen).containsExactly("entered", "behind");
        });
    }

    private static void timeoutOf(java.time.Duration limit, Action<RuntimeException> body) {
        assertThatThrownBy(() -> timeout(limit, body)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aTaskThatEndsWhileItsNextInterruptIsPendingLeavesNoTimer() {
        Trial.run(() -> {
            group(g -> {
                var task =
                        g.spawn(() -> {
                            // Each park answers one interrupt; then the next pause is pending.
                            for (int i = 0; i < 3; i++) {
                                LockSupport.park();
                                Thread.interrupted();
                            }
                        });
                sleep(millis(1));
                task.cancel();
            });
            assertThat(EventLoop.current().statistics().timers()).isZero();
        });
    }

    @Test
    void aFailureThatHasNothingToDoWithTheInterruptIsAFailure() {
        Trial.run(() -> {
            var failure = new IllegalStateException("unrelated");
            assertThatThrownBy(() ->
                            scope(s -> {
                                s.cancel();
                                try {
                                    Thread.sleep(3_600_000);
                                } catch (InterruptedException e) {
                                    throw failure;
                                }
                                return null;
                            }))
                    .isSameAs(failure);
        });
    }

    @Test
    void anInterruptedExceptionOfItsOwnMakingIsAFailureInAScopeThatIsNotCancelled() {
        Trial.run(() ->
                assertThatThrownBy(() ->
                                scope(s -> {
                                    throw new InterruptedException("made up");
                                }))
                        .isInstanceOf(InterruptedException.class));
    }
}
