package dev.heddle;

import static dev.heddle.Heddle.currentDeadline;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.moveOnAfter;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DeadlineTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void whatTakesTooLongIsLeftBehind() {
        Trial.run(() -> {
            assertThat(moveOnAfter(millis(10), () -> sleep(millis(20)))).isFalse();
            assertThat(now()).isEqualTo(millis(10));
            assertThat(moveOnAfter(millis(10), () -> sleep(millis(5)))).isTrue();
            assertThat(now()).isEqualTo(millis(15));
            sleep(millis(100));
        });
    }

    @Test
    void aResultInTimeIsThereAndOneTooLateIsNot() {
        Trial.run(() -> {
            assertThat(moveOnAfter(millis(10), () -> "in time")).contains("in time");
            assertThat(
                            moveOnAfter(
                                    millis(10),
                                    () -> {
                                        sleep(millis(20));
                                        return "too late";
                                    }))
                    .isEmpty();
        });
    }

    @Test
    void aResultInTheSameInstantIsThere() {
        Trial.run(() -> {
            assertThat(moveOnAfter(millis(10), () -> sleep(millis(10)))).isTrue();
        });
    }

    @Test
    void withoutTimeTheBodyRunsToItsFirstSuspension() {
        Trial.run(() -> {
            List<String> log = new ArrayList<>();
            boolean finished =
                    moveOnAfter(
                            Duration.ZERO,
                            () -> {
                                log.add("before");
                                Heddle.checkpoint();
                                log.add("behind");
                            });
            assertThat(finished).isFalse();
            assertThat(log).containsExactly("before");
        });
    }

    @Test
    void failuresAndOuterDeadlinesPassThrough() {
        Trial.run(() -> {
            var failure = new IOException("no disk");
            assertThatThrownBy(() ->
                            moveOnAfter(
                                    millis(10),
                                    () -> {
                                        throw failure;
                                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() ->
                            timeout(
                                    millis(5),
                                    () -> moveOnAfter(millis(10), () -> sleep(millis(20)))))
                    .isInstanceOf(TimeoutException.class);
        });
    }

    @Test
    void aLimitCanMeanThisLongWithoutProgress() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            timeout(
                                    millis(10),
                                    scope -> {
                                        for (int i = 1; ; i++) {
                                            sleep(millis(3 * i));
                                            assertThat(scope.reschedule(millis(10))).isTrue();
                                        }
                                    }))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("10 ms");
            assertThat(now()).isEqualTo(millis(3 + 6 + 9 + 10));
        });
    }

    @Test
    void aDeadlineCanComeSoonerOrBeTakenAway() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            timeout(
                                    millis(100),
                                    scope -> {
                                        scope.reschedule(millis(7));
                                        sleep(millis(50));
                                        return null;
                                    }))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("7 ms");
            assertThat(now()).isEqualTo(millis(7));
            timeout(
                    millis(10),
                    scope -> {
                        scope.reschedule(LONGEST);
                        assertThat(scope.deadline()).isEmpty();
                        sleep(millis(50));
                        return null;
                    });
            timeout(
                    millis(10),
                    scope -> {
                        scope.rescheduleAt(Long.MAX_VALUE);
                        sleep(millis(50));
                        return null;
                    });
        });
    }

    @Test
    void aScopeWithoutADeadlineCanBeGivenOneAndEndsWithoutAnException() {
        Trial.run(() -> {
            Object cut =
                    scope(scope -> {
                        assertThat(scope.deadline()).isEmpty();
                        long at = EventLoop.current().clock().nanoTime() + 5_000_000;
                        assertThat(scope.rescheduleAt(at)).isTrue();
                        assertThat(scope.deadline()).hasValue(at);
                        sleep(millis(10));
                        return "never";
                    });
            assertThat(cut).isNull();
            assertThat(now()).isEqualTo(millis(5));
        });
    }

    @Test
    void whatIsOverCannotBeRescheduled() {
        Trial.run(() -> {
            CancelScope[] left = new CancelScope[1];
            scope(scope -> {
                left[0] = scope;
                assertThat(scope.isCancelledItself()).isFalse();
                scope.cancel();
                assertThat(scope.isCancelledItself()).isTrue();
                assertThat(scope.reschedule(millis(10))).isFalse();
                return null;
            });
            assertThat(left[0].reschedule(millis(10))).isFalse();
        });
    }

    @Test
    void aScopeThatIsReachedFromOutsideWasNotCancelledItself() {
        Trial.run(() -> {
            scope(outer ->
                    scope(inner -> {
                        outer.cancel();
                        inner.cancel();
                        assertThat(inner.isCancelled()).isTrue();
                        assertThat(inner.isCancelledItself()).isFalse();
                        return null;
                    }));
        });
    }

    @Test
    void theCurrentDeadlineIsTheEarliestOfAllAroundAlsoInATaskOfAGroup() {
        Trial.run(() -> {
            assertThat(currentDeadline()).isEmpty();
            timeout(
                    millis(20),
                    () -> {
                        timeout(
                                millis(30),
                                () -> assertThat(currentDeadline()).hasValue(20_000_000));
                        timeout(
                                millis(10),
                                () ->
                                        group(g -> {
                                            g.spawn(() ->
                                                    assertThat(currentDeadline())
                                                            .hasValue(10_000_000));
                                        }));
                        shield(() -> assertThat(currentDeadline()).isEmpty());
                        shield(
                                millis(40),
                                () -> assertThat(currentDeadline()).hasValue(40_000_000));
                    });
        });
    }

    @Test
    void whoIsCancelledHasNoTimeLeft() {
        Trial.run(() -> {
            sleep(millis(3));
            scope(scope -> {
                scope.cancel();
                assertThat(currentDeadline()).hasValue(3_000_000);
                return null;
            });
        });
    }

    @Test
    void deadlinesAreForTheScopesOwnLoop() {
        Trial.run(() -> {
            scope(scope -> {
                Heddle.offload(() -> {
                    assertThatThrownBy(scope::deadline).hasMessageContaining("loop.callSoon");
                    assertThatThrownBy(() -> scope.reschedule(millis(1)))
                            .hasMessageContaining("loop.callSoon");
                });
                return null;
            });
        });
    }
}
