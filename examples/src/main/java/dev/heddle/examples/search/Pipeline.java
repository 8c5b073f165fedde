package dev.heddle.examples.search;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.TaskGroup;
import dev.heddle.TimeoutException;
import dev.heddle.file.FileEntry;
import dev.heddle.file.FileIo;
import dev.heddle.file.FileWalk;
import dev.heddle.file.WalkOptions;
import dev.heddle.sql.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of an [Indexer]: a pipeline of tasks.
///
/// ```
/// walk ──changed files──▶ a task for each (read, cut into words) ──findings──▶ writer ──▶ disk
/// ```
///
/// What is in the pipeline is bounded by the number of tasks, the sum of the files' sizes, and the
/// number of findings that wait for the writer; who comes first waits. What the index knows of a
/// file is asked of the database, batch by batch. What is held for the whole run is one bit for
/// each file, to tell at the end which ones are gone.
final class Pipeline {
    /// Files that are read at a time.
    private static final int READERS = 32;

    /// The most findings between reading and writing.
    private static final int UNWRITTEN = 1_024;

    /// The most bytes of files between reading and writing. Their words take several times as much
    /// in the worst case.
    private static final long BYTES = 16L << 20;

    /// A small file's share of [#BYTES].
    private static final long LEAST_BYTES = 4 << 10;

    /// The writer writes when it has so many findings, or so many bytes, or after so long.
    private static final int FULL = 256;

    private static final long FULL_BYTES = 6L << 20;
    private static final Duration LONGEST_UNWRITTEN = Duration.ofMillis(500);

    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(100);
    private static final int PAGE = 1_000;

    private final SearchIndex index;
    private final Database db;
    private final ProgressListener listener;
    private final IndexWriter writer;

    /// Owner of all below: the loop thread.
    private final Counters counters = new Counters();

    private final Limiter readers = new Limiter(READERS);
    private final Limiter unwritten = new Limiter(UNWRITTEN);
    private final Limiter bytes = new Limiter(BYTES);

