package dev.heddle;

import static dev.heddle.Heddle.all;
import static dev.heddle.Heddle.checkCancelled;
import static dev.heddle.Heddle.gather;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TogetherTest {
    private static <T> T after(long millis, T value) {
        sleep(millis(millis));
        return value;
    }

    private static Body<String, Exception> failing(long millis, Exception failure) {
        return () -> {
            sleep(millis(millis));
            throw failure;
        };
    }

    @Test
    void resultsComeInTheOrderOfTheBodiesAndAtTheTimeOfTheSlowest() {
        Trial.run(() -> {
            List<String> values = all(() -> after(30, "a"), () -> after(10, "b"));
            assertThat(values).containsExactly("a", "b");
            assertThat(now()).isEqualTo(millis(30));
        });
    }

    @Test
    void aListOfBodiesMayReturnNullsAndRunABodyTwice() {
        Trial.run(() -> {
            List<String> ran = new ArrayList<>();
            Body<String, RuntimeException> body =
                    () -> {
                        ran.add("ran");
                        return null;
                    };
            assertThat(all(Collections.nCopies(2, body))).containsExactly(null, null);
            assertThat(ran).hasSize(2);
            assertThat(all(List.<Body<String, ?>>of())).isEmpty();
            assertThat(gather(List.<Body<String, ?>>of())).isEmpty();
        });
    }

    @Test
    void theFirstFailureCancelsTheRestAndIsThrownWithTheOthersSuppressed() {
        Trial.run(() -> {
            var first = new IllegalStateException("first");
            var second = new IllegalArgumentException("second");
            List<String> ends = new ArrayList<>();
            assertThatThrownBy(() ->
                            all(
                                    () -> {
                                        try {
                                            return after(50, "never");
                                        } finally {
                                            ends.add("cut at " + now().toMillis());
                                        }
                                    },
                                    failing(10, first),
                                    () -> {
                                        try {
                                            return after(50, "never");
                                        } catch (Cancelled cut) {
                                            throw second;
                                        }
                                    }))
                    .isSameAs(first)
                    .hasSuppressedException(second);
            assertThat(ends).containsExactly("cut at 10");
        });
    }

    @Test
    void aCheckedFailureIsTheCauseOfOneNamedException() {
        Trial.run(() -> {
            var failure = new IOException("no disk");
            assertThatThrownBy(() -> all(failing(1, failure)))
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(failure);
        });
    }

    @Test
    void aTaskThatIsCancelledAloneFailsTheRestOfAll() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            all(
                                    () -> after(50, "never"),
                                    () -> {
                                        Task.current().cancel("had enough");
                                        checkCancelled();
                                        return "never";
                                    }))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("had enough");
            assertThat(now()).isEqualTo(millis(0));
        });
    }

    @Test
    void gatherLetsEachRunToItsEndAndTellsHowItWas() {
        Trial.run(() -> {
            var failure = new IOException("no disk");
            List<Outcome<String>> outcomes =
                    gather(
                            failing(10, failure),
                            () -> {
                                Task.current().cancel("had enough");
                                return after(5, "never");
                            },
                            () -> after(30, "late"));
            assertThat(now()).isEqualTo(millis(30));
            assertThat(outcomes.get(0)).isEqualTo(new Outcome.Failure<>(failure));
            assertThat(outcomes.get(1))
                    .isInstanceOfSatisfying(
                            Outcome.Cancellation.class,
                            cut -> assertThat(cut.reason()).contains("had enough"));
            assertThat(outcomes.get(2)).isEqualTo(new Outcome.Value<>("late"));
            assertThat(outcomes.get(2).get()).isEqualTo("late");
            assertThatThrownBy(outcomes.get(0)::get)
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(failure);
            assertThatThrownBy(outcomes.get(1)::get)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("had enough");
        });
    }

    @Test
    void cancellingTheCallerOfGatherCancelsAllAndLosesNoFailure() {
        Trial.run(() -> {
            var early = new IllegalStateException("early");
            List<String> ends = new ArrayList<>();
            TimeoutException timeout =
                    catchThrowableOfType(
                            TimeoutException.class,
                            () ->
                                    timeout(
                                            millis(20),
                                            () ->
                                                    gather(
                                                            failing(10, early),
                                                            () -> {
                                                                try {
                                                                    return after(50, "never");
                                                                } finally {
                                                                    shield(() -> sleep(millis(5)));
                                                                    ends.add("cleaned up");
                                                                }
                                                            })));
            assertThat(timeout.getCause()).hasSuppressedException(early);
            assertThat(ends).containsExactly("cleaned up");
            assertThat(now()).isEqualTo(millis(25));
        });
    }

    @Test
    void outcomesThatAreThereInTheInstantOfACancellationAreDelivered() {
        Trial.run(() -> {
            List<Object> seen = new ArrayList<>();
            group(g -> {
                Task<Void> caller =
                        g.spawn(() -> {
                            seen.addAll(gather(() -> after(10, "a"), () -> after(10, "b")));
                            checkCancelled();
                            seen.add("never");
                        });
                g.spawn(() -> {
                    sleep(millis(10));
                    caller.cancel();
                });
                return null;
            });
            assertThat(seen).containsExactly(new Outcome.Value<>("a"), new Outcome.Value<>("b"));
        });
    }

    @Test
    void aCancelledCallerStartsNothing() {
        Trial.run(() -> {
            List<String> ran = new ArrayList<>();
            Task<Object> task =
                    EventLoop.current()
                            .spawn(() -> {
                                Task.current().cancel();
                                return all(() -> ran.add("ran"));
                            });
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(ran).isEmpty();
        });
    }

    @Test
    void aNullAmongTheBodiesIsRefusedBeforeAnyRuns() {
        Trial.run(() -> {
            List<String> ran = new ArrayList<>();
            Body<Boolean, RuntimeException> body = () -> ran.add("ran");
            assertThatThrownBy(() -> all(Arrays.asList(body, null)))
                    .isInstanceOf(NullPointerException.class);
            assertThat(ran).isEmpty();
        });
    }

    @Test
    void aFailureShowsTheLineThatAskedForIt() {
        Trial.run(() -> {
            var failure = new IllegalStateException("here");
            assertThatThrownBy(() -> all(failing(1, failure))).isSameAs(failure);
            assertThat(failure.getStackTrace()[failure.getStackTrace().length - 1].toString())
                    .contains("spawned in " + TogetherTest.class.getName());
        });
    }

    @Test
    void outsideOfAnyTaskItSaysWhatToDo() {
        assertThatThrownBy(() -> all(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Heddle.run");
    }
}
