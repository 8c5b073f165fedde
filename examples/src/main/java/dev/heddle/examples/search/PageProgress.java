package dev.heddle.examples.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the page shows of an indexing run.
///
/// @param phase `indexing`, `done` or `failed`
/// @param done files dealt with so far: read, unchanged or skipped
/// @param total how many there will be, judged by the last run; null if there was none
/// @param files files that can be found now
/// @param read files read in this run
/// @param unchanged files of the last run that were not read again
/// @param removed files of the last run that are gone
/// @param skipped files left out
/// @param reasons why, in words, with how many each
/// @param perSecond files dealt with a second
/// @param elapsedMillis since the start of the run
/// @param error why it has failed, null if it has not
record PageProgress(
        String phase,
        long done,
        @Nullable Long total,
        long files,
        long read,
        long unchanged,
        long removed,
        long skipped,
        List<Reason> reasons,
        double perSecond,
        double elapsedMillis,
        @Nullable String error) {

    /// How many files were left out for a reason.
    record Reason(String words, long count) {}

    /// @param before what the index held when the run began
    /// @param progress how far the run is
    static PageProgress of(IndexStatistics before, Progress progress) {
        long skipped = sum(progress.skipped());
        long found = progress.indexed() + progress.unchanged();
        long known = before.files() + sum(before.skipped());
        return new PageProgress(
                progress.done() ? "done" : "indexing",
                found + skipped,
                known == 0 ? null : Math.max(known, found + skipped),
                progress.done() ? found : Math.max(found, before.files()),
                progress.indexed(),
                progress.unchanged(),
                progress.removed(),
                skipped,
                reasons(progress.skipped()),
                progress.filesPerSecond(),
                progress.elapsed().toNanos() / 1e6,
                null);
    }

    /// Before the first report.
    static PageProgress beginning(IndexStatistics before) {
        return of(before, new Progress(0, 0, 0, Map.of(), 0, 0, 0, java.time.Duration.ZERO, false));
    }

    PageProgress failed(String why) {
        return new PageProgress(
                "failed",
                done,
                total,
                files,
                read,
                unchanged,
                removed,
                skipped,
                reasons,
                0,
                elapsedMillis,
                why);
    }

    boolean isIndexing() {
        return phase.equals("indexing");
    }

    private static List<Reason> reasons(Map<SkipReason, Long> skipped) {
        return skipped.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Reason(entry.getKey().words(), entry.getValue()))
                .toList();
    }

    private static long sum(Map<SkipReason, Long> skipped) {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }
}
