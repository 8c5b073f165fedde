package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StrangerTest {
    /// The handler of the JDK would print what a cancelled stranger throws.
    private static Thread start(Runnable body) {
        return Thread.ofVirtual().uncaughtExceptionHandler((thread, e) -> {}).start(body);
    }

    @Test
    void aThreadStartedInsideATaskRunsOnItsLoopAndIsCounted() throws Exception {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            Promise<EventLoop> where = new Promise<>();
            Promise<String> goOn = new Promise<>();
            Thread thread =
                    start(() -> {
                        where.complete(EventLoop.current());
                        goOn.await();
                    });
            assertThat(where.await()).isSameAs(loop);
            assertThat(loop.statistics().strangers()).isEqualTo(1);
            assertThat(loop.statistics().tasks()).isEqualTo(1);
            goOn.complete("go");
            thread.join();
            checkpoint();
            assertThat(loop.statistics().strangers()).isZero();
        });
    }

    @Test
    void heddlesCallsWorkInside() throws Exception {
        Trial.run(() -> {
            Promise<String> result = new Promise<>();
            start(() -> {
                assertThat((Object) Task.current()).isNotNull();
                sleep(millis(10));
                assertThatThrownBy(() -> Heddle.timeout(millis(5), () -> sleep(millis(9))))
                        .isInstanceOf(TimeoutException.class);
                String value =
                        group(g -> {
                            var child =
                                    g.spawn(() -> {
                                        sleep(millis(5));
                                        return "child";
                                    });
                            return child.await() + " and " + Heddle.offload(() -> "worker");
                        });
                result.complete(value);
            });
            assertThat(result.await()).isEqualTo("child and worker");
            assertThat(Trial.now()).isEqualTo(millis(20));
        });
    }

    @Test
    void anExecutorOfVirtualThreadsWorksInsideATask() throws Exception {
        Trial.run(() -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                var future =
                        executor.submit(() -> {
                            Thread.sleep(1);
                            return EventLoop.current().name();
                        });
                assertThat(future.get()).isEqualTo("trial");
            }
        });
    }

    @Test
    void strangersAndTasksNeverRunAtTheSameMoment() throws Exception {
        int[] counter = new int[1];
        Trial.run(() -> {
            var threads = new java.util.ArrayList<Thread>();
            for (int i = 0; i < 10; i++) {
                threads.add(
                        start(() -> {
                            for (int n = 0; n < 1_000; n++) {
                                int seen = counter[0];
                                Thread.onSpinWait();
                                counter[0] = seen + 1;
                                Thread.yield();
                            }
                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        });
        assertThat(counter[0]).isEqualTo(10_000);
    }

    @Test
    void closingTheLoopCancelsAStrangerThatWaitsInHeddle() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (EventLoop loop = EventLoop.open("waiting stranger", new VirtualClock())) {
            loop.run(() -> {
                start(() -> {
                    try {
                        new Promise<String>().await();
                    } finally {
                        shield(() -> sleep(millis(10)));
                        seen.add("cleaned up");
                    }
                });
                checkpoint();
            });
        }
        assertThat(seen).containsExactly("cleaned up");
    }

    @Test
    void closingTheLoopInterruptsAStrangerThatWaitsInTheJdk() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        EventLoop loop = EventLoop.open("parked stranger");
        loop.run(() -> {
            start(() -> {
                try {
                    Thread.sleep(3_600_000);
                } catch (InterruptedException e) {
                    seen.add("interrupted");
                }
            });
            checkpoint();
        });
        long start = System.nanoTime();
        loop.close();
        assertThat(seen).containsExactly("interrupted");
        assertThat(System.nanoTime() - start).as("no wait for the grace").isLessThan(900_000_000L);
    }

    @Test
    void closingTheLoopGivesUpOnAStrangerThatDoesNotEnd() throws Exception {
        for (Clock clock : List.of(new VirtualClock(), Clock.system())) {
            Thread[] stranger = new Thread[1];
            EventLoop loop = EventLoop.open("stubborn stranger", clock);
            loop.run(() -> {
                stranger[0] =
                        start(() -> {
                            while (true) {
                                LockSupport.park();
                                Thread.interrupted();
                            }
                        });
                checkpoint();
            });
            loop.close();
            // Waking it now does no harm.
            LockSupport.unpark(stranger[0]);
            assertThat(stranger[0].isAlive()).isTrue();
        }
    }

    @Test
    void closingTheLoopReachesTheTasksOfAStrangersGroup() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (EventLoop loop = EventLoop.open("strangers group", new VirtualClock())) {
            loop.run(() -> {
                start(() ->
                        group(g -> {
                            g.spawn(() -> {
                                try {
                                    new Promise<String>().await();
                                } finally {
                                    seen.add("child");
                                }
                            });
                        }));
                Trial.settle();
            });
        }
        assertThat(seen).containsExactly("child");
    }

    @Test
    void aStrangerThatOutlivesItsTaskGoesOn() throws Exception {
        Trial.run(() -> {
            Promise<String> result = new Promise<>();
            ReentrantLock lock = new ReentrantLock();
            lock.lock();
            group(g -> {
                g.spawn(() -> {
                    start(() -> {
                        lock.lock();
                        lock.unlock();
                        result.complete("ended behind its task");
                    });
                });
            });
            checkpoint();
            lock.unlock();
            assertThat(result.await()).isEqualTo("ended behind its task");
            checkpoint();
        });
    }
}