    /// Cutting text into words keeps a core busy. One is left for searches and the loop.
    private final Limiter cutters =
            new Limiter(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    /// The numbers of the files that are there.
    private final BitSet present = new BitSet();

    private final List<Finding> findings = new ArrayList<>();
    private long findingBytes;
    private int underWay;
    private boolean walked;

    /// Completed, and replaced, when there is something to do for the writer.
    private Promise<@Nullable Void> forWriter = new Promise<>();

    Pipeline(SearchIndex index, ProgressListener listener) {
        this.index = index;
        this.db = index.database();
        this.listener = listener;
        this.writer = IndexWriter.open(db);
    }

    Progress run() throws IOException {
        Heddle.<@Nullable Void, IOException>group(g -> {
            var reporter = g.spawn("reports progress", this::report);
            Heddle.<@Nullable Void, IOException>group(pipeline -> {
                pipeline.spawn("writes the index", this::write);
                walk(pipeline);
                return null;
            });
            removeAbsent();
            writer.merge();
            reporter.cancel();
            return null;
        });
        Progress last = counters.progress(true);
        tell(last);
        return last;
    }

    private void report() {
        while (true) {
            tell(counters.progress(false));
            Heddle.sleep(BETWEEN_REPORTS);
        }
    }

    private void tell(Progress progress) {
        try {
            listener.onProgress(progress);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the listener of an indexing run failed", e);
        }
    }

    // ---- walking ----

    private void walk(TaskGroup pipeline) throws IOException {
        WalkOptions options = WalkOptions.DEFAULT.withEnters(OwnFiles::enters);
        try (FileWalk walk =
                FileIo.walk(
                        index.root(),
                        options,
                        (path, reason) -> {
                            counters.seen++;
                            counters.skip(SkipReason.UNREADABLE);
                        })) {
            for (var batch = walk.next(); !batch.isEmpty(); batch = walk.next()) {
                List<FileEntry> files = new ArrayList<>(batch);
                files.removeIf(file -> OwnFiles.isDatabase(file, index.databaseFolder()));
                counters.seen += files.size();
                for (Seen seen : known(files)) {
                    sort(seen, pipeline);
                }
            }
        }
        walked = true;
        wakeWriter();
    }

    /// A file on disk, beside what the index knows of it.
    private record Seen(FileEntry entry, Location location, Optional<Known> known) {}

    private List<Seen> known(List<FileEntry> files) {
        return db.<List<Seen>, RuntimeException>transactionOnWorker(tx -> {
            List<Seen> all = new ArrayList<>();
            for (FileEntry file : files) {
                Location location = Location.of(index.base(), file.path());
                all.add(
                        new Seen(
                                file,
                                location,
                                tx.queryFirst(
                                        Known.class,
                                        "select * from file where location = ?",
                                        location.raw())));
            }
            return all;
        });
    }

    /// Counts a file that has not changed, and starts a task for any other.
    private void sort(Seen seen, TaskGroup pipeline) {
        FileEntry entry = seen.entry();
        Known known = seen.known().orElse(null);
        if (known != null && known.isAsOf(entry.size(), Stamp.of(entry.modified()))) {
            present.set(known.id());
            if (known.reason() == null) {
                counters.unchanged++;
            } else {
                counters.skip(known.reason());
            }
            return;
        }
        long share = Math.clamp(entry.size(), LEAST_BYTES, Indexer.LARGEST_FILE);
        unwritten.acquire(1);
        bytes.acquire(share);
        readers.acquire(1);
        underWay++;
        pipeline.spawn("reads a file", () -> read(seen, share));
    }

    // ---- reading ----

    private void read(Seen seen, long share) {
        boolean found = false;
        try {
            Finding finding = look(seen);
            if (finding != null) {
                findings.add(finding);
                findingBytes += share;
                found = true;
            }
        } finally {
            readers.release(1);
            underWay--;
            if (!found) {
                unwritten.release(1);
                bytes.release(share);
            }
            wakeWriter();
        }
    }

    /// @return null if the file has vanished
    private @Nullable Finding look(Seen seen) {
        Path path = seen.entry().path();
        if (seen.entry().size() > Indexer.LARGEST_FILE) {
            return skipped(seen, SkipReason.TOO_LARGE);
        }
        byte[] content;
        try {
            content = FileIo.readAllBytes(path, (int) Indexer.LARGEST_FILE);
        } catch (IOException e) {
            SkipReason reason = Reading.reason(e);
            return reason == SkipReason.VANISHED ? vanished() : skipped(seen, reason);
        }
        cutters.acquire(1);
        Finding finding;
        try {
            finding =
                    Heddle.<@Nullable Finding, RuntimeException>offload(() ->
                            Reading.finding(
                                    index.root(),
                                    seen.entry(),
                                    seen.location(),
                                    seen.known(),
                                    content));
        } finally {
            cutters.release(1);
        }
        return finding == null ? vanished() : finding;
    }

    /// It is in no table: the next run does not know it.
    private @Nullable Finding vanished() {
        counters.skip(SkipReason.VANISHED);
        return null;
    }

    private static Finding skipped(Seen seen, SkipReason reason) {
        return Reading.skipped(seen.entry(), seen.location(), seen.known(), reason);
    }

    // ---- writing ----

    private void wakeWriter() {
        if (isTimeToWrite() || isOver()) {
            forWriter.tryComplete(null);
        }
    }

    private boolean isTimeToWrite() {
        return findings.size() >= FULL || findingBytes >= FULL_BYTES;
    }

    private boolean isOver() {
        return walked && underWay == 0;
    }

    private void write() {
        while (true) {
            awaitFindings();
            if (!findings.isEmpty()) {
                flush();
            } else if (isOver()) {
                return;
            }
        }
    }

    private void awaitFindings() {
        if (isTimeToWrite() || isOver()) {
            return;
        }
        forWriter = new Promise<>();
        Promise<@Nullable Void> wake = forWriter;
        try {
            Heddle.timeout(
                    LONGEST_UNWRITTEN,
                    () -> {
                        wake.await();
                    });
        } catch (TimeoutException e) {
            // Then with what there is.
        }
    }

    private void flush() {
        List<Finding> batch = List.copyOf(findings);
        long share = findingBytes;
        findings.clear();
        findingBytes = 0;
        int id = writer.write(batch);
        for (Finding finding : batch) {
            present.set(id++);
            SkipReason reason = finding.reason();
            if (reason == null) {
                counters.indexed++;
                counters.bytes += finding.size();
            } else {
                counters.skip(reason);
            }
        }
        unwritten.release(batch.size());
        bytes.release(share);
        writer.merge();
    }

    // ---- cleaning up ----

    /// Takes out what the walk has not come across.
    private void removeAbsent() {
        int last = 0;
        while (true) {
            List<Known> page =
                    db.query(
                            Known.class,
                            "select * from file where id > ? order by id limit ?",
                            last,
                            PAGE);
            if (page.isEmpty()) {
                return;
            }
            last = page.getLast().id();
            List<Known> absent = page.stream().filter(known -> !present.get(known.id())).toList();
            if (!absent.isEmpty()) {
                writer.remove(absent);
                counters.removed += absent.size();
            }
        }
    }
}
