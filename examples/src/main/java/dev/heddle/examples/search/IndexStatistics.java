package dev.heddle.examples.search;

import java.util.Map;

/// What an index holds.
///
/// @param files files that can be found
/// @param bytes the sum of their sizes
/// @param skipped files that were left out, by reason; reasons without files are absent
/// @param segments pieces of the index, each of which a search looks into
/// @param databaseBytes size of the database on disk
public record IndexStatistics(
        long files, long bytes, Map<SkipReason, Long> skipped, int segments, long databaseBytes) {
    public IndexStatistics {
        skipped = Map.copyOf(skipped);
    }
}
