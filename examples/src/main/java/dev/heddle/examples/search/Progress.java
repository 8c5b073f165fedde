package dev.heddle.examples.search;

import java.time.Duration;
import java.util.Map;

/// How far an indexing run has come. What it counts as indexed or removed is on disk and survives
/// the death of the process.
///
/// @param seen files and links that the walk has come across
/// @param indexed files read and written to the index in this run
/// @param unchanged files whose size and time of change are those of the last run, not read again
/// @param skipped files left out, by reason; reasons without files are absent
/// @param removed files of the last run that are gone, or are left out now
/// @param bytes the sum of the sizes of the indexed files
/// @param filesPerSecond files dealt with (indexed, unchanged or skipped) a second, over about the
///   last two seconds; over the whole run when it is done
/// @param elapsed time since the start of the run
/// @param done whether the run has ended; the last report says true
public record Progress(
        long seen,
        long indexed,
        long unchanged,
        Map<SkipReason, Long> skipped,
        long removed,
        long bytes,
        double filesPerSecond,
        Duration elapsed,
        boolean done) {
    public Progress {
        skipped = Map.copyOf(skipped);
    }
}
