package dev.heddle.examples.search;

/// What counts as a word, for the index, for queries and for highlighting alike.
///
/// A word is a run of letters, digits, underscores and combining marks; each ideograph is one by
/// itself, since such texts have no spaces. The parts of a camelCase or snake_case word count, too.
/// Case does not; what comes after [#LONGEST] characters does not either.
final class Words {
    /// Words are cut to so many `char`s.
    static final int LONGEST = 64;

    private Words() {}

    /// Is given a word where it stands in the text.
    @FunctionalInterface
    interface Sink {
        void word(String text, int start, int end);
    }

    /// Finds all words, and after each of several parts, its parts of two characters or more.
    static void scan(String text, int from, int to, Sink sink) {
        int at = from;
        while (at < to) {
            int c = text.codePointAt(at);
            if (!isInWord(c)) {
                at += Character.charCount(c);
            } else if (Character.isIdeographic(c)) {
                int start = at;
                at += Character.charCount(c);
                sink.word(text, start, at);
            } else {
                at = word(text, at, to, sink);
            }
        }
    }

    static void scan(String text, Sink sink) {
        scan(text, 0, text.length(), sink);
    }

    private static int word(String text, int start, int to, Sink sink) {
        int at = start;
        boolean parts = false;
        int before = 0;
        while (at < to) {
            int c = text.codePointAt(at);
            if (!isInWord(c) || Character.isIdeographic(c)) {
                break;
            }
            parts |= c == '_' || (Character.isUpperCase(c) && at > start && before != '_');
            before = c;
            at += Character.charCount(c);
        }
        sink.word(text, start, at);
        if (parts) {
            parts(text, start, at, sink);
        }
        return at;
    }

    /// Cuts at underscores, before a capital behind a small letter or digit, and before the last of
    /// several capitals when a small letter follows: `parse_HTTPRequest2` is parse, HTTP, Request2.
    private static void parts(String text, int start, int end, Sink sink) {
        int from = start;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c == '_') {
                part(text, from, at, start, end, sink);
                from = at + 1;
            } else if (at > from && Character.isUpperCase(c)) {
                boolean afterCapital = Character.isUpperCase(text.charAt(at - 1));
                boolean smallFollows = at + 1 < end && Character.isLowerCase(text.charAt(at + 1));
                if (!afterCapital || smallFollows) {
                    part(text, from, at, start, end, sink);
                    from = at;
                }
            }
        }
        part(text, from, end, start, end, sink);
    }

    private static void part(String text, int from, int to, int start, int end, Sink sink) {
        if (to - from >= 2 && to - from < end - start) {
            sink.word(text, from, to);
        }
    }

    private static boolean isInWord(int c) {
        if (c < 128) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_';
        }
        if (Character.isLetterOrDigit(c)) {
            return true;
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /// Where a word that begins at `start` ends for the index.
    static int cut(String text, int start, int end) {
        if (end - start <= LONGEST) {
            return end;
        }
        int at = start + LONGEST;
        return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }

    /// The word as the index has it: cut, and in small letters.
    static String normal(String text, int start, int end) {
        int to = cut(text, start, end);
        StringBuilder small = new StringBuilder(to - start);
        for (int at = start; at < to; ) {
            int c = text.codePointAt(at);
            small.appendCodePoint(Character.toLowerCase(c));
            at += Character.charCount(c);
        }
        return small.toString();
    }
}
