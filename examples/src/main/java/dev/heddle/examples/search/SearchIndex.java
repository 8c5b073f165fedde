package dev.heddle.examples.search;

import dev.heddle.Heddle;
import dev.heddle.Task;
import dev.heddle.file.FileIo;
import dev.heddle.sql.Database;
import dev.heddle.sql.SqlException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The words of the text files below a folder, kept on disk, and the search in them.
///
/// ```java
/// try (var index = SearchIndex.open(Path.of("src"))) {
///     new Indexer(index).run(progress -> println(progress));
///     println(index.search("event loo", 20));
/// }
/// ```
///
/// Searching works while an [Indexer] runs; each search sees the index as of one instant. The texts
/// themselves are not kept: excerpts are read from the files, and say so if those have changed.
public final class SearchIndex implements AutoCloseable {
    /// The most hits that a search returns.
    public static final int MOST_HITS = 100;

    private static final int MOST_SKIPPED = 10_000;

    /// H2's codes for a database that is open elsewhere, and for a file that it cannot read.
    private static final int IN_USE = 90020;

    private static final int CORRUPT = 90030;

    /// Within one process, H2 would open a database twice.
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path root;
    private final URI base;
    private final Database db;

    /// Whether an [Indexer] runs. Owner: the loop thread.
    private boolean indexing;

    private SearchIndex(Path folder, Path root, Database db) {
        this.folder = folder;
        this.root = root;
        this.base = root.toUri();
        this.db = db;
    }

    /// Opens the index of `root` in its default place: a folder below the user's cache directory
    /// (`$XDG_CACHE_HOME`, else `~/.cache`), `heddle/search/` and a name made from the real path of
    /// `root`. Suspends.
    ///
    /// @param root the folder to search in
    /// @return the index, empty if there was none; to be closed by the caller
    /// @throws IndexInUseException if another process has it open
    /// @throws IOException if `root` is no folder, or the index cannot be read or written
    public static SearchIndex open(Path root) throws IOException {
        Path real = Heddle.<Path, IOException>offload(() -> realFolder(root));
        return open(CacheFolder.of(real), real);
    }

    /// Opens the index of `root` in a place of the caller's choice. Suspends.
    ///
    /// @param databaseFolder where the index lives; made if it is not there
    /// @param root the folder to search in
    /// @return the index, empty if there was none; to be closed by the caller
    /// @throws IndexInUseException if another process has it open
    /// @throws IOException if `root` is no folder, `databaseFolder` holds the index of another
    ///   root, or it cannot be read or written
    public static SearchIndex open(Path databaseFolder, Path root) throws IOException {
        Path real = Heddle.<Path, IOException>offload(() -> realFolder(root));
        Path folder =
                Heddle.<Path, IOException>offload(
                        () -> Files.createDirectories(databaseFolder).toRealPath());
        if (!OPEN.add(folder)) {
            throw inUse("this process", real, folder, null);
        }
        SearchIndex opened = null;
        try {
            Database db = Database.h2(folder.resolve(OwnFiles.DATABASE));
            try {
                Schema.prepare(db, real.toUri().toString());
                opened = new SearchIndex(folder, real, db);
            } finally {
                if (opened == null) {
                    db.close();
                }
            }
            return opened;
        } catch (SqlException e) {
            throw explained(e, real, folder);
        } finally {
            if (opened == null) {
                OPEN.remove(folder);
            }
        }
    }

