package dev.heddle.examples.search;

import dev.heddle.sql.Database;
import dev.heddle.sql.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Changes the tables of an index, each change in one transaction, so that searches always see a
/// whole. For one task at a time; bodies of transactions run on workers.
final class IndexWriter {
    /// So many segments of one level are merged into one of the next.
    private static final int MERGED = 8;

    /// Segments are not merged beyond this level, at which they hold some 16,000 files of a first
    /// run: a word's postings stay below H2's 1 MiB for a value.
    private static final int HIGHEST = 2;

    private final Database db;

    /// The next free numbers. Owner: the task that writes.
    private int nextFile;

    private int nextSegment;

    private IndexWriter(Database db, int nextFile, int nextSegment) {
        this.db = db;
        this.nextFile = nextFile;
        this.nextSegment = nextSegment;
    }

    static IndexWriter open(Database db) {
        int lastFile =
                db.queryOne(
                        Integer.class,
                        "select greatest((select coalesce(max(id), 0) from file),"
                                + " (select coalesce(max(last_file), 0) from segment))");
        int lastSegment = db.queryOne(Integer.class, "select coalesce(max(id), 0) from segment");
        return new IndexWriter(db, lastFile + 1, lastSegment + 1);
    }

    /// Writes files, with their words, to the disk. When this returns they survive the death of the
    /// process and of the machine.
    ///
    /// @return the number given to the first; the others follow
    int write(List<Finding> findings) {
        int first = nextFile;
        int segment = nextSegment;
        db.transactionOnWorker(tx -> {
            writeFiles(tx, findings, first);
            writeWords(tx, findings, first, segment);
        });
        nextFile += findings.size();
        nextSegment++;
        sync();
        return first;
    }

    /// H2 writes what was committed within half a second, and this at once.
    private void sync() {
        db.update("checkpoint sync");
    }

    private static void writeFiles(Transaction tx, List<Finding> findings, int first) {
        List<Known> replaced = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (finding.replaces() != null) {
                replaced.add(finding.replaces());
            }
            rows.add(
                    new Object[] {
                        first + i,
                        finding.location().raw(),
                        finding.location().shown(),
                        finding.size(),
                        finding.stamp(),
                        finding.reason()
                    });
        }
        forget(tx, replaced);
        tx.batch("insert into file values (?, ?, ?, ?, ?, ?)", rows);
    }

    private static void forget(Transaction tx, List<Known> files) {
        tx.batch(
                "delete from file where id = ?",
                files.stream().map(known -> new Object[] {known.id()}).toList());
        tx.batch(
                "insert into dead values (?)",
                files.stream()
                        .filter(known -> known.reason() == null)
                        .map(known -> new Object[] {known.id()})
                        .toList());
    }

    private static void writeWords(Transaction tx, List<Finding> findings, int first, int segment) {
        Map<String, Postings> words = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            WordCounts counts = findings.get(i).words();
            int file = first + i;
            if (counts != null) {
                counts.forEach((word, count, inName) ->
                        words.computeIfAbsent(word, w -> new Postings()).add(file, count, inName));
            }
        }
        if (!words.isEmpty()) {
            var blocks = new BlockRows(segment);
            words.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> blocks.add(entry.getKey(), entry.getValue()));
            blocks.finish();
            tx.update(
                    "insert into segment values (?, 0, ?, ?)",
                    segment,
                    first,
                    first + findings.size() - 1);
            tx.batch("insert into block values (?, ?, ?, ?)", blocks.rows);
        }
    }

    /// The rows of a segment's blocks.
    private static final class BlockRows {
        final List<Object[]> rows = new ArrayList<>();
        private final Block.Writer writer;
        private int number;

        BlockRows(int segment) {
            writer =
                    new Block.Writer((first, data) ->
                            rows.add(new Object[] {segment, number++, first, data}));
        }

        void add(String word, Postings postings) {
            writer.add(word, postings.bytes());
        }

        void finish() {
            writer.finish();
        }
    }

    /// Takes files out of the index, on disk.
    void remove(List<Known> files) {
        db.transactionOnWorker(tx -> {
            forget(tx, files);
        });
        sync();
    }

    private record Segment(int id, int level, int firstFile, int lastFile) {}

    /// Merges segments while there are too many of a level, so that a search has few to look into.
    /// Those of a level follow each other in the order of their files, since only the newest are of
    /// the lowest.
    void merge() {
        for (int level = 0; level < HIGHEST; level++) {
            int of = level;
            while (true) {
                List<Segment> oldest =
                        db.query(
                                Segment.class,
                                "select * from segment where level = ? order by first_file limit ?",
                                of,
                                MERGED);
                if (oldest.size() < MERGED) {
                    break;
                }
                int segment = nextSegment++;
                db.transactionOnWorker(tx -> {
                    mergeInto(tx, segment, of + 1, oldest);
                });
            }
        }
    }

    private static void mergeInto(Transaction tx, int segment, int level, List<Segment> oldest) {
        int first = oldest.getFirst().firstFile();
        int last = oldest.getLast().lastFile();
        var dead = new java.util.BitSet();
        tx.query(Integer.class, "select id from dead where id between ? and ?", first, last)
                .forEach(dead::set);
        var merge = new Merge(tx, oldest.stream().map(Segment::id).toList(), dead);
        int[] number = {0};
        List<Object[]> rows = new ArrayList<>();
        var writer =
                new Block.Writer((word, data) -> {
                    rows.add(new Object[] {segment, number[0]++, word, data});
                    if (rows.size() == Merge.BLOCKS) {
                        tx.batch("insert into block values (?, ?, ?, ?)", rows);
                        rows.clear();
                    }
                });
        merge.run(writer);
        writer.finish();
        tx.batch("insert into block values (?, ?, ?, ?)", rows);
        for (Segment old : oldest) {
            tx.update("delete from block where segment = ?", old.id());
            tx.update("delete from segment where id = ?", old.id());
        }
        tx.update("delete from dead where id between ? and ?", first, last);
        tx.update("insert into segment values (?, ?, ?, ?)", segment, level, first, last);
    }
}
