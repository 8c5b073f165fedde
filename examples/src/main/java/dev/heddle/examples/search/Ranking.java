package dev.heddle.examples.search;

import dev.heddle.sql.Transaction;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds the files that hold all words of a query, and the best of them. On a worker, in one
/// snapshot.
///
/// A file is the better the more words its name matches (twice as good if the name is the word),
/// then the more often the words occur, then the earlier it was found.
final class Ranking {
    /// A file and its merits.
    ///
    /// @param file its number
    /// @param inName how well its name matches
    /// @param count how often the words occur in its text
    record Rank(int file, int inName, long count) {
        /// Worst first.
        static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::inName)
                        .thenComparingLong(Rank::count)
                        .thenComparing(Comparator.comparingInt(Rank::file).reversed());
    }

    private record Segment(int id, int firstFile, int lastFile) {}

    private final Transaction tx;
    private final Query query;
    private final int limit;
    private final BitSet dead = new BitSet();
    private final PriorityQueue<Rank> best = new PriorityQueue<>(Rank.ORDER);
    private long total;

    Ranking(Transaction tx, Query query, int limit) {
        this.tx = tx;
        this.query = query;
        this.limit = limit;
        tx.query(Integer.class, "select id from dead").forEach(dead::set);
    }

    void run() {
        for (Segment segment :
                tx.query(Segment.class, "select id, first_file, last_file from segment")) {
            new InSegment(segment).run();
        }
    }

    long total() {
        return total;
    }

    /// The best files, best first.
    List<Rank> best() {
        return best.stream().sorted(Rank.ORDER.reversed()).toList();
    }

    private void add(int file, int inName, long count) {
        if (dead.get(file)) {
            return;
        }
        total++;
        best.add(new Rank(file, inName, count));
        if (best.size() > limit) {
            best.remove();
        }
    }

    /// The files of one segment, by their distance from its first one.
    private final class InSegment {
        private final Segment segment;
        private final int size;

        /// How many words of the query each file has matched, and its merits so far.
        private final byte[] matched;

        private final byte[] inName;
        private final long[] counts;

        InSegment(Segment segment) {
            this.segment = segment;
            this.size = segment.lastFile() - segment.firstFile() + 1;
            this.matched = new byte[size];
            this.inName = new byte[size];
            this.counts = new long[size];
        }

        void run() {
            int words = query.words().size();
            for (int i = 0; i < words; i++) {
                if (!look(i)) {
                    return; // no file of this segment has that word
                }
            }
            for (int i = 0; i < size; i++) {
                if (matched[i] == words) {
                    add(segment.firstFile() + i, inName[i], counts[i]);
                }
            }
        }

        private boolean look(int i) {
            String word = query.words().get(i);
            boolean open = query.isOpen(i);
            byte[] name = new byte[size];
            boolean[] any = new boolean[1];
            BlockSink sink =
                    block -> {
                        while (block.next() && !isBeyond(block.word(), word, open)) {
                            boolean exact = block.word().equals(word);
                            if (exact || (open && block.word().startsWith(word))) {
                                any[0] = true;
                                block.forEach(
                                        (file, count, as) -> take(i, file, count, exact, as, name));
                            }
                        }
                    };
            blocks(word, open, sink);
            for (int f = 0; f < size; f++) {
                inName[f] += name[f];
            }
            return any[0];
        }

        private void take(int i, int file, int count, boolean exact, int as, byte[] name) {
            int at = file - segment.firstFile();
            if (matched[at] < i) {
                return; // lacks a word before this one
            }
            matched[at] = (byte) (i + 1);
            counts[at] += count;
            name[at] = (byte) Math.max(name[at], exact ? as : Math.min(as, WordCounts.IN_NAME));
        }

        private static boolean isBeyond(String found, String word, boolean open) {
            return found.compareTo(word) > 0 && !(open && found.startsWith(word));
        }

        /// The block that the word can be in, and for a beginning, those behind with more of it.
        private void blocks(String word, boolean open, BlockSink sink) {
            tx.queryFirst(
                            byte[].class,
                            "select data from block where segment = ? and first <= ?"
                                    + " order by segment, first desc limit 1",
                            segment.id(),
                            word)
                    .ifPresent(data -> sink.block(new Block.Reader(data)));
            if (open) {
                tx.query(
                        row -> {
                            sink.block(new Block.Reader(row.getBytes(1)));
                            return null;
                        },
                        "select data from block where segment = ? and first > ? and first < ?"
                                + " order by segment, first desc",
                        segment.id(),
                        word,
                        word + Character.MAX_VALUE);
            }
        }
    }

    @FunctionalInterface
    private interface BlockSink {
        void block(Block.Reader block);
    }
}
