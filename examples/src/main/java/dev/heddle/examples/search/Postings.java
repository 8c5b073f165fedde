package dev.heddle.examples.search;

/// In which files a word occurs, and how often: for each file, in the order of their numbers, the
/// distance from the last number, and the count with two bits for the file's name
/// ([WordCounts#NOT_IN_NAME] and its sisters).
final class Postings {
    private final Bytes bytes = new Bytes(8);
    private int last;

    /// Adds a file.
    ///
    /// @param file its number; more than that of the file added before
    void add(int file, int count, int inName) {
        bytes.putNumber(file - last);
        bytes.putNumber(count << 2 | inName);
        last = file;
    }

    boolean isEmpty() {
        return bytes.length() == 0;
    }

    Bytes bytes() {
        return bytes;
    }

    /// Is given each file of a word.
    @FunctionalInterface
    interface Sink {
        void file(int file, int count, int inName);
    }

    static void forEach(byte[] from, int start, int end, Sink sink) {
        Bytes.Reader reader = new Bytes.Reader(from, start, end);
        int file = 0;
        while (reader.hasMore()) {
            file += reader.number();
            int packed = reader.number();
            sink.file(file, packed >>> 2, packed & 3);
        }
    }
}
