package dev.heddle.examples.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/// Counts what a run does. Owner: the loop thread.
final class Counters {
    private static final long WINDOW_NANOS = 2_000_000_000L;

    private final long start = System.nanoTime();

    long seen;
    long indexed;
    long unchanged;
    long removed;
    long bytes;
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);

    private record Sample(long at, long files) {}

    /// The last two seconds, for the rate.
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    void skip(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    private long dealtWith() {
        long sum = indexed + unchanged;
        for (long count : skipped.values()) {
            sum += count;
        }
        return sum;
    }

    Progress progress(boolean done) {
        long now = System.nanoTime();
        long files = dealtWith();
        while (!samples.isEmpty() && now - samples.element().at() > WINDOW_NANOS) {
            samples.remove();
        }
        Sample from = done || samples.isEmpty() ? new Sample(start, 0) : samples.element();
        samples.add(new Sample(now, files));
        double seconds = Math.max(1e-3, (now - from.at()) / 1e9);
        return new Progress(
                seen,
                indexed,
                unchanged,
                skipped,
                removed,
                bytes,
                (files - from.files()) / seconds,
                Duration.ofNanos(now - start),
                done);
    }
}