    private static Path realFolder(Path root) throws IOException {
        Path real = root.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(root.toString());
        }
        return real;
    }

    private static IOException explained(SqlException e, Path root, Path folder) {
        int code = e.getCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
        return switch (code) {
            case IN_USE -> inUse("another process", root, folder, e);
            case CORRUPT ->
                    new IOException(
                            "the index in %s is damaged: delete that folder, and it is made anew"
                                    .formatted(folder),
                            e);
            default -> new IOException("the index in " + folder + " cannot be opened", e);
        };
    }

    private static IndexInUseException inUse(
            String who, Path root, Path folder, @Nullable Throwable cause) {
        return new IndexInUseException(
                "%s has the index of %s open, in %s: end that one, or give this one a folder of its own"
                        .formatted(who, root, folder),
                cause);
    }

    /// Finds the files that hold all words of a query. Suspends.
    ///
    /// Words are runs of letters, digits and underscores, whatever their case; the parts of a
    /// camelCase or snake_case name count as words, too. The last word may be the beginning of one,
    /// unless something that is no word follows it. Files in whose name words match come first,
    /// then those in which they occur most often.
    ///
    /// @param query what someone has typed; anything
    /// @param limit the most hits to return, 1 to [#MOST_HITS]
    /// @return the best hits; none for a query without words
    public SearchResults search(String query, int limit) {
        if (limit < 1 || limit > MOST_HITS) {
            throw new IllegalArgumentException("limit is 1 to %d: %d".formatted(MOST_HITS, limit));
        }
        long start = System.nanoTime();
        Query words = Query.of(query);
        if (words.isEmpty()) {
            return new SearchResults(query, 0, List.of(), 0);
        }
        Found found =
                db.<Found, RuntimeException>snapshotOnWorker(tx -> {
                    Ranking ranking = new Ranking(tx, words, limit);
                    ranking.run();
                    List<Candidate> best = new ArrayList<>();
                    for (Ranking.Rank rank : ranking.best()) {
                        tx.queryFirst(Known.class, "select * from file where id = ?", rank.file())
                                .ifPresent(known -> best.add(new Candidate(known, rank.count())));
                    }
                    return new Found(ranking.total(), best);
                });
        List<Hit> hits = hits(found.best(), words);
        double millis = (System.nanoTime() - start) / 1e6;
        return new SearchResults(query, found.total(), hits, millis);
    }

    private record Candidate(Known file, long count) {}

    private record Found(long total, List<Candidate> best) {}

    /// Reads the excerpts, all at a time.
    private List<Hit> hits(List<Candidate> best, Query query) {
        return Heddle.<List<Hit>, RuntimeException>group(g -> {
            List<Task<Hit>> tasks = new ArrayList<>();
            for (Candidate candidate : best) {
                tasks.add(g.spawn(() -> hit(candidate, query)));
            }
            List<Hit> hits = new ArrayList<>();
            for (Task<Hit> task : tasks) {
                hits.add(task.await());
            }
            return hits;
        });
    }

    private Hit hit(Candidate candidate, Query query) {
        Known file = candidate.file();
        String name = file.path();
        int nameStart = name.lastIndexOf('/') + 1;
        List<TextRange> inPath = query.ranges(name, nameStart, name.length());
        Excerpt excerpt = null;
        String note = "";
        Path path = Location.resolve(base, file.location());
        try {
            byte[] bytes = FileIo.readAllBytes(path, (int) Indexer.LARGEST_FILE);
            excerpt =
                    Heddle.<@Nullable Excerpt, RuntimeException>offload(() ->
                            Reading.isBelow(root, path)
                                    ? Excerpt.of(new String(bytes, StandardCharsets.UTF_8), query)
                                    : null);
            if (bytes.length != file.size() || (excerpt == null && candidate.count() > 0)) {
                note = "has changed since it was indexed";
            }
        } catch (IOException e) {
            note = "cannot be read any more: " + e.getMessage();
        }
        return excerpt == null
                ? new Hit(name, inPath, candidate.count(), 0, "", List.of(), note)
                : new Hit(
                        name,
                        inPath,
                        candidate.count(),
                        excerpt.line(),
                        excerpt.text(),
                        excerpt.matches(),
                        note);
    }

    private record Group(@Nullable SkipReason reason, long files, long bytes) {}

    /// What the index holds now. Suspends.
    ///
    /// @return a snapshot
    public IndexStatistics statistics() {
        List<Group> groups =
                db.query(
                        Group.class,
                        "select reason, count(*) as files, sum(size) as bytes from file"
                                + " group by reason");
        int segments = db.queryOne(Integer.class, "select count(*) from segment");
        Path file = folder.resolve(OwnFiles.DATABASE + ".mv.db");
        long onDisk = Heddle.<Long, RuntimeException>offload(() -> file.toFile().length());
        long files = 0;
        long bytes = 0;
        Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
        for (Group group : groups) {
            if (group.reason() == null) {
                files = group.files();
                bytes = group.bytes();
            } else {
                skipped.put(group.reason(), group.files());
            }
        }
        return new IndexStatistics(files, bytes, skipped, segments, onDisk);
    }

    /// Files that were left out, with the reason, by reason and then by path. Suspends.
    ///
    /// @param limit the most files to return, 1 to 10,000
    /// @return the first of them; [#statistics] says how many there are
    public List<SkippedFile> skippedFiles(int limit) {
        if (limit < 1 || limit > MOST_SKIPPED) {
            throw new IllegalArgumentException(
                    "limit is 1 to %d: %d".formatted(MOST_SKIPPED, limit));
        }
        return db.query(
                SkippedFile.class,
                "select path, reason from file where reason is not null order by reason, path"
                        + " limit ?",
                limit);
    }

    /// Whether a file is in the index. Suspends.
    ///
    /// @param path any text; only a path as [Hit#path] gives it can be in the index
    /// @return true if a search can find it
    public boolean contains(String path) {
        return file(path).isPresent();
    }

    /// The file that a path of a [Hit] stands for. Its name on disk need not be what the path says:
    /// names can hold bytes that are no text. Suspends.
    ///
    /// @param path any text; only a path as [Hit#path] gives it can be in the index
    /// @return the file, if a search can find it
    public Optional<Path> file(String path) {
        return db
                .query(
                        String.class,
                        "select location from file where path = ? and reason is null limit 1",
                        path)
                .stream()
                .findFirst()
                .map(location -> Location.resolve(base, location));
    }

    /// What matches a query in a text, as [Hit#matches] has it. Does not suspend; for any thread.
    ///
    /// @param query the query
    /// @param text such as a line of a file
    /// @return what matches, in order, without overlap
    public static List<TextRange> matches(String query, String text) {
        return Query.of(query).ranges(text);
    }

    /// The folder that is searched, as a real path.
    ///
    /// @return the root
    public Path root() {
        return root;
    }

    /// Where the index lives.
    ///
    /// @return the folder of the database
    public Path databaseFolder() {
        return folder;
    }

    /// Closes the index; searches that run are waited for a few seconds, then cut. Suspends. Does
    /// nothing when it is closed already.
    @Override
    public void close() {
        db.close();
        OPEN.remove(folder);
    }

    Database database() {
        return db;
    }

    /// Root of the locations of files.
    URI base() {
        return base;
    }

    void beginIndexing() {
        if (indexing) {
            throw new IllegalStateException(
                    "an indexer of " + root + " runs already: await its end");
        }
        indexing = true;
    }

    void endIndexing() {
        indexing = false;
    }
}
