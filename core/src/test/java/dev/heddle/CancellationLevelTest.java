package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.offload;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class CancellationLevelTest {
    private static final Promise<String> COMPLETE = new Promise<>();

    static {
        COMPLETE.complete("there");
    }

    static Stream<Action<Exception>> suspensionPoints() {
        return Stream.of(
                () -> checkpoint(),
                () -> sleep(millis(1)),
                () -> sleep(millis(0)),
                () -> new Promise<String>().await(),
                () -> COMPLETE.await(),
                () -> offload(() -> 1),
                () -> Heddle.checkCancelled());
    }

    @ParameterizedTest
    @MethodSource("suspensionPoints")
    void everySuspensionPointThrowsAgainAndAgain(Action<Exception> point) throws Exception {
        Trial.run(() -> {
            scope(s -> {
                s.cancel();
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(point::run)
                            .isInstanceOfSatisfying(
                                    Cancelled.class, e -> assertThat(e.scope()).isSameAs(s));
                }
                return null;
            });
            checkpoint();
        });
    }

    @Test
    void leavingAScopeConsumesItsOwnCancellation() {
        Trial.run(() -> {
            String value =
                    scope(s -> {
                        s.cancel();
                        checkpoint();
                        return "never";
                    });
            assertThat(value).isNull();
            checkpoint();
        });
    }

    @Test
    void leavingAScopePassesAnOuterCancellationOn() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            scope(outer -> {
                scope(inner -> {
                    outer.cancel();
                    assertThat(inner.isCancelled()).isTrue();
                    checkpoint();
                    return null;
                });
                seen.add("never");
                return null;
            });
            assertThat(seen).isEmpty();
        });
    }

    @Test
    void aScopeCancelledBeforeTheOneAroundItConsumesItsOwn() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            scope(outer -> {
                scope(inner -> {
                    inner.cancel();
                    outer.cancel();
                    checkpoint();
                    return null;
                });
                seen.add("behind the inner scope");
                checkpoint();
                seen.add("never");
                return null;
            });
            assertThat(seen).containsExactly("behind the inner scope");
        });
    }

    @Test
    void swallowingCancelledChangesNothingForTheCodeBehind() {
        Trial.run(() -> {
            int[] thrown = new int[1];
            String value =
                    scope(s -> {
                        s.cancel();
                        for (int i = 0; i < 100; i++) {
                            try {
                                sleep(millis(1));
                            } catch (Cancelled e) {
                                thrown[0]++;
                            }
                        }
                        return "and a value all the same";
                    });
            assertThat(value).isEqualTo("and a value all the same");
            assertThat(thrown[0]).isEqualTo(100);
            assertThat(now()).isZero();
        });
    }

    @Test
    void catchExceptionDoesNotSwallowIt() {
        Trial.run(() -> {
            String value =
                    scope(s -> {
                        s.cancel();
                        try {
                            checkpoint();
                        } catch (Exception e) {
                            return "swallowed";
                        }
                        return "never";
                    });
            assertThat(value).isNull();
        });
    }

    @Test
    void aTaskThatReturnsIsDoneHoweverOftenItWasCancelled() {
        Trial.run(() ->
                group(g -> {
                    var task =
                            g.spawn(() -> {
                                try {
                                    sleep(millis(99));
                                } catch (Cancelled e) {
                                    return "returned";
                                }
                                return "never";
                            });
                    checkpoint();
                    task.cancel();
                    task.cancel("again");
                    assertThat(task.await()).isEqualTo("returned");
                    task.cancel();
                    assertThat(task.isCancelled()).isFalse();
                    assertThat(task.await()).isEqualTo("returned");
                }));
    }

    @Test
    void aTaskThatEndsByItIsCancelledAndSaysWhy() {
        Trial.run(() ->
                group(g -> {
                    var task = g.spawn("worker", () -> sleep(millis(99)));
                    checkpoint();
                    task.cancel("the user went away");
                    assertThatThrownBy(task::await)
                            .isInstanceOf(CancellationException.class)
                            .hasMessageContaining("worker")
                            .hasMessageContaining("the user went away");
                    assertThat(task.isCancelled()).isTrue();
                    assertThat(task.isDone()).isTrue();
                }));
    }

    @Test
    void aTaskCancelledBeforeItsFirstStepRunsToItsFirstSuspensionPoint() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            group(g -> {
                var task =
                        g.spawn(() -> {
                            seen.add("began");
                            try {
                                checkpoint();
                                seen.add("never");
                            } finally {
                                seen.add("cleaned up");
                            }
                        });
                task.cancel();
            });
            assertThat(seen).containsExactly("began", "cleaned up");
        });
    }

    @Test
    void aTaskCancelledBeforeItsFirstStepThatNeverSuspendsIsDone() {
        Trial.run(() ->
                group(g -> {
                    var task = g.spawn(() -> "no wait, no cut");
                    task.cancel();
                    assertThat(task.await()).isEqualTo("no wait, no cut");
                }));
    }

    @Test
    void cancellingAScopeThatWasLeftDoesNothing() {
        Trial.run(() -> {
            CancelScope[] left = new CancelScope[1];
            scope(s -> {
                left[0] = s;
                return null;
            });
            left[0].cancel();
            checkpoint();
            assertThat(left[0].isCancelled()).isFalse();
        });
    }

    @Test
    void theFirstReasonStays() {
        Trial.run(() ->
                scope(s -> {
                    s.cancel("first");
                    s.cancel("second");
                    assertThatThrownBy(() -> checkpoint())
                            .isInstanceOf(Cancelled.class)
                            .hasMessageContaining("first");
                    return null;
                }));
    }

    @Test
    void aStashedCancelledThrownElsewhereIsAFailureThere() {
        Trial.run(() -> {
            Cancelled[] stash = new Cancelled[1];
            scope(s -> {
                s.cancel("long ago");
                try {
                    checkpoint();
                } catch (Cancelled e) {
                    stash[0] = e;
                }
                return null;
            });
            assertThatThrownBy(() ->
                            scope(other -> {
                                throw stash[0];
                            }))
                    .isSameAs(stash[0]);
            assertThatThrownBy(() ->
                            timeout(
                                    millis(5),
                                    () -> {
                                        throw stash[0];
                                    }))
                    .isSameAs(stash[0]);
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw stash[0];
                                });
                            }))
                    .isSameAs(stash[0]);
        });
    }

    @Test
    void cancellingADeepTreeNeedsNoDeepStack() {
        // Each level is a task in a group, so the tree is deep while every stack is short.
        Trial.run(() -> {
            int[] cut = new int[1];
            scope(s -> {
                group(g -> {
                    g.spawn(() -> descend(3_000, cut, s));
                });
                return null;
            });
            assertThat(cut[0]).isEqualTo(3_001);
        });
    }

    private static void descend(int depth, int[] cut, CancelScope all) {
        try {
            group(g -> {
                if (depth > 0) {
                    g.spawn(() -> descend(depth - 1, cut, all));
                } else {
                    all.cancel();
                }
                sleep(millis(99));
            });
        } finally {
            cut[0]++;
        }
    }

    @Test
    void aForeignThreadCancels() throws Exception {
        try (EventLoop loop = EventLoop.open("cancelled from outside")) {
            Promise<CancelScope> opened = new Promise<>();
            Task<String> task =
                    loop.spawn(() -> {
                        scope(s -> {
                            opened.complete(s);
                            sleep(millis(3_600_000));
                            return null;
                        });
                        checkpoint();
                        return "went on";
                    });
            opened.toCompletableFuture().get().cancel();
            assertThat(task.get()).isEqualTo("went on");
        }
    }
}
