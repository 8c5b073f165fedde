package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ShieldTest {
    @Test
    void aShieldDelaysCancellationAndDoesNotForgiveIt() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            group(g -> {
                var task =
                        g.spawn(() -> {
                            shield(() -> {
                                sleep(millis(10));
                                seen.add("shielded");
                            });
                            seen.add("behind, without waiting");
                            checkpoint();
                            seen.add("never");
                        });
                sleep(millis(5));
                task.cancel();
            });
            assertThat(seen).containsExactly("shielded", "behind, without waiting");
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void aShieldInACancelledScopeLetsCleanUpWait() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            scope(s -> {
                s.cancel();
                try {
                    sleep(millis(1));
                } finally {
                    shield(() -> sleep(millis(10)));
                    seen.add("clean");
                }
                return null;
            });
            assertThat(seen).containsExactly("clean");
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void aScopeInsideAShieldCanBeCancelledItself() {
        Trial.run(() -> {
            shield(() ->
                    scope(inner -> {
                        inner.cancel();
                        assertThatThrownBy(() -> checkpoint()).isInstanceOf(Cancelled.class);
                        checkpoint();
                        return null;
                    }));
            checkpoint();
        });
    }

    @Test
    void aTimeoutInsideAShieldInsideACancelledScopeIsATimeout() {
        Trial.run(() ->
                scope(s -> {
                    s.cancel();
                    shield(() ->
                            assertThatThrownBy(() -> timeout(millis(5), () -> sleep(millis(9))))
                                    .isInstanceOf(TimeoutException.class));
                    return null;
                }));
    }

    @Test
    void shieldsNest() {
        Trial.run(() ->
                scope(s -> {
                    shield(() -> {
                        s.cancel();
                        shield(() -> sleep(millis(1)));
                        sleep(millis(1));
                    });
                    assertThatThrownBy(() -> checkpoint()).isInstanceOf(Cancelled.class);
                    return null;
                }));
    }

    @Test
    void aForeignWaitInAShieldIsNotInterrupted() throws Exception {
        Trial.run(() ->
                scope(s -> {
                    s.cancel();
                    shield(() -> Thread.sleep(5));
                    return null;
                }));
    }

    @Test
    void anInterruptThatCancellationHasSentDoesNotReachIntoAShield() {
        Trial.run(() -> {
            ReentrantLock lock = new ReentrantLock();
            List<String> seen = new ArrayList<>();
            group(g -> {
                g.spawn(() -> {
                    lock.lock();
                    sleep(millis(50));
                    lock.unlock();
                });
                var task =
                        g.spawn(() -> {
                            lock.lock(); // answers the interrupt by remembering it
                            try {
                                checkpoint();
                            } finally {
                                lock.unlock();
                                seen.add("cut");
                                shield(() -> {
                                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                                    Thread.sleep(1);
                                    seen.add("clean");
                                });
                            }
                        });
                sleep(millis(10));
                task.cancel();
            });
            assertThat(seen).containsExactly("cut", "clean");
        });
    }

    @Test
    void aShieldEnteredStraightBehindAForeignWaitIsNotInterrupted() {
        Trial.run(() -> {
            ReentrantLock lock = new ReentrantLock();
            List<String> seen = new ArrayList<>();
            group(g -> {
                g.spawn(() -> {
                    lock.lock();
                    sleep(millis(50));
                    lock.unlock();
                });
                var task =
                        g.spawn(() -> {
                            lock.lock();
                            shield(() -> Thread.sleep(1));
                            seen.add("clean");
                        });
                sleep(millis(10));
                task.cancel();
            });
            assertThat(seen).containsExactly("clean");
        });
    }

    @Test
    void aTaskCancelledWhileItGivesWayIsNotLeftInterrupted() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            group(g -> {
                var task =
                        g.spawn(() -> {
                            try {
                                while (true) {
                                    checkpoint();
                                }
                            } finally {
                                seen.add("interrupted: " + Thread.currentThread().isInterrupted());
                            }
                        });
                checkpoint();
                // The callback that sends the interrupt comes before the task's next turn.
                g.spawn(() -> task.cancel());
                Trial.settle();
            });
            assertThat(seen).containsExactly("interrupted: false");
        });
    }
}
