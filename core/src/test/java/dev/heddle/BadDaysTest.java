package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What user code can do to the loop on a bad day, and what must go on all the same.
@Timeout(10)
class BadDaysTest {
    private static int deep(int level) {
        return 1 + deep(level + 1);
    }

    private static int deepInScopes(int level) {
        return timeout(millis(1_000), () -> shield(() -> scope(s -> deepInScopes(level + 1)))) + 1;
    }

    private static int deepInGroups(int level) {
        return group(g -> {
            g.spawn(() -> {});
            return deepInGroups(level + 1) + 1;
        });
    }

    @Test
    void aStackOverflowIsAFailureLikeAnyOther() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> deep(0));
                            }))
                    .isInstanceOf(StackOverflowError.class);
            checkpoint();
        });
    }

    @Test
    void aStackOverflowAmongScopesLeavesTheTaskAndItsTimersInOrder() {
        for (int round = 0; round < 20; round++) {
            Trial.run(() -> {
                Task<?> self = Task.current();
                CancelScope before = self.scope;
                try {
                    deepInScopes(0);
                } catch (StackOverflowError | AssertionError e) {
                    assertThat(e).isInstanceOf(StackOverflowError.class);
                }
                assertThat(self.scope).isSameAs(before);
                checkpoint();
                sleep(millis(5_000));
                checkpoint();
            });
        }
    }

    @Test
    void anOutOfMemoryErrorOfTheUsersCodeIsAFailureLikeAnyOther() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw new OutOfMemoryError(
                                            "Requested array size exceeds VM limit");
                                });
                                sleep(millis(99));
                            }))
                    .isInstanceOf(OutOfMemoryError.class);
        });
    }

    private static final class Fatal extends Error {
        Fatal() {
            super("fatal", null, false, false);
        }
    }

    @Test
    void anErrorWithoutTraceAndWithoutSuppressionIsThrownAsItIs() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw new Fatal();
                                });
                                g.spawn(() -> {
                                    throw new IllegalStateException("second");
                                });
                            }))
                    .isInstanceOf(Fatal.class)
                    .hasNoSuppressedExceptions();
            assertThatThrownBy(() ->
                            Heddle.offload(() -> {
                                throw new Fatal();
                            }))
                    .isInstanceOf(Fatal.class);
        });
    }

    @Test
    void oneExceptionThrownByTwoTasksIsThrownOnceAndNotSuppressedInItself() {
        var shared = new IllegalStateException("shared");
        Trial.run(() ->
                assertThatThrownBy(() ->
                                group(g -> {
                                    for (int i = 0; i < 3; i++) {
                                        g.spawn(() -> {
                                            throw shared;
                                        });
                                    }
                                }))
                        .isSameAs(shared)
                        .hasNoSuppressedExceptions());
    }

    @Test
    void failuresThatSuppressOneAnotherCanStillBePrinted() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        second.addSuppressed(first);
        Trial.run(() ->
                assertThatThrownBy(() ->
                                group(g -> {
                                    g.spawn(() -> {
                                        throw first;
                                    });
                                    g.spawn(() -> {
                                        throw second;
                                    });
                                }))
                        .isSameAs(first));
        StringWriter text = new StringWriter();
        first.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains("CIRCULAR REFERENCE");
    }

    private static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("no message");
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("no text");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new UnsupportedOperationException("no trace");
        }
    }

    private static final class HostileChecked extends Exception {
        @Override
        public String toString() {
            throw new UnsupportedOperationException("no text");
        }
    }

    @Test
    void aFailureThatCannotDescribeItselfEndsItsGroupAllTheSame() {
        Trial.run(() -> {
            var hostile = new Hostile();
            Throwable[] thrown = new Throwable[1];
            List<String> cut = new ArrayList<>();
            try {
                group(g -> {
                    g.spawn(() -> {
                        try {
                            sleep(millis(3_600_000));
                        } finally {
                            cut.add("sibling");
                        }
                    });
                    g.spawn(() -> {
                        throw hostile;
                    });
                });
            } catch (Hostile e) {
                thrown[0] = e;
            }
            assertThat(thrown[0] == hostile).isTrue();
            assertThat(cut).containsExactly("sibling");
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw new HostileChecked();
                                });
                            }))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("HostileChecked");
        });
    }

    @Test
    void aHostileFailureOfABackgroundTaskLetsTheLoopClose() {
        List<Throwable> told = new ArrayList<>();
        try (EventLoop loop = EventLoop.open("hostile")) {
            loop.onUnhandled((where, failure) -> told.add(failure));
            loop.spawn(() -> {
                throw new Hostile();
            });
            loop.run(() -> checkpoint());
        }
        assertThat(told.size()).isEqualTo(1);
    }

    @Test
    void aThreadDeathLikeErrorOfTheMainTaskReachesTheCallerOfRun() {
        assertThatThrownBy(() ->
                        Heddle.run(() -> {
                            throw new Fatal();
                        }))
                .isInstanceOf(Fatal.class);
    }

    @Test
    void deepGroupsThatOverflowEndWithTheOverflow() {
        Trial.run(() -> {
            Task<?> self = Task.current();
            CancelScope before = self.scope;
            Throwable thrown = null;
            try {
                deepInGroups(0);
            } catch (StackOverflowError | AssertionError e) {
                thrown = e;
            }
            assertThat(thrown).isInstanceOf(StackOverflowError.class);
            assertThat(self.scope).isSameAs(before);
            checkpoint();
        });
    }
}
