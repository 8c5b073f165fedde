package dev.heddle.examples.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was typed, as words.
///
/// @param words the words, all of which must occur; no duplicates
/// @param openEnd whether the last one may be the beginning of a word
record Query(List<String> words, boolean openEnd) {
    /// Of longer queries, only the beginning counts.
    private static final int MOST_WORDS = 16;

    private static final int LONGEST = 1_000;

    static Query of(String typed) {
        String text = typed.substring(0, Math.min(typed.length(), LONGEST));
        List<String> words = new ArrayList<>();
        int[] end = new int[2]; // of the last word, and of the last whole word (not a part)
        Words.scan(
                text,
                (from, start, stop) -> {
                    if (stop > end[1] && words.size() < MOST_WORDS) {
                        words.add(Words.normal(from, start, stop));
                        end[0] = stop;
                    }
                    end[1] = Math.max(end[1], stop);
                });
        boolean open = !words.isEmpty() && end[0] == text.length();
        List<String> distinct = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean last = i == words.size() - 1;
            if (last && open) {
                distinct.add(word);
            } else if (words.indexOf(word) == i) {
                distinct.add(word);
            }
        }
        return new Query(List.copyOf(distinct), open);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    boolean isOpen(int i) {
        return openEnd && i == words.size() - 1;
    }

    /// How many `char`s of a word of a text match one of the words of this query.
    ///
    /// @return 0 if it does not match
    private int matching(int i, String text, int start, int end) {
        String word = words.get(i);
        int length = Words.cut(text, start, end) - start;
        boolean fits = isOpen(i) ? length >= word.length() : length == word.length();
        return fits && text.regionMatches(true, start, word, 0, word.length())
                ? (length == word.length() ? end - start : word.length())
                : 0;
    }

    /// Which words match a word of a text, as bits.
    int matches(String text, int start, int end) {
        int bits = 0;
        for (int i = 0; i < words.size(); i++) {
            if (matching(i, text, start, end) > 0) {
                bits |= 1 << i;
            }
        }
        return bits;
    }

    /// What matches in a part of a text, in order, without overlap.
    List<TextRange> ranges(String text, int from, int to) {
        List<TextRange> found = new ArrayList<>();
        Words.scan(
                text,
                from,
                to,
                (scanned, start, end) -> {
                    for (int i = 0; i < words.size(); i++) {
                        int length = matching(i, scanned, start, end);
                        if (length > 0) {
                            found.add(new TextRange(start, start + length));
                        }
                    }
                });
        found.sort(Comparator.comparingInt(TextRange::start));
        List<TextRange> apart = new ArrayList<>();
        for (TextRange range : found) {
            TextRange last = apart.isEmpty() ? null : apart.getLast();
            if (last == null || range.start() >= last.end()) {
                apart.add(range);
            } else if (range.end() > last.end()) {
                apart.set(apart.size() - 1, new TextRange(last.start(), range.end()));
            }
        }
        return apart;
    }

    List<TextRange> ranges(String text) {
        return ranges(text, 0, text.length());
    }
}
