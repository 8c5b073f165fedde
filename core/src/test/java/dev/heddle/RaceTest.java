package dev.heddle;

import static dev.heddle.Heddle.checkCancelled;
import static dev.heddle.Heddle.firstOf;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.staggered;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RaceTest {
    private final List<String> log = new ArrayList<>();

    /// A body that says when it begins, succeeds, and is cut.
    private Body<String, RuntimeException> slow(String name, long millis) {
        return () -> {
            log.add(name + " begins at " + now().toMillis());
            try {
                sleep(millis(millis));
            } catch (Cancelled cut) {
                log.add(name + " cut at " + now().toMillis());
                throw cut;
            }
            return name;
        };
    }

    private Body<String, Exception> failing(String name, long millis, Exception failure) {
        return () -> {
            slow(name, millis).run();
            throw failure;
        };
    }

    private final class Resource implements AutoCloseable {
        private final String name;

        Resource(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            log.add(name + " closed");
        }
    }

    @Test
    void theFirstToSucceedWinsAndTheOthersAreCutAndAwaited() {
        Trial.run(() -> {
            String won =
                    firstOf(
                            () -> {
                                try {
                                    return slow("a", 30).run();
                                } finally {
                                    shield(() -> sleep(millis(5)));
                                    log.add("a is gone");
                                }
                            },
                            slow("b", 10));
            assertThat(won).isEqualTo("b");
            assertThat(log)
                    .containsExactly("a begins at 0", "b begins at 0", "a cut at 10", "a is gone");
            assertThat(now()).isEqualTo(millis(15));
        });
    }

    @Test
    void aFailureDoesNotEndTheRace() {
        Trial.run(() -> {
            String won = firstOf(failing("a", 5, new IOException("refused")), slow("b", 10));
            assertThat(won).isEqualTo("b");
        });
    }

    @Test
    void aNullCanWin() {
        Trial.run(() -> {
            assertThat(Heddle.<String>firstOf(() -> null, slow("b", 10))).isNull();
        });
    }

    @Test
    void whenAllFailTheFirstIsThrownWithTheOthersInTheOrderOfTheirComing() {
        Trial.run(() -> {
            var a = new IOException("a");
            var b = new IllegalStateException("b");
            var c = new IllegalArgumentException("c");
            assertThatThrownBy(() ->
                            firstOf(failing("c", 30, c), failing("a", 10, a), failing("b", 20, b)))
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(a)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(b, c));
        });
    }

    @Test
    void anAttemptThatIsCancelledAloneHasFailed() {
        Trial.run(() -> {
            Body<String, RuntimeException> givesUp =
                    () -> {
                        Task.current().cancel("had enough");
                        checkCancelled();
                        return "never";
                    };
            assertThat(firstOf(givesUp, slow("b", 10))).isEqualTo("b");
            assertThatThrownBy(() -> firstOf(givesUp))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("had enough");
        });
    }

    @Test
    void ofTwoThatSucceedInTheSameInstantTheSecondIsClosed() {
        Trial.run(() -> {
            Resource won =
                    firstOf(
                            () -> {
                                sleep(millis(10));
                                return new Resource("a");
                            },
                            () -> {
                                sleep(millis(10));
                                return new Resource("b");
                            });
            assertThat(won.name).isEqualTo("a");
            assertThat(log).containsExactly("b closed");
        });
    }

    @Test
    void aLoserThatCannotBeStoppedHasItsValueClosed() {
        Trial.run(() -> {
            Resource won =
                    firstOf(
                            () -> new Resource("a"),
                            () ->
                                    shield(() -> {
                                        sleep(millis(10));
                                        return new Resource("b");
                                    }));
            assertThat(won.name).isEqualTo("a");
            assertThat(log).containsExactly("b closed");
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void aValueThatBothReturnIsNotClosed() {
        Trial.run(() -> {
            var shared = new Resource("shared");
            assertThat(Heddle.<Resource>firstOf(() -> shared, () -> shared)).isSameAs(shared);
            assertThat(log).isEmpty();
        });
    }

    @Test
    void whoGivesAReleaseDecidesHimself() {
        Trial.run(() -> {
            List<Resource> late = new ArrayList<>();
            List<Body<Resource, RuntimeException>> attempts =
                    List.of(() -> new Resource("a"), () -> new Resource("b"));
            firstOf(attempts, late::add);
            assertThat(late).extracting(resource -> resource.name).containsExactly("b");
            assertThat(log).isEmpty();
        });
    }

    @Test
    void aReleaseThatThrowsGoesToTheHandlerAndTheRestIsReleased() {
        Trial.run(() -> {
            EventLoop.current()
                    .onUnhandled((where, failure) -> log.add(where + ": " + failure.getMessage()));
            List<Body<String, RuntimeException>> attempts =
                    List.of(() -> "a", () -> "b", () -> "c");
            assertThat(
                            Heddle.<String>firstOf(
                                    attempts,
                                    late -> {
                                        log.add("release " + late);
                                        throw new IllegalStateException("cannot");
                                    }))
                    .isEqualTo("a");
            assertThat(log)
                    .containsExactly(
                            "release b",
                            "releasing a value that has lost a race: cannot",
                            "release c",
                            "releasing a value that has lost a race: cannot");
        });
    }

    @Test
    void anErrorOfALoserIsReported() {
        Trial.run(() -> {
            EventLoop.current()
                    .onUnhandled((where, failure) -> log.add(where + ": " + failure.getMessage()));
            String won =
                    firstOf(
                            () -> {
                                throw new AssertionError("a defect");
                            },
                            () -> {
                                sleep(millis(1));
                                return "b";
                            });
            assertThat(won).isEqualTo("b");
            assertThat(log).containsExactly("an attempt that has lost a race: a defect");
        });
    }

    @Test
    void cancellingTheCallerCutsAllAttempts() {
        Trial.run(() -> {
            var early = new IllegalStateException("early");
            assertThatThrownBy(() ->
                            timeout(
                                    millis(10),
                                    () -> firstOf(slow("a", 20), failing("b", 5, early))))
                    .isInstanceOf(TimeoutException.class)
                    .satisfies(
                            thrown -> assertThat(thrown.getCause()).hasSuppressedException(early));
            assertThat(log).contains("a cut at 10");
        });
    }

    @Test
    void aWinnerThatIsThereIsDeliveredThoughTheCallerIsCancelledBeforeTheLosersAreGone() {
        Trial.run(() -> {
            String won =
                    timeout(
                            millis(15),
                            () ->
                                    firstOf(
                                            slow("a", 10),
                                            () -> {
                                                shield(() -> sleep(millis(20)));
                                                return "b";
                                            }));
            assertThat(won).isEqualTo("a");
            assertThat(now()).isEqualTo(millis(20));
        });
    }

    @Test
    void whereCancellationAndSuccessMeetTheValueIsDeliveredInEitherOrder() {
        for (boolean cancelledFirst : new boolean[] {true, false}) {
            log.clear();
            Trial.run(() ->
                    group(g -> {
                        Promise<String> value = new Promise<>();
                        Task<Void> caller =
                                g.spawn(() -> {
                                    log.add("won by " + firstOf(value::await, slow("b", 50)));
                                    checkCancelled();
                                    log.add("never");
                                });
                        sleep(millis(1));
                        if (cancelledFirst) {
                            caller.cancel();
                        }
                        value.complete("a");
                        caller.cancel();
                        Trial.settle();
                        assertThat(log).containsOnlyOnce("b cut at 1").endsWith("won by a");
                        assertThat(caller.isCancelled()).isTrue();
                    }));
        }
    }

    @Test
    void aRaceOfNobodyIsRefused() {
        Trial.run(() -> {
            assertThatThrownBy(() -> firstOf(List.<Body<String, ?>>of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least one");
        });
    }

    @Test
    void staggeredAttemptsStartOneDelayApart() {
        Trial.run(() -> {
            String won =
                    staggered(millis(10), List.of(slow("a", 100), slow("b", 15), slow("c", 100)));
            assertThat(won).isEqualTo("b");
            assertThat(log).startsWith("a begins at 0", "b begins at 10", "c begins at 20");
            assertThat(log).contains("a cut at 25", "c cut at 25").hasSize(5);
        });
    }

    @Test
    void theNextStartsAtOnceWhenOneHasFailed() {
        Trial.run(() -> {
            String won =
                    staggered(
                            Duration.ofHours(1),
                            List.of(
                                    failing("a", 5, new IOException("refused")),
                                    failing("b", 5, new IOException("refused")),
                                    slow("c", 5)));
            assertThat(won).isEqualTo("c");
            assertThat(log).containsExactly("a begins at 0", "b begins at 5", "c begins at 10");
        });
    }

    @Test
    void aFastWinnerLeavesTheOthersUnstarted() {
        Trial.run(() -> {
            assertThat(staggered(millis(10), List.of(slow("a", 5), slow("b", 5)))).isEqualTo("a");
            assertThat(log).containsExactly("a begins at 0");
            assertThat(now()).isEqualTo(millis(5));
        });
    }

    @Test
    void withoutADelayAllStartAtOnce() {
        Trial.run(() -> {
            assertThat(staggered(Duration.ZERO, List.of(slow("a", 5), slow("b", 3))))
                    .isEqualTo("b");
            assertThat(log).startsWith("a begins at 0", "b begins at 0");
        });
    }

    @Test
    void aStaggeredRaceThatAllLoseThrowsTheFirstFailure() {
        Trial.run(() -> {
            var a = new IllegalStateException("a");
            var b = new IllegalStateException("b");
            assertThatThrownBy(() ->
                            staggered(millis(10), List.of(failing("a", 15, a), failing("b", 1, b))))
                    .isSameAs(b)
                    .hasSuppressedException(a);
        });
    }

    @Test
    void cancellingAStaggeredRaceWhileItWaitsStartsNoMore() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            timeout(
                                    millis(5),
                                    () ->
                                            staggered(
                                                    millis(10),
                                                    List.of(slow("a", 20), slow("b", 20)))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(log).containsExactly("a begins at 0", "a cut at 5");
        });
    }
}
