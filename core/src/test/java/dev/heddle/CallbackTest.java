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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CallbackTest {
    @Test
    void callbacksAndTasksKeepTheOrderInWhichTheyCame() throws Exception {
        List<String> order = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> order.add("callback 1"));
                    g.spawn(() -> order.add("task 2"));
                    loop.callSoon(() -> order.add("callback 3"));
                    loop.callSoon(() -> order.add("callback 4"));
                    g.spawn(() -> order.add("task 5"));
                    loop.callSoon(() -> order.add("callback 6"));
                }));
        assertThat(order)
                .containsExactly(
                        "callback 1", "task 2", "callback 3", "callback 4", "task 5", "callback 6");
    }

    @Test
    void aCallbackAddedByACallbackComesBehindAllThatIsReady() throws Exception {
        List<String> order = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> {
                        order.add("first");
                        loop.callSoon(() -> order.add("added"));
                    });
                    loop.callSoon(() -> order.add("second"));
                    g.spawn(() -> order.add("task"));
                }));
        assertThat(order).containsExactly("first", "second", "task", "added");
    }

    @Test
    void aCallbackThatSuspendsLetsTheOthersGoOn() throws Exception {
        List<String> order = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            for (int i = 1; i <= 20; i++) {
                int number = i;
                loop.callSoon(() -> {
                    sleep(millis(number));
                    order.add("late " + number);
                });
            }
            loop.callSoon(() -> order.add("at once"));
            sleep(millis(30));
        });
        assertThat(order).hasSize(21).startsWith("at once", "late 1", "late 2").endsWith("late 20");
    }

    @Test
    void aCallbackThatWaitsForALockOfAParkedTaskDoesNotStopTheLoop() throws Exception {
        Object monitor = new Object();
        ReentrantLock lock = new ReentrantLock();
        List<String> order = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    EventLoop loop = EventLoop.current();
                    g.spawn(() -> {
                        synchronized (monitor) {
                            lock.lock();
                            sleep(millis(10));
                            lock.unlock();
                        }
                        order.add("released");
                        sleep(millis(10));
                    });
                    checkpoint();
                    loop.callSoon(() -> {
                        synchronized (monitor) {
                            order.add("monitor");
                        }
                    });
                    loop.callSoon(() -> {
                        lock.lock();
                        order.add("lock");
                        lock.unlock();
                    });
                    loop.callSoon(() -> order.add("free"));
                }));
        assertThat(order).hasSize(4).contains("monitor", "lock");
        assertThat(order.getFirst()).isEqualTo("free");
    }

    @Test
    void callbacksFromOneThreadKeepTheirOrder() throws Exception {
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        try (EventLoop loop = EventLoop.open("ordered")) {
            CountDownLatch done = new CountDownLatch(1);
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                expected.add(i);
                loop.callSoon(() -> order.add(number));
            }
            loop.callSoon(done::countDown);
            done.await();
        }
        assertThat(order).isEqualTo(expected);
    }

    @Test
    void callLaterRunsAtItsTimeAndCanBeTakenBack() throws Exception {
        List<String> order = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            loop.callLater(millis(20), () -> order.add("20 at " + Trial.now().toMillis()));
            loop.callLater(millis(10), () -> order.add("10 at " + Trial.now().toMillis()));
            TimerHandle taken = loop.callLater(millis(15), () -> order.add("never"));
            loop.callLater(millis(-1), () -> order.add("overdue"));
            loop.callLater(millis(0), () -> order.add("now"));
            taken.cancel();
            taken.cancel();
            sleep(millis(30));
        });
        assertThat(order).containsExactly("overdue", "now", "10 at 10", "20 at 20");
    }

    @Test
    void aCallOfTheSameInstantCanStillBeTakenBack() throws Exception {
        List<String> order = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            TimerHandle[] second = new TimerHandle[1];
            loop.callLater(
                    millis(10),
                    () -> {
                        order.add("first");
                        second[0].cancel();
                    });
            second[0] = loop.callLater(millis(10), () -> order.add("taken back, and called"));
            sleep(millis(20));
        });
        assertThat(order).containsExactly("first");
    }

    @Test
    void aCallCanBeTakenBackFromAnotherThread() throws Exception {
        try (EventLoop loop = EventLoop.open("foreign cancel")) {
            TimerHandle handle = loop.run(() -> loop.callLater(millis(3_600_000), () -> {}));
            assertThat(loop.statistics().timers()).isEqualTo(1);
            handle.cancel();
            loop.run(() -> checkpoint());
            assertThat(loop.statistics().timers()).isZero();
        }
    }

    @Test
    void callLaterFromAnotherThreadIsRefused() throws Exception {
        try (EventLoop loop = EventLoop.open("refusing")) {
            assertThatThrownBy(() -> loop.callLater(millis(1), () -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("callSoon");
        }
    }

    @Test
    void whatACallbackThrowsGoesToTheHandlerAndTheNextOneRuns() throws Exception {
        List<String> seen = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            loop.onUnhandled((where, failure) -> seen.add(where + ": " + failure.getMessage()));
            loop.callSoon(() -> {
                throw new IllegalStateException("boom");
            });
            loop.callSoon(() -> {
                throw new StackOverflowError("deep");
            });
            loop.callSoon(() -> seen.add("next"));
            Trial.settle();
        });
        assertThat(seen).containsExactly("a callback: boom", "a callback: deep", "next");
    }

    @Test
    void aCallbackThatCancelsItsOwnTaskDoesNotCancelTheNextOne() throws Exception {
        List<String> seen = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            loop.callSoon(() -> {
                seen.add("first");
                Task<?> self = Task.current();
                assertThat((Object) self).isNotNull();
                self.cancel();
            });
            loop.callSoon(() -> {
                sleep(millis(5));
                seen.add("second");
            });
            sleep(millis(10));
        });
        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void aCallbacksTaskCancelledWhileItIsIdleDoesNotCancelTheNextCallback() throws Exception {
        List<String> seen = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            AtomicReference<Task<?>> runner = new AtomicReference<>();
            loop.callSoon(() -> runner.set(Task.current()));
            Trial.settle();
            runner.get().cancel();
            loop.callSoon(() -> {
                sleep(millis(5));
                seen.add("not cancelled");
            });
            sleep(millis(10));
        });
        assertThat(seen).containsExactly("not cancelled");
    }

    @Test
    void anInterruptLeftBehindByACallbackDoesNotReachTheNextOne() throws Exception {
        List<String> seen = new ArrayList<>();
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            loop.callSoon(() -> Thread.currentThread().interrupt());
            loop.callSoon(() -> seen.add("interrupted: " + Thread.interrupted()));
            Trial.settle();
            loop.callSoon(() -> Thread.currentThread().interrupt());
            Trial.settle();
            loop.callSoon(() -> {
                sleep(millis(5));
                seen.add("not cancelled");
            });
            sleep(millis(10));
        });
        assertThat(seen).containsExactly("interrupted: false", "not cancelled");
    }

    @Test
    void strayWakeUpsOfACallbacksThreadLoseAndDoubleNothing() throws Exception {
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        try (EventLoop loop = EventLoop.open("stray")) {
            Thread runner =
                    loop.run(() -> {
                        Promise<Thread> thread = new Promise<>();
                        loop.callSoon(() -> thread.complete(Thread.currentThread()));
                        return thread.await();
                    });
            Thread noise =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!Thread.currentThread().isInterrupted()) {
                                    java.util.concurrent.locks.LockSupport.unpark(runner);
                                }
                            });
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                expected.add(i);
                CountDownLatch done = new CountDownLatch(1);
                loop.callSoon(() -> {
                    order.add(number);
                    done.countDown();
                });
                done.await();
            }
            noise.interrupt();
            noise.join();
        }
        assertThat(order).isEqualTo(expected);
    }

    @Test
    void aSuspendedCallbackIsCancelledAndWaitedForWhenItsLoopCloses() throws Exception {
        List<String> seen = new ArrayList<>();
        try (EventLoop loop = EventLoop.open("closing", new VirtualClock())) {
            loop.callSoon(() -> {
                try {
                    new Promise<String>().await();
                } finally {
                    shield(() -> sleep(millis(10)));
                    seen.add("cleaned up");
                }
            });
            loop.run(() -> checkpoint());
        }
        assertThat(seen).containsExactly("cleaned up");
    }
}
