package dev.heddle.examples.search;

import java.util.List;

/// How the page is told of ranges of text: as pairs of numbers, which are a third of the JSON.
final class Ranges {
    private Ranges() {}

    static List<int[]> pairs(List<TextRange> ranges) {
        return ranges.stream().map(range -> new int[] {range.start(), range.end()}).toList();
    }
}
