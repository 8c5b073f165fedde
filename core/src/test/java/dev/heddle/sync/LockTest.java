package dev.heddle.sync;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Cancelled;
import dev.heddle.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LockTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void oneAtATimeAndInTheOrderOfComing() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            group(g -> {
                for (int i = 0; i < 3; i++) {
                    int n = i;
                    g.spawn(() ->
                            lock.with(() -> {
                                log.add("in " + n);
                                sleep(Duration.ofMillis(10));
                                log.add("out " + n);
                            }));
                }
            });
        });
        assertThat(log).containsExactly("in 0", "out 0", "in 1", "out 1", "in 2", "out 2");
    }

    @Test
    void oneWhoComesLateDoesNotOvertakeTheChosenOne() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            lock.acquire();
            group(g -> {
                g.spawn(() -> {
                    lock.acquire();
                    log.add("waiter");
                    lock.release();
                });
                checkpoint();
                lock.release();
                assertThat(lock.tryAcquire()).isFalse();
                lock.acquire();
                log.add("latecomer");
                lock.release();
            });
        });
        assertThat(log).containsExactly("waiter", "latecomer");
    }

    @Test
    void aWaiterThatIsCancelledLeavesTheLine() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            lock.acquire();
            group(g -> {
                Task<?> gone = g.spawn(() -> lock.acquire());
                g.spawn(() -> {
                    lock.acquire();
                    log.add("second");
                    lock.release();
                });
                checkpoint();
                gone.cancel();
                checkpoint();
                assertThat(lock.statistics().waiting()).isEqualTo(1);
                lock.release();
            });
        });
        assertThat(log).containsExactly("second");
    }

    @Test
    void oneThatIsChosenAndCancelledAtOnceHasTheLockAndThrowsNext() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            lock.acquire();
            group(g -> {
                Task<?> chosen =
                        g.spawn(() -> {
                            lock.acquire();
                            log.add("has it");
                            try {
                                checkpoint();
                            } catch (Cancelled e) {
                                log.add("cancelled");
                                throw e;
                            } finally {
                                lock.release();
                            }
                        });
                checkpoint();
                lock.release();
                chosen.cancel();
                lock.acquire();
                log.add("next");
                lock.release();
            });
        });
        assertThat(log).containsExactly("has it", "cancelled", "next");
    }

    @Test
    void oneThatIsCancelledFirstDoesNotGetIt() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            lock.acquire();
            group(g -> {
                Task<?> first = g.spawn(() -> lock.acquire());
                checkpoint();
                first.cancel();
                checkpoint();
                lock.release();
                assertThat(lock.isLocked()).isFalse();
                assertThat(first.isCancelled()).isTrue();
            });
        });
    }

    @Test
    void mistakesAreRefusedByName() throws Exception {
        OnLoop.run(() -> {
            Lock lock = new Lock();
            assertThatThrownBy(lock::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nobody");
            lock.acquire();
            assertThatThrownBy(lock::acquire)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not reentrant");
        });
        assertThatThrownBy(() -> new Lock().acquire())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Heddle.run");
    }
}
