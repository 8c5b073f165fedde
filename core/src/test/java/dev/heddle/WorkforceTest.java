package dev.heddle;

import static dev.heddle.Heddle.checkCancelled;
import static dev.heddle.Heddle.forEachConcurrently;
import static dev.heddle.Heddle.mapConcurrently;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class WorkforceTest {
    private final List<String> log = new ArrayList<>();
    private int busy;
    private int mostBusy;
    private int pulled;

    private Iterable<Integer> upTo(int end) {
        return Generator.of(out -> {
            for (int i = 0; i < end; i++) {
                pulled++;
                out.yield(i);
            }
        });
    }

    private int work(int item, int millis) {
        mostBusy = Math.max(mostBusy, ++busy);
        try {
            sleep(millis(millis));
        } finally {
            busy--;
        }
        return item * 10;
    }

    @Test
    void resultsComeInTheOrderOfTheSourceThoughTheyEndInAnother() {
        Trial.run(() -> {
            List<Integer> results = mapConcurrently(upTo(4), 4, i -> work(i, 10 - i));
            assertThat(results).containsExactly(0, 10, 20, 30);
            assertThat(now()).isEqualTo(millis(10));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 11})
    void atMostTheLimitIsBusyAndEachPlaceIsFilledAtOnce(int limit) {
        Trial.run(() -> {
            assertThat(mapConcurrently(upTo(10), limit, i -> work(i, 5))).hasSize(10);
            assertThat(mostBusy).isEqualTo(Math.min(limit, 10));
            assertThat(now()).isEqualTo(millis(5 * ((10 + limit - 1) / limit)));
        });
    }

    @Test
    void nothingIsPulledBeforeThereIsAPlaceForIt() {
        Trial.run(() -> {
            forEachConcurrently(
                    upTo(20),
                    3,
                    i -> {
                        assertThat(pulled).isLessThanOrEqualTo(i + 3);
                        work(i, 5);
                    });
            assertThat(pulled).isEqualTo(20);
        });
    }

    @Test
    void theSourceMaySuspend() {
        Trial.run(() -> {
            var source =
                    Generator.<Integer>of(out -> {
                        for (int i = 0; i < 3; i++) {
                            sleep(millis(10));
                            out.yield(i);
                        }
                    });
            assertThat(mapConcurrently(source, 2, i -> work(i, 15))).containsExactly(0, 10, 20);
            assertThat(now()).isEqualTo(millis(50));
        });
    }

    @Test
    void nullsAreItemsAndResultsLikeOthers() {
        Trial.run(() -> {
            List<String> source = new ArrayList<>();
            source.add(null);
            source.add("b");
            assertThat(Heddle.<String, String>mapConcurrently(source, 2, s -> s))
                    .containsExactly(null, "b");
        });
    }

    @Test
    void theFirstFailureCancelsTheRestAndPullsNoMore() {
        Trial.run(() -> {
            var failure = new IOException("no disk");
            assertThatThrownBy(() ->
                            mapConcurrently(
                                    upTo(1000),
                                    3,
                                    i -> {
                                        if (i == 4) {
                                            throw failure;
                                        }
                                        return work(i, 5);
                                    }))
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(failure);
            assertThat(busy).isZero();
            assertThat(pulled).isLessThanOrEqualTo(6);
            assertThat(now()).isEqualTo(millis(5));
        });
    }

    @Test
    void aSourceThatFailsCancelsWhatIsBusy() {
        Trial.run(() -> {
            var failure = new IllegalStateException("source");
            var source =
                    Generator.<Integer>of(out -> {
                        out.yield(1);
                        sleep(millis(2));
                        throw failure;
                    });
            assertThatThrownBy(() -> forEachConcurrently(source, 2, i -> work(i, 100)))
                    .isSameAs(failure);
            assertThat(now()).isEqualTo(millis(2));
        });
    }

    @Test
    void anItemWhoseTaskIsCancelledAloneFailsTheRest() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            forEachConcurrently(
                                    upTo(3),
                                    1,
                                    i -> {
                                        Task.current().cancel("had enough");
                                        checkCancelled();
                                    }))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("had enough");
            assertThat(pulled).isEqualTo(1);
        });
    }

    @Test
    void anEndlessSourceIsGoneThroughUntilTheCallerIsCancelled() {
        Trial.run(() -> {
            assertThatThrownBy(() ->
                            timeout(
                                    millis(1000),
                                    () ->
                                            forEachConcurrently(
                                                    upTo(Integer.MAX_VALUE), 4, i -> work(i, 1))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(pulled).isBetween(4000, 4004);
            assertThat(mostBusy).isEqualTo(4);
        });
    }

    @Test
    void anEndlessSourceGivesOthersTheirTurns() {
        Trial.run(() -> {
            EventLoop.current().callSoon(() -> log.add("had its turn"));
            forEachConcurrently(
                    Generator.<Integer>of(out -> {
                        while (log.isEmpty()) {
                            out.yield(1);
                        }
                    }),
                    Integer.MAX_VALUE,
                    i -> {});
            assertThat(log).containsExactly("had its turn");
        });
    }

    @Test
    void aLimitBelowOneIsRefused() {
        Trial.run(() -> {
            assertThatThrownBy(() -> forEachConcurrently(List.of(1), 0, i -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 at a time");
        });
    }

    @Test
    void tenThousandItemsLeaveNothing() {
        Trial.run(() -> {
            List<Integer> source = IntStream.range(0, 10_000).boxed().toList();
            assertThat(mapConcurrently(source, 100, i -> work(i, i % 7)))
                    .hasSize(10_000)
                    .startsWith(0, 10, 20)
                    .endsWith(99_990);
            assertThat(mostBusy).isEqualTo(100);
        });
    }
}
