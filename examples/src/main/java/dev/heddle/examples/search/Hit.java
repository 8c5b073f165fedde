package dev.heddle.examples.search;

import java.util.List;

/// A file that matches a query.
///
/// @param path the file, relative to the root of the index, with `/` between its parts
/// @param pathMatches what matches in `path`, in order, without overlap
/// @param count how often the words of the query occur in the file's text, as of its indexing
/// @param line the number of the line that the excerpt comes from, from 1; 0 if there is no excerpt
/// @param excerpt a line of the file, cut to about 160 characters around the first match; plain
///   text, not HTML; empty if there is none
/// @param matches what matches in `excerpt`, in order, without overlap
/// @param note says why there is no excerpt, or that the file has changed since it was indexed;
///   empty when all is well
public record Hit(
        String path,
        List<TextRange> pathMatches,
        long count,
        int line,
        String excerpt,
        List<TextRange> matches,
        String note) {

    public Hit {
        pathMatches = List.copyOf(pathMatches);
        matches = List.copyOf(matches);
    }
}
