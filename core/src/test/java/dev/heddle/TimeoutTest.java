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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
@SuppressWarnings("finally") // the point: clean-up that fails while a cancellation passes
class TimeoutTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void aBodyThatTakesTooLongIsCutAtItsDeadline() {
        Trial.run(() -> {
            assertThatThrownBy(() -> timeout(millis(10), () -> sleep(millis(11))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("10 ms")
                    .hasCauseInstanceOf(Cancelled.class);
            assertThat(now()).isEqualTo(millis(10));
            checkpoint();
        });
    }

    @Test
    void aBodyThatIsInTimeReturnsAndLeavesNoTimer() {
        Trial.run(() -> {
            String value =
                    timeout(
                            millis(10),
                            () -> {
                                sleep(millis(9));
                                return "in time";
                            });
            assertThat(value).isEqualTo("in time");
            assertThat(EventLoop.current().statistics().timers()).isZero();
            sleep(millis(5));
        });
    }

    @Test
    void aResultThatIsThereWinsOverADeadlineInTheSameInstant() {
        Trial.run(() -> {
            String value =
                    timeout(
                            millis(10),
                            () -> {
                                sleep(millis(10));
                                return "there";
                            });
            assertThat(value).isEqualTo("there");
        });
    }

    @Test
    void aResultThatIsThereWinsThoughTheDeadlineWasSetLater() {
        Trial.run(() -> {
            Promise<String> promise = new Promise<>();
            String value =
                    group(g -> {
                        g.spawn(() -> {
                            sleep(millis(10));
                            promise.complete("there");
                        });
                        checkpoint();
                        return timeout(millis(10), promise::await);
                    });
            assertThat(value).isEqualTo("there");
        });
    }

    @Test
    void aBodyThatReturnsAfterItsDeadlineAllTheSameCounts() {
        Trial.run(() -> {
            String value =
                    timeout(
                            millis(10),
                            () -> {
                                try {
                                    sleep(millis(20));
                                } catch (Cancelled e) {
                                    return "swallowed";
                                }
                                return "never";
                            });
            assertThat(value).isEqualTo("swallowed");
            checkpoint();
        });
    }

    @Test
    void aBodyThatIsCutAndFailsOtherwiseThrowsItsFailure() {
        Trial.run(() -> {
            var failure = new IllegalStateException("in clean-up");
            assertThatThrownBy(() ->
                            timeout(
                                    millis(10),
                                    () -> {
                                        try {
                                            sleep(millis(20));
                                        } finally {
                                            throw failure;
                                        }
                                    }))
                    .isSameAs(failure);
            checkpoint();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aLimitOfZeroOrLessRunsTheBodyToItsFirstSuspension(long seconds) {
        Trial.run(() -> {
            Duration limit = Duration.ofSeconds(seconds);
            List<String> ran = new ArrayList<>();
            assertThatThrownBy(() ->
                            timeout(
                                    limit,
                                    () -> {
                                        ran.add("before");
                                        checkpoint();
                                        ran.add("behind");
                                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(ran).containsExactly("before");
            String value = timeout(limit, () -> "without waiting");
            assertThat(value).isEqualTo("without waiting");
        });
    }

    @Test
    void theLongestLimitNeverCuts() {
        Trial.run(() -> {
            sleep(millis(1)); // so that now plus the limit overflows
            timeout(LONGEST, () -> sleep(Duration.ofDays(100_000)));
            timeout(LONGEST, () -> timeout(LONGEST, () -> sleep(millis(1))));
        });
        Heddle.run(() -> timeout(LONGEST, () -> sleep(millis(1))));
    }

    @Test
    void theLongestSleepNeverEnds() {
        Trial.run(() -> {
            assertThatThrownBy(() -> timeout(millis(10), () -> sleep(LONGEST)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void ofNestedDeadlinesTheShorterInnerOneReports() {
        Trial.run(() ->
                timeout(
                        millis(20),
                        () -> {
                            assertThatThrownBy(() -> timeout(millis(10), () -> sleep(millis(99))))
                                    .isInstanceOfSatisfying(
                                            TimeoutException.class,
                                            e -> assertThat(e.limit()).isEqualTo(millis(10)));
                            checkpoint();
                        }));
    }

    @Test
    void ofNestedDeadlinesTheShorterOuterOneReports() {
        Trial.run(() -> {
            var e =
                    catchThrowableOfType(
                            TimeoutException.class,
                            () ->
                                    timeout(
                                            millis(10),
                                            () -> timeout(millis(20), () -> sleep(millis(99)))));
            assertThat(e.limit()).isEqualTo(millis(10));
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void ofNestedDeadlinesInTheSameInstantExactlyOneCuts() {
        Trial.run(() -> {
            var same =
                    catchThrowableOfType(
                            TimeoutException.class,
                            () ->
                                    timeout(
                                            Duration.ofNanos(10_000_000),
                                            () -> timeout(millis(10), () -> sleep(millis(99)))));
            assertThat(same).hasCauseInstanceOf(Cancelled.class);
            checkpoint();
            // The inner one is set later, for the same instant.
            List<String> seen = new ArrayList<>();
            assertThatThrownBy(() ->
                            timeout(
                                    millis(10),
                                    () -> {
                                        sleep(millis(4));
                                        try {
                                            timeout(millis(6), () -> sleep(millis(99)));
                                        } catch (TimeoutException e) {
                                            seen.add("inner");
                                            throw e;
                                        }
                                    }))
                    .isInstanceOf(TimeoutException.class)
                    .hasCauseInstanceOf(Cancelled.class);
            assertThat(seen).as("the older deadline comes first, and it is the outer").isEmpty();
            checkpoint();
        });
    }

    @Test
    void bothDeadlinesPassedInOneJumpStillReportTheOneThatCutFirst() {
        // One pass of the timers fires both: the inner one is a nanosecond earlier.
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            timeout(
                    Duration.ofNanos(10_000_001),
                    () -> {
                        try {
                            timeout(millis(10), () -> shield(() -> sleep(millis(50))));
                            checkpoint();
                        } catch (Cancelled e) {
                            seen.add("outer cut the checkpoint behind");
                        }
                    });
            // The shield has kept both away, so the inner body returned: its result counts.
            assertThat(seen).containsExactly("outer cut the checkpoint behind");
        });
    }

    @Test
    void aTimeoutInsideACancelledScopeReportsTheCancellation() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            scope(s -> {
                s.cancel("enough");
                try {
                    timeout(millis(0), () -> checkpoint());
                } catch (Cancelled e) {
                    assertThat(e.scope()).isSameAs(s);
                    assertThat(e).hasMessageContaining("enough");
                    seen.add("cancelled");
                    throw e;
                }
                return null;
            });
            assertThat(seen).containsExactly("cancelled");
        });
    }

    @Test
    void aTimeoutCutByAnOuterCancellationBeforeItsDeadlineIsNoTimeout() {
        Trial.run(() -> {
            group(g -> {
                var task = g.spawn(() -> timeout(millis(10), () -> sleep(millis(99))));
                sleep(millis(5));
                task.cancel();
                assertThatThrownBy(task::await)
                        .isInstanceOf(java.util.concurrent.CancellationException.class);
                assertThat(task.isCancelled()).isTrue();
            });
            assertThat(now()).isEqualTo(millis(5));
        });
    }

    @Test
    void tasksInAGroupInsideATimeoutAreCutWithIt() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            timeout(
                                    millis(10),
                                    () ->
                                            group(g -> {
                                                g.spawn(() -> sleep(millis(99)));
                                                g.spawn(() ->
                                                        timeout(
                                                                millis(50),
                                                                () -> sleep(millis(99))));
                                            })))
                    .isInstanceOf(TimeoutException.class);
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @Test
    void theLimitOfAShieldCutsItsBody() {
        Trial.run(() ->
                scope(s -> {
                    s.cancel();
                    assertThatThrownBy(() -> shield(millis(10), () -> sleep(millis(99))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(now()).isEqualTo(millis(10));
                    assertThatThrownBy(() -> checkpoint()).isInstanceOf(Cancelled.class);
                    return null;
                }));
    }

    @Test
    void theMessageIsReadable() {
        assertThat(new TimeoutException(Duration.ofSeconds(90), new Error()))
                .hasMessage("not done within 1m30s");
        assertThat(new TimeoutException(Duration.ofNanos(1500), new Error()))
                .hasMessageNotContaining("0 ms");
        assertThat(new TimeoutException(Duration.ofSeconds(Long.MIN_VALUE), new Error()))
                .hasMessageStartingWith("not done within");
    }
}
