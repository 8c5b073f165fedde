package dev.heddle.examples.search;

import java.time.Instant;

/// The time of a file's last change as a number, to be compared for equality.
final class Stamp {
    /// Equals no file's stamp: it is to be read again.
    static final long UNSETTLED = Long.MIN_VALUE;

    /// File systems keep the time of a change in steps, of 2 s at worst. A file that was changed so
    /// shortly before it was read may be changed once more without another time.
    private static final long STEP_SECONDS = 2;

    private Stamp() {}

    static long of(Instant modified) {
        return modified.getEpochSecond() * 1_000_000_000 + modified.getNano();
    }

    /// The stamp to remember of a file that was looked at now.
    static long settled(Instant modified, Instant now) {
        return modified.plusSeconds(STEP_SECONDS).isAfter(now) ? UNSETTLED : of(modified);
    }
}
