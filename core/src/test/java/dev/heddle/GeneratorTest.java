package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GeneratorTest {
    private final List<String> log = new ArrayList<>();

    private Generator<Integer> naturals() {
        return Generator.of(out -> {
            log.add("begin");
            try {
                for (int i = 0; ; i++) {
                    out.yield(i);
                }
            } finally {
                log.add("end");
            }
        });
    }

    @Test
    void nothingRunsBeforeTheFirstValueIsAskedFor() {
        Generator<Integer> naturals = naturals();
        assertThat(log).isEmpty();
        assertThat(naturals.iterator().next()).isZero();
        assertThat(log).containsExactly("begin");
    }

    @Test
    void anInfiniteOneGivesAsManyAsAreAskedFor() {
        List<Integer> seen = new ArrayList<>();
        for (int n : naturals()) {
            if (n == 3) {
                break;
            }
            seen.add(n);
        }
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @Test
    void aSecondLoopGoesOnWhereTheFirstHasStopped() {
        Generator<Integer> naturals = naturals();
        assertThat(naturals.iterator().next()).isZero();
        assertThat(naturals.iterator().next()).isEqualTo(1);
    }

    @Test
    void closingRunsFinallyAndEndsIt() {
        Generator<Integer> naturals = naturals();
        try (naturals) {
            assertThat(naturals.iterator().next()).isZero();
        }
        assertThat(log).containsExactly("begin", "end");
        assertThat(naturals.iterator().hasNext()).isFalse();
        naturals.close();
        assertThat(log).containsExactly("begin", "end");
    }

    @Test
    void closingOneThatHasNotBegunRunsNothing() {
        Generator<Integer> naturals = naturals();
        naturals.close();
        assertThat(log).isEmpty();
        assertThatThrownBy(() -> naturals.iterator().next())
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void itMayHandOutNull() {
        Iterator<String> values =
                Generator.<String>of(
                                out -> {
                                    out.yield(null);
                                    out.yield("x");
                                })
                        .iterator();
        assertThat(values.next()).isNull();
        assertThat(values.next()).isEqualTo("x");
        assertThat(values.hasNext()).isFalse();
    }

    @Test
    void aFailureOfTheBodyReachesTheOneWhoAsked() {
        Iterator<Integer> values =
                Generator.<Integer>of(
                                out -> {
                                    out.yield(1);
                                    throw new IOException("disk");
                                })
                        .iterator();
        assertThat(values.next()).isEqualTo(1);
        assertThatThrownBy(values::hasNext).isInstanceOf(IOException.class).hasMessage("disk");
        assertThat(values.hasNext()).isFalse();
    }

    @Test
    void delegationHandsOutTheOthersValuesAndClosesIt() {
        Generator<Integer> inner = naturals();
        Generator<Integer> outer =
                Generator.of(out -> {
                    out.yield(-1);
                    out.yieldAll(inner);
                });
        Iterator<Integer> values = outer.iterator();
        assertThat(List.of(values.next(), values.next(), values.next())).containsExactly(-1, 0, 1);
        outer.close();
        assertThat(log).containsExactly("begin", "end");
    }

    @Test
    void theStreamIsAsLazyAndClosesIt() {
        try (var stream = naturals().stream()) {
            assertThat(stream.map(n -> n * n).limit(4).toList()).containsExactly(0, 1, 4, 9);
        }
        assertThat(log).containsExactly("begin", "end");
    }

    @Test
    void itMaySuspendItsTaskBetweenTwoValues() {
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            loop.run(() ->
                    Heddle.group(g -> {
                        g.spawn(() -> {
                            for (int n : slowly()) {
                                log.add("value " + n);
                            }
                        });
                        g.spawn(() -> {
                            Heddle.sleep(Duration.ofMillis(15));
                            log.add("other");
                        });
                    }));
        }
        assertThat(log).containsExactly("value 0", "other", "value 1");
    }

    private static Generator<Integer> slowly() {
        return Generator.of(out -> {
            for (int i = 0; i < 2; i++) {
                Heddle.sleep(Duration.ofMillis(10));
                out.yield(i);
            }
        });
    }

    @Test
    void oneTaskMayBeginAndAnotherGoOn() {
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            Generator<Integer> shared = slowly();
            int first = loop.run(() -> shared.iterator().next());
            int second = loop.run(() -> shared.iterator().next());
            assertThat(List.of(first, second)).containsExactly(0, 1);
        }
    }

    @Test
    void aCancellationBetweenTwoValuesPassesThroughTheBody() {
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            assertThatThrownBy(() ->
                            loop.run(() ->
                                    Heddle.timeout(
                                            Duration.ofMillis(5),
                                            () -> slowly().iterator().next())))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aYieldInsideAScopeIsRefused() {
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            Generator<Integer> leaking =
                    Generator.of(out -> Heddle.timeout(Duration.ofSeconds(1), () -> out.yield(1)));
            assertThatThrownBy(() -> loop.run(() -> leaking.iterator().next()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside a scope");
        }
    }

    @Test
    void aThousandAbandonedOnesLeaveNoThreads() {
        int before = Thread.getAllStackTraces().size();
        for (int i = 0; i < 1_000; i++) {
            assertThat(naturals().iterator().next()).isZero();
        }
        assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(before + 2);
    }
}
