package dev.heddle.examples.search;

import dev.heddle.sql.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Merges the words of several segments, dead files left out, without holding more than a few
/// blocks of each in memory. On a worker.
final class Merge {
    /// How many blocks of a segment are fetched at a time.
    static final int BLOCKS = 32;

    private final BitSet dead;

    /// Ordered by word, and for the same word by the order of the segments, which is that of their
    /// files' numbers.
    private final PriorityQueue<Cursor> cursors =
            new PriorityQueue<>(
                    Comparator.comparing((Cursor cursor) -> cursor.block.word())
                            .thenComparingInt(cursor -> cursor.order));

    Merge(Transaction tx, List<Integer> segments, BitSet dead) {
        this.dead = dead;
        for (int i = 0; i < segments.size(); i++) {
            Cursor cursor = new Cursor(tx, segments.get(i), i);
            if (cursor.next()) {
                cursors.add(cursor);
            }
        }
    }

    void run(Block.Writer writer) {
        List<Cursor> same = new ArrayList<>();
        while (!cursors.isEmpty()) {
            String word = cursors.element().block.word();
            Postings merged = new Postings();
            same.clear();
            while (!cursors.isEmpty() && cursors.element().block.word().equals(word)) {
                Cursor cursor = cursors.remove();
                cursor.block.forEach((file, count, inName) -> {
                    if (!dead.get(file)) {
                        merged.add(file, count, inName);
                    }
                });
                same.add(cursor);
            }
            if (!merged.isEmpty()) {
                writer.add(word, merged.bytes());
            }
            for (Cursor cursor : same) {
                if (cursor.next()) {
                    cursors.add(cursor);
                }
            }
        }
    }

    /// Stands on a word of a segment.
    private static final class Cursor {
        private final Transaction tx;
        private final int segment;
        final int order;
        private final ArrayDeque<byte[]> fetched = new ArrayDeque<>();
        private int fetchedTo;
        Block.Reader block = new Block.Reader(new byte[0]);

        Cursor(Transaction tx, int segment, int order) {
            this.tx = tx;
            this.segment = segment;
            this.order = order;
        }

        boolean next() {
            while (!block.next()) {
                if (fetched.isEmpty()) {
                    fetch();
                }
                byte[] data = fetched.poll();
                if (data == null) {
                    return false;
                }
                block = new Block.Reader(data);
            }
            return true;
        }

        private void fetch() {
            fetched.addAll(
                    tx.query(
                            byte[].class,
                            "select data from block where segment = ? and number >= ? and number < ?"
                                    + " order by number",
                            segment,
                            fetchedTo,
                            fetchedTo + BLOCKS));
            fetchedTo += BLOCKS;
        }
    }
}
