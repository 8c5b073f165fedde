package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void percentilesAreTheNearestRanks() {
        Latencies latencies = new Latencies(1);
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * MILLI);
        }
        Latencies.Summary summary = latencies.summary();
        assertThat(summary.count()).isEqualTo(100);
        assertThat(summary.p50()).isEqualTo(50);
        assertThat(summary.p90()).isEqualTo(90);
        assertThat(summary.p99()).isEqualTo(99);
        assertThat(summary.max()).isEqualTo(100);
    }

    @Test
    void oneLatencyIsEveryPercentile() {
        Latencies latencies = new Latencies(10);
        latencies.add(3 * MILLI);
        Latencies.Summary summary = latencies.summary();
        assertThat(summary.p50()).isEqualTo(3);
        assertThat(summary.p99()).isEqualTo(3);
        assertThat(summary.max()).isEqualTo(3);
    }

    @Test
    void noneIsEmpty() {
        assertThat(new Latencies(10).summary()).isEqualTo(Latencies.Summary.EMPTY);
    }

    @Test
    void eachLatencyFallsIntoOneBinThatHoldsIt() {
        Latencies latencies = new Latencies(3);
        latencies.add(0);
        latencies.add(MILLI / 3);
        latencies.add(20 * MILLI);
        latencies.add(2_000 * MILLI);
        var bins = latencies.summary().bins();
        assertThat(bins.stream().mapToInt(Latencies.Bin::count).sum()).isEqualTo(4);
        assertThat(bins)
                .anySatisfy(bin -> {
                    assertThat(bin.count()).isEqualTo(1);
                    assertThat(bin.from()).isLessThanOrEqualTo(20);
                    assertThat(bin.to()).isGreaterThan(20);
                });
    }

    @Test
    void binsFollowOneAnotherWithoutGaps() {
        Latencies latencies = new Latencies(1);
        latencies.add(5 * MILLI);
        latencies.add(6 * MILLI);
        var bins = latencies.summary().bins();
        assertThat(bins).hasSizeGreaterThanOrEqualTo(20);
        for (int i = 1; i < bins.size(); i++) {
            assertThat(bins.get(i).from()).isCloseTo(bins.get(i - 1).to(), within(1e-9));
        }
    }
}
