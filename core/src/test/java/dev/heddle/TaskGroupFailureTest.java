package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
@SuppressWarnings("finally") // the point: clean-up that fails while a cancellation passes
class TaskGroupFailureTest {
    @Test
    void theFirstFailureCancelsTheRestAndIsThrown() {
        Trial.run(() -> {
            var failure = new IllegalArgumentException("first");
            List<String> cut = new ArrayList<>();
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    try {
                                        sleep(millis(1000));
                                    } catch (Cancelled e) {
                                        cut.add(e.getMessage());
                                        throw e;
                                    }
                                });
                                g.spawn(() -> {
                                    sleep(millis(3));
                                    throw failure;
                                });
                                sleep(millis(1000));
                            }))
                    .isSameAs(failure);
            assertThat(now()).isEqualTo(millis(3));
            assertThat(cut).singleElement().asString().contains("first");
            checkpoint();
        });
    }

    @Test
    void aFailureOfTheBodyCancelsTheTasks() {
        Trial.run(() -> {
            var failure = new IOException("body");
            assertThatThrownBy(() ->
                            group((TaskGroup g) -> {
                                g.spawn(() -> sleep(millis(1000)));
                                checkpoint();
                                throw failure;
                            }))
                    .isSameAs(failure);
            assertThat(now()).isZero();
        });
    }

    @Test
    void laterFailuresAreSuppressedInTheFirst() {
        Trial.run(() -> {
            var first = new IllegalStateException("first");
            var second = new IllegalArgumentException("second");
            var third = new IOException("third");
            assertThatThrownBy(() ->
                            group((TaskGroup g) -> {
                                g.spawn(() -> {
                                    try {
                                        sleep(millis(1000));
                                    } finally {
                                        throw second;
                                    }
                                });
                                g.spawn(() -> {
                                    throw first;
                                });
                                try {
                                    sleep(millis(1000));
                                } finally {
                                    shield(() -> sleep(millis(1)));
                                    throw third;
                                }
                            }))
                    .isSameAs(first);
            assertThat(first.getSuppressed()).containsExactly(second, third);
        });
    }

    @Test
    void aCheckedExceptionOfATaskArrivesAsTheCauseOfTaskFailed() {
        Trial.run(() -> {
            var failure = new IOException("checked");
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw failure;
                                });
                            }))
                    .isInstanceOf(TaskFailedException.class)
                    .cause()
                    .isSameAs(failure);
        });
    }

    @Test
    void anErrorOfATaskArrivesAsItself() {
        Trial.run(() -> {
            var failure = new AssertionError("error");
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw failure;
                                });
                            }))
                    .isSameAs(failure);
        });
    }

    @Test
    void aFailureThatTheBodyAwaitsIsThrownOnceAndNotSuppressedInItself() {
        Trial.run(() -> {
            var unchecked = new IllegalStateException("unchecked");
            assertThatThrownBy(() ->
                            group((TaskGroup g) ->
                                    g.spawn(
                                                    () -> {
                                                        throw unchecked;
                                                    })
                                            .await()))
                    .isSameAs(unchecked)
                    .hasNoSuppressedExceptions();
            var checked = new IOException("checked");
            assertThatThrownBy(() ->
                            group(g -> {
                                var task =
                                        g.spawn(() -> {
                                            throw checked;
                                        });
                                shield(() -> task.await());
                            }))
                    .isInstanceOf(TaskFailedException.class)
                    .hasNoSuppressedExceptions()
                    .cause()
                    .isSameAs(checked)
                    .hasNoSuppressedExceptions();
        });
    }

    @Test
    void aBodyThatSwallowsATasksFailureDoesNotSaveTheGroup() {
        Trial.run(() -> {
            var failure = new IllegalStateException("swallowed");
            assertThatThrownBy(() ->
                            group(g -> {
                                Task<Object> task =
                                        g.spawn(() -> {
                                            throw failure;
                                        });
                                try {
                                    shield(() -> task.await());
                                } catch (IllegalStateException e) {
                                    return "fine";
                                }
                                return "not reached";
                            }))
                    .isSameAs(failure);
        });
    }

    @Test
    void aCancelledTaskIsNoFailureOfItsGroup() {
        Trial.run(() -> {
            String value =
                    group(g -> {
                        var task = g.spawn(() -> sleep(millis(1000)));
                        checkpoint();
                        task.cancel("not needed");
                        return "fine";
                    });
            assertThat(value).isEqualTo("fine");
            assertThat(now()).isZero();
        });
    }

    @Test
    void aFailureTogetherWithAnOutsideCancellationIsThrownAndTheNextWaitIsCancelled() {
        Trial.run(() -> {
            var failure = new IllegalStateException("failure");
            List<String> seen = new ArrayList<>();
            scope(s -> {
                try {
                    group(g -> {
                        g.spawn(() -> {
                            try {
                                sleep(millis(1000));
                            } finally {
                                throw failure;
                            }
                        });
                        g.spawn(() -> s.cancel());
                        sleep(millis(1000));
                    });
                } catch (IllegalStateException e) {
                    assertThat(e).isSameAs(failure);
                    seen.add("failure");
                }
                try {
                    checkpoint();
                } catch (Cancelled e) {
                    seen.add("cancelled");
                    throw e;
                }
                return null;
            });
            assertThat(seen).containsExactly("failure", "cancelled");
            checkpoint();
        });
    }

    @Test
    void aGroupThatFailsWhileItsBodyIsShieldedFailsAfterTheShield() {
        Trial.run(() -> {
            var failure = new IllegalStateException("failure");
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw failure;
                                });
                                shield(() -> sleep(millis(20)));
                                return "kept, but of no use";
                            }))
                    .isSameAs(failure);
            assertThat(now()).isEqualTo(millis(20));
        });
    }

    @Test
    void aStrayCancelledInTheBodyIsAFailureThatCancelsTheTasks() {
        Trial.run(() -> {
            Cancelled[] stashed = new Cancelled[1];
            scope(s -> {
                s.cancel();
                try {
                    checkpoint();
                } catch (Cancelled e) {
                    stashed[0] = e;
                    throw e;
                }
                return null;
            });
            assertThatThrownBy(() ->
                            group((TaskGroup g) -> {
                                g.spawn(() -> sleep(millis(3_600_000)));
                                checkpoint();
                                throw stashed[0];
                            }))
                    .isSameAs(stashed[0]);
            assertThat(now()).as("the tasks were cancelled").isZero();
            checkpoint();
        });
    }
}
