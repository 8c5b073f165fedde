package dev.heddle.sync;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Event, Condition, Semaphore, CapacityLimiter, Barrier and Queue.
@Timeout(10)
class PrimitivesTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void anEventWakesAllInTheOrderOfComingAndStaysSet() throws Exception {
        OnLoop.run(() -> {
            Event event = new Event();
            group(g -> {
                for (int i = 0; i < 3; i++) {
                    int n = i;
                    g.spawn(() -> {
                        event.await();
                        log.add(n);
                    });
                }
                checkpoint();
                assertThat(event.waiting()).isEqualTo(3);
                event.set();
                event.set();
            });
            event.await();
            assertThat(log).containsExactly(0, 1, 2);
        });
    }

    @Test
    void aSemaphoreLetsSoManyThroughAndNoMore() throws Exception {
        OnLoop.run(() -> {
            Semaphore semaphore = new Semaphore(2);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            group(g -> {
                for (int i = 0; i < 10; i++) {
                    g.spawn(() ->
                            semaphore.with(() -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                sleep(Duration.ofMillis(1));
                                inside.decrementAndGet();
                            }));
                }
            });
            assertThat(most).hasValue(2);
            assertThat(semaphore.available()).isEqualTo(2);
            assertThatThrownBy(semaphore::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("more often");
        });
    }

    @Test
    void aPermitPassesByOneThatWasCancelledBefore() throws Exception {
        OnLoop.run(() -> {
            Semaphore semaphore = new Semaphore(1);
            semaphore.acquire();
            group(g -> {
                Task<?> first = g.spawn(() -> semaphore.acquire());
                Task<?> second = g.spawn(() -> semaphore.acquire());
                checkpoint();
                first.cancel();
                semaphore.release();
                Object ignored = second.get();
                assertThat(first.isCancelled()).isTrue();
                assertThat(semaphore.available()).isZero();
            });
        });
    }

    @Test
    void aConditionHasItsLockBackWhateverHappens() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            Condition condition = new Condition(lock);
            group(g -> {
                Task<?> cancelled =
                        g.spawn(() -> {
                            lock.acquire();
                            try {
                                condition.await();
                            } finally {
                                log.add(lock.owner() == Task.current());
                                lock.release();
                            }
                        });
                Task<?> woken =
                        g.spawn(() ->
                                lock.with(() -> {
                                    condition.awaitUntil(() -> log.contains("now"));
                                    log.add("woken");
                                }));
                checkpoint();
                cancelled.cancel();
                lock.with(() -> {
                    log.add("now");
                    condition.signal();
                });
                Object ignored = woken.get();
            });
            assertThat(log).contains(true, "woken");
            assertThatThrownBy(condition::signal)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not have it");
        });
    }

    @Test
    void aBarrierLetsAllGoTogetherAndCanBeUsedAgain() throws Exception {
        OnLoop.run(() -> {
            Barrier barrier = new Barrier(3);
            group(g -> {
                for (int i = 0; i < 3; i++) {
                    int n = i;
                    g.spawn(() -> {
                        for (int round = 0; round < 2; round++) {
                            sleep(Duration.ofMillis(10 * n));
                            log.add("before " + round);
                            boolean last = barrier.await();
                            log.add("after " + round);
                            assertThat(last).isEqualTo(n == 2);
                        }
                    });
                }
            });
        });
        assertThat(log)
                .containsSubsequence("before 0", "before 0", "before 0", "after 0", "after 0");
        assertThat(log.indexOf("after 1")).isGreaterThan(log.lastIndexOf("before 1"));
    }

    @Test
    void aLimiterKnowsItsBorrowersAndCanChange() throws Exception {
        OnLoop.run(() -> {
            CapacityLimiter limiter = new CapacityLimiter(1);
            limiter.acquire();
            assertThatThrownBy(limiter::acquire)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
            group(g -> {
                Task<?> waiter = g.spawn(() -> limiter.acquireFor("waiter"));
                checkpoint();
                assertThat(limiter.statistics()).isEqualTo(new CapacityLimiter.Statistics(1, 1, 1));
                limiter.setTotal(2);
                Object ignored = waiter.get();
                limiter.releaseFor("waiter");
                limiter.release();
                assertThatThrownBy(limiter::release).isInstanceOf(IllegalStateException.class);
            });
        });
    }

    @Test
    void queuesGiveInTheirOrder() throws Exception {
        OnLoop.run(() -> {
            Queue<Integer> fifo = Queue.fifo(9);
            Queue<Integer> lifo = Queue.lifo(9);
            Queue<Integer> least = Queue.priority(9, Comparator.naturalOrder());
            for (Queue<Integer> queue : List.of(fifo, lifo, least)) {
                for (int n : List.of(2, 1, 3)) {
                    queue.put(n);
                }
                log.add(List.of(queue.get(), queue.get(), queue.get()));
            }
        });
        assertThat(log).containsExactly(List.of(2, 1, 3), List.of(3, 1, 2), List.of(1, 2, 3));
    }

    @Test
    void joinWaitsForTheWorkAndNotOnlyForTheQueue() throws Exception {
        OnLoop.run(() -> {
            Queue<Integer> queue = Queue.fifo(1);
            group(g -> {
                g.spawn(() -> {
                    for (int i = 0; i < 3; i++) {
                        int n = queue.get();
                        sleep(Duration.ofMillis(10));
                        log.add("done " + n);
                        queue.done();
                    }
                });
                for (int i = 0; i < 3; i++) {
                    queue.put(i);
                }
                queue.join();
                log.add("joined");
            });
            assertThatThrownBy(queue::done).isInstanceOf(IllegalStateException.class);
        });
        assertThat(log).containsExactly("done 0", "done 1", "done 2", "joined");
    }

    @Test
    void shuttingDownNowDropsAndReleasesWhoJoins() throws Exception {
        OnLoop.run(() -> {
            Queue<Integer> queue = Queue.fifo(2);
            queue.put(1);
            group(g -> {
                Task<?> joiner = g.spawn(() -> queue.join());
                checkpoint();
                queue.shutdownNow();
                Object ignored = joiner.get();
            });
            assertThatThrownBy(queue::get).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> queue.put(2)).isInstanceOf(ClosedException.class);
        });
    }
}
