package dev.heddle.examples.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The latencies of a burst, each of them kept: percentiles are exact.
///
/// Not thread-safe; belongs to the loop of the burst.
final class Latencies {
    /// Bins to a power of ten, each a fifth wider than the one before.
    private static final int BINS_PER_DECADE = 12;

    /// A plot of fewer bins says nothing; the axis is then longer than the data.
    private static final int LEAST_BINS = 20;

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos;
    private int count;

    /// @param expected how many are likely to come; it may become more
    Latencies(int expected) {
        nanos = new long[Math.max(1, expected)];
    }

    void add(long latencyNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = Math.max(1, latencyNanos);
    }

    int count() {
        return count;
    }

    /// What has been added so far.
    Summary summary() {
        if (count == 0) {
            return Summary.EMPTY;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Summary(
                count,
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 99),
                sorted[count - 1] / NANOS_PER_MILLI,
                bins(sorted));
    }

    /// The least value that at least `percent` of all do not exceed (nearest rank).
    private static double percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceilDiv((long) sorted.length * percent, 100);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }

    private static List<Bin> bins(long[] sorted) {
        int first = binOf(sorted[0]);
        int last = binOf(sorted[sorted.length - 1]);
        int missing = Math.max(0, LEAST_BINS - (last - first + 1));
        first -= missing / 2;
        last += missing - missing / 2;
        int[] counts = new int[last - first + 1];
        for (long latency : sorted) {
            counts[binOf(latency) - first]++;
        }
        List<Bin> bins = new ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            bins.add(new Bin(edge(first + i), edge(first + i + 1), counts[i]));
        }
        return bins;
    }

    private static int binOf(long latency) {
        return (int) Math.floor(Math.log10(latency / NANOS_PER_MILLI) * BINS_PER_DECADE);
    }

    private static double edge(int bin) {
        return Math.pow(10, (double) bin / BINS_PER_DECADE);
    }

    /// How often latencies fell between two milliseconds.
    record Bin(double from, double to, int count) {}

    /// All in milliseconds.
    record Summary(int count, double p50, double p90, double p99, double max, List<Bin> bins) {
        static final Summary EMPTY = new Summary(0, 0, 0, 0, 0, List.of());
    }
}
