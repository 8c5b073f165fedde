package dev.heddle.examples.search;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A row of the index: words that follow each other in the order of `String.compareTo`, each with
/// its [Postings]. A segment is a sequence of blocks. So a database of a few thousand rows holds
/// millions of words, and one look-up finds the only block that a word can be in.
///
/// For each word: how many `char`s it shares with the one before, the number of bytes of the rest,
/// the rest in UTF-8, the number of bytes of its postings, and those.
final class Block {
    /// A block is full when it has so many bytes. Words in very many files make it longer.
    private static final int FULL = 8 * 1024;

    private Block() {}

    /// Packs words, given in order, into blocks.
    static final class Writer {
        private final BiConsumer<String, byte[]> sink;
        private final Bytes bytes = new Bytes(FULL + 1024);
        private @Nullable String first;
        private String last = "";

        /// @param sink is given each block that is full, with its first word
        Writer(BiConsumer<String, byte[]> sink) {
            this.sink = sink;
        }

        void add(String word, Bytes postings) {
            if (first == null) {
                first = word;
                last = "";
            }
            int shared = shared(last, word);
            byte[] rest = word.substring(shared).getBytes(StandardCharsets.UTF_8);
            bytes.putNumber(shared);
            bytes.putNumber(rest.length);
            bytes.put(rest, 0, rest.length);
            bytes.putNumber(postings.length());
            bytes.put(postings);
            last = word;
            if (bytes.length() >= FULL) {
                finish();
            }
        }

        /// Hands out what is left.
        void finish() {
            String word = first;
            if (word != null) {
                sink.accept(word, bytes.toArray());
                first = null;
                bytes.clear();
            }
        }

        private static int shared(String a, String b) {
            int most = Math.min(a.length(), b.length());
            int n = 0;
            while (n < most && a.charAt(n) == b.charAt(n)) {
                n++;
            }
            // Half a pair cannot be written in UTF-8.
            return n > 0 && Character.isHighSurrogate(b.charAt(n - 1)) ? n - 1 : n;
        }
    }

    /// Walks through the words of a block.
    static final class Reader {
        private final Bytes.Reader reader;
        private String word = "";
        private int start;
        private int end;

        Reader(byte[] block) {
            this.reader = new Bytes.Reader(block, 0, block.length);
        }

        /// Goes to the next word.
        ///
        /// @return false if there is none
        boolean next() {
            if (!reader.hasMore()) {
                return false;
            }
            int shared = reader.number();
            int rest = reader.number();
            word =
                    word.substring(0, shared)
                            + new String(reader.bytes, reader.at, rest, StandardCharsets.UTF_8);
            reader.at += rest;
            int length = reader.number();
            start = reader.at;
            end = start + length;
            reader.at = end;
            return true;
        }

        String word() {
            return word;
        }

        void forEach(Postings.Sink sink) {
            Postings.forEach(reader.bytes, start, end, sink);
        }
    }
}
