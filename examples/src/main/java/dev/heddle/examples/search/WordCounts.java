package dev.heddle.examples.search;

/// Counts the words of one file. A hash table of our own, because most words of a text are
/// repetitions, and those should make no garbage. For one thread.
final class WordCounts {
    /// How a word stands in the file's name: not at all, as one of its words, or as all of it but
    /// the extension.
    static final int NOT_IN_NAME = 0;

    static final int IN_NAME = 1;
    static final int IS_NAME = 2;

    private String[] words = new String[256];
    private int[] counts = new int[256];
    private byte[] names = new byte[256];
    private int size;
    private final char[] small = new char[Words.LONGEST];

    /// The words of a text and of the name of its file.
    static WordCounts of(String text, String name) {
        WordCounts words = new WordCounts();
        Words.scan(text, words::count);
        int dot = name.lastIndexOf('.');
        int stem = dot > 0 ? dot : name.length();
        Words.scan(
                name,
                (from, start, end) -> {
                    int slot = words.slot(from, start, end);
                    byte as = (byte) (start == 0 && end == stem ? IS_NAME : IN_NAME);
                    words.names[slot] = (byte) Math.max(words.names[slot], as);
                });
        return words;
    }

    private void count(String text, int start, int end) {
        int slot = slot(text, start, end); // first: it may replace the tables
        counts[slot]++;
    }

    private int slot(String text, int start, int end) {
        int length = Words.cut(text, start, end) - start;
        int hash = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(start + i);
            if (c >= 128) {
                return slot(Words.normal(text, start, end));
            }
            if (c >= 'A' && c <= 'Z') {
                c = (char) (c + ('a' - 'A'));
            }
            small[i] = c;
            hash = 31 * hash + c;
        }
        int at = index(hash);
        while (true) {
            String word = words[at];
            if (word == null) {
                return insert(at, new String(small, 0, length));
            }
            if (word.length() == length && isSmall(word, length)) {
                return at;
            }
            at = (at + 1) & (words.length - 1);
        }
    }

    private boolean isSmall(String word, int length) {
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != small[i]) {
                return false;
            }
        }
        return true;
    }

    private int slot(String word) {
        int at = index(word.hashCode());
        while (words[at] != null) {
            if (words[at].equals(word)) {
                return at;
            }
            at = (at + 1) & (words.length - 1);
        }
        return insert(at, word);
    }

    private int index(int hash) {
        return (hash ^ (hash >>> 15)) & (words.length - 1);
    }

    private int insert(int at, String word) {
        if (size * 2 >= words.length) {
            grow();
            return slot(word);
        }
        words[at] = word;
        size++;
        return at;
    }

    private void grow() {
        String[] oldWords = words;
        int[] oldCounts = counts;
        byte[] oldNames = names;
        words = new String[oldWords.length * 2];
        counts = new int[words.length];
        names = new byte[words.length];
        for (int i = 0; i < oldWords.length; i++) {
            String word = oldWords[i];
            if (word != null) {
                int at = index(word.hashCode());
                while (words[at] != null) {
                    at = (at + 1) & (words.length - 1);
                }
                words[at] = word;
                counts[at] = oldCounts[i];
                names[at] = oldNames[i];
            }
        }
    }

    /// Is given each word once.
    @FunctionalInterface
    interface Sink {
        void word(String word, int count, int inName);
    }

    void forEach(Sink sink) {
        for (int i = 0; i < words.length; i++) {
            if (words[i] != null) {
                sink.word(words[i], counts[i], names[i]);
            }
        }
    }

    int size() {
        return size;
    }
}
