package dev.heddle.examples.search;

import java.util.List;

/// The answer to a query.
///
/// @param query the query as it was asked
/// @param total how many files match, of which `hits` are the best
/// @param hits the best files, best first
/// @param tookMillis how long the search took, excerpts included
public record SearchResults(String query, long total, List<Hit> hits, double tookMillis) {
    public SearchResults {
        hits = List.copyOf(hits);
    }
}
