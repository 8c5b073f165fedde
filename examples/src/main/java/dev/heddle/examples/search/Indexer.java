package dev.heddle.examples.search;

import java.io.IOException;

/// Brings a [SearchIndex] up to date with the folder below its root.
///
/// Left out, with all that is below them: folders of version control (`.git`, `.hg`, `.svn`,
/// `.jj`), and what builds write: `node_modules`, `__pycache__`, folders that hold a
/// `CACHEDIR.TAG`, and `target` or `build` beside a file of a build tool that writes there
/// (`pom.xml`, `Cargo.toml`, `build.sbt`; `build.gradle`, `build.gradle.kts`). The index's own
/// files are left out, too, and symbolic links, devices and the like are not followed. Files that
/// cannot be searched are skipped and counted by [SkipReason].
///
/// Only files whose size or time of last change differ from those of the last run are read.
///
/// For tasks of one loop.
public final class Indexer {
    /// The largest file that is indexed, in bytes.
    public static final long LARGEST_FILE = 4L << 20;

    private final SearchIndex index;

    /// An indexer for an index.
    ///
    /// @param index the index
    public Indexer(SearchIndex index) {
        this.index = index;
    }

    /// Walks the folder once. Suspends; to be cancelled as any other task, within about a second.
    ///
    /// What was reported as indexed is on disk, whatever happens to the process afterwards.
    ///
    /// @param listener is told how far the run has come
    /// @return the last report
    /// @throws IOException if the root cannot be listed
    /// @throws IllegalStateException if another run on this index goes on
    public Progress run(ProgressListener listener) throws IOException {
        index.beginIndexing();
        try {
            return new Pipeline(index, listener).run();
        } finally {
            index.endIndexing();
        }
    }
}
