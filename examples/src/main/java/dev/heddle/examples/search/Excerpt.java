package dev.heddle.examples.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of a file, cut around what matches.
///
/// @param line its number, from 1
/// @param text what is shown of it
/// @param matches what matches in `text`
record Excerpt(int line, String text, List<TextRange> matches) {
    /// The most `char`s of a line that are shown, ellipses left out.
    static final int LENGTH = 160;

    /// How much is shown before the first match, if the line is longer than [#LENGTH].
    private static final int BEFORE = 40;

    /// Words are at most so long where a window begins in the middle of one.
    private static final int MARGIN = 256;

    /// The first line that holds all words of the query, or else most of them.
    ///
    /// @return null if none holds any
    static @Nullable Excerpt of(String text, Query query) {
        Search search = new Search(text, query);
        try {
            Words.scan(text, search);
        } catch (Search.Found found) {
            // The whole text need not be looked at.
        }
        search.lineEnds();
        return search.best < 0 ? null : cut(text, search.best, search.bestLine, query);
    }

    /// Follows the words of a text line by line.
    private static final class Search implements Words.Sink {
        /// Ends the scan.
        private static final class Found extends RuntimeException {
            private static final long serialVersionUID = 1L;

            private Found() {
                super("found", null, false, false);
            }
        }

        private final String text;
        private final Query query;
        private final int all;

        /// The line that the scan is in, as far as it is known: its first match, and which words.
        private int lineEnd = -1;

        private int first = -1;
        private int bits;

        private int best = -1;
        private int bestBits;
        private int bestLine;

        private int counted;
        private int lines = 1;

        Search(String text, Query query) {
            this.text = text;
            this.query = query;
            this.all = (1 << query.words().size()) - 1;
        }

        @Override
        public void word(String from, int start, int end) {
            int matched = query.matches(from, start, end);
            if (matched == 0) {
                return;
            }
            if (start > lineEnd) {
                lineEnds();
                int end1 = text.indexOf('\n', start);
                lineEnd = end1 < 0 ? text.length() : end1;
                first = start;
                bits = 0;
            }
            bits |= matched;
            if (bits == all) {
                throw new Found();
            }
        }

        void lineEnds() {
            if (first >= 0 && Integer.bitCount(bits) > Integer.bitCount(bestBits)) {
                best = first;
                bestBits = bits;
                for (; counted < first; counted++) {
                    if (text.charAt(counted) == '\n') {
                        lines++;
                    }
                }
                bestLine = lines;
            }
            first = -1;
        }
    }

    private static Excerpt cut(String text, int match, int line, Query query) {
        int lineStart = text.lastIndexOf('\n', match - 1) + 1;
        int newline = text.indexOf('\n', match);
        int lineEnd = newline < 0 ? text.length() : newline;
        while (lineStart < match && Character.isWhitespace(text.charAt(lineStart))) {
            lineStart++;
        }
        while (lineEnd > match && Character.isWhitespace(text.charAt(lineEnd - 1))) {
            lineEnd--;
        }
        int start = lineStart;
        if (lineEnd - lineStart > LENGTH) {
            start = Math.max(lineStart, Math.min(match - BEFORE, lineEnd - LENGTH));
        }
        int end = Math.min(lineEnd, start + LENGTH);
        if (isInPair(text, start)) {
            start++;
        }
        if (isInPair(text, end)) {
            end--;
        }
        String before = start > lineStart ? "…" : "";
        String behind = end < lineEnd ? "…" : "";
        int shift = before.length() - start;
        List<TextRange> matches = new ArrayList<>();
        int from = Math.max(lineStart, start - MARGIN);
        int to = Math.min(lineEnd, end + MARGIN);
        for (TextRange range : query.ranges(text, outOfPair(text, from), outOfPair(text, to))) {
            int visibleStart = Math.max(range.start(), start);
            int visibleEnd = Math.min(range.end(), end);
            if (visibleStart < visibleEnd) {
                matches.add(new TextRange(visibleStart + shift, visibleEnd + shift));
            }
        }
        return new Excerpt(line, before + text.substring(start, end) + behind, matches);
    }

    private static int outOfPair(String text, int at) {
        return isInPair(text, at) ? at + 1 : at;
    }

    private static boolean isInPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
