package dev.heddle.examples.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The words of the text files below a folder, kept on disk, and the search in them.
///
/// ```java
/// try (var index = SearchIndex.open(Path.of("src"))) {
///     new Indexer(index).run(progress -> println(progress));
///     println(index.search("event loo", 20));
/// }
/// ```
///
/// Searching works while an [Indexer] runs; each search sees the index as of one instant.
@SuppressWarnings("DoNotCallSuggester")
public final class SearchIndex implements AutoCloseable {
    private SearchIndex() {}

    /// Opens the index of `root` in its default place: a folder below the user's cache directory
    /// (`$XDG_CACHE_HOME`, else `~/.cache`), `heddle/search/` and a name made from the real path of
    /// `root`. Suspends.
    ///
    /// @param root the folder to search in
    /// @return the index, empty if there was none; to be closed by the caller
    /// @throws IndexInUseException if another process has it open
    /// @throws IOException if `root` is no folder, or the index cannot be read or written
    public static SearchIndex open(Path root) throws IOException {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /// Finds the files that hold all words of a query. Suspends.
    ///
    /// Words are runs of letters, digits and underscores, whatever their case; the parts of a
    /// camelCase or snake_case name count as words, too. The last word may be the beginning of one,
    /// unless something that is no word follows it. Files in whose name words match come first,
    /// then those in which they occur most often.
    ///
    /// @param query what someone has typed; anything
    /// @param limit the most hits to return, 1 to 100
    /// @return the best hits; none for a query without words
    public SearchResults search(String query, int limit) {
        throw new UnsupportedOperationException();
    }

    /// What the index holds now. Suspends.
    ///
    /// @return a snapshot
    public IndexStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /// Files that were left out, with the reason, by reason and then by path. Suspends.
    ///
    /// @param limit the most files to return, 1 to 10,000
    /// @return the first of them; [#statistics] says how many there are
    public List<SkippedFile> skippedFiles(int limit) {
        throw new UnsupportedOperationException();
    }

    /// Whether a file is in the index. Suspends.
    ///
    /// @param path any text; only a path as [Hit#path] gives it can be in the index
    /// @return true if a search can find it
    public boolean contains(String path) {
        throw new UnsupportedOperationException();
    }

    /// What matches a query in a text, as [Hit#matches] has it. Does not suspend; for any thread.
    ///
    /// @param query the query
    /// @param text such as a line of a file
    /// @return what matches, in order, without overlap
    public static List<TextRange> matches(String query, String text) {
        throw new UnsupportedOperationException();
    }

    /// The folder that is searched, as a real path.
    ///
    /// @return the root
    public Path root() {
        throw new UnsupportedOperationException();
    }

    /// Where the index lives.
    ///
    /// @return the folder of the database
    public Path databaseFolder() {
        throw new UnsupportedOperationException();
    }

    /// Closes the index; searches that run are waited for a few seconds, then cut. Suspends. Does
    /// nothing when it is closed already.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
