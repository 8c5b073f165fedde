package dev.heddle.file;

import dev.heddle.Heddle;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// The regular files of a directory tree, in batches. Opened by [FileIo#walk].
///
/// ```java
/// try (var walk = FileIo.walk(root, WalkOptions.DEFAULT, (path, reason) -> skipped++)) {
///     for (var batch = walk.next(); !batch.isEmpty(); batch = walk.next()) {
///         …
///     }
/// }
/// ```
///
/// Holds one batch and one open directory a level, however large the tree is. Each batch is
/// gathered in one go off the loop. The order is that of the file system.
///
/// Symbolic links are neither followed nor returned, so there are no cycles; devices, sockets and
/// pipes are left out, too. Files that come or go meanwhile may be seen or not.
///
/// For one task at a time.
public final class FileWalk implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.heddle.file");

    private final Path root;
    private final WalkOptions options;
    private final SkippedPath skipped;

    /// From the root down to where the walk is. Guard: only one batch is gathered at a time, and
    /// its end happens before the next one's beginning.
    private final Deque<Level> levels = new ArrayDeque<>();

    private boolean started;
    private boolean busy;
    private boolean closed;

    FileWalk(Path root, WalkOptions options, SkippedPath skipped) {
        this.root = root;
        this.options = options;
        this.skipped = skipped;
    }

    /// Finds the next files.
    ///
    /// When this is cancelled, no file is lost: the next call continues.
    ///
    /// @return at most [WalkOptions#batchSize] files; none at the end
    /// @throws IOException if the root is no directory or cannot be read
    /// @throws IllegalStateException if this is closed, or another task is at it
    public List<FileEntry> next() throws IOException {
        if (closed || busy) {
            throw new IllegalStateException(
                    this + (closed ? " is closed" : " is used by another task already"));
        }
        while (true) {
            Batch batch = gatherOffLoop();
            for (Skip skip : batch.skips) {
                skipped.skipped(skip.path, skip.reason);
            }
            if (batch.last || !batch.files.isEmpty()) {
                return batch.files;
            }
        }
    }

    private Batch gatherOffLoop() throws IOException {
        busy = true;
        try {
            return Heddle.<Batch, IOException>offload(this::gather);
        } finally {
            busy = false;
        }
    }

    /// Closes the directories that are open. Does nothing when that was done before.
    ///
    /// @throws IllegalStateException if another task is in [#next]
    @Override
    public void close() {
        if (busy) {
            throw new IllegalStateException(this + " is closed while another task is in next()");
        }
        closed = true;
        // A few descriptors that were read only: closing them does not wait for a disk.
        while (!levels.isEmpty()) {
            leave();
        }
    }

    @Override
    public String toString() {
        return "walk of " + root;
    }

    // ---- on a worker ----

    private Batch gather() throws IOException {
        List<FileEntry> files = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        if (!started) {
            levels.push(Level.open(root));
            started = true;
        }
        while (!levels.isEmpty()
                && files.size() < options.batchSize()
                && skips.size() < options.batchSize()) {
            step(levels.element(), files, skips);
        }
        return new Batch(files, skips, levels.isEmpty());
    }

    /// Takes one entry of a directory.
    private void step(Level level, List<FileEntry> files, List<Skip> skips) {
        Path path;
        try {
            if (!level.entries.hasNext()) {
                leave();
                return;
            }
            path = level.entries.next();
        } catch (DirectoryIteratorException e) {
            IOException cause = e.getCause();
            skips.add(new Skip(level.path, cause == null ? new IOException(e) : cause));
            leave();
            return;
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                files.add(
                        new FileEntry(
                                path,
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
            } else if (attributes.isDirectory() && options.enters().test(path)) {
                enter(path);
            }
        } catch (NoSuchFileException e) {
            // Deleted since the directory was read: it is not there, and so not left out.
        } catch (IOException e) {
            skips.add(new Skip(path, e));
        }
    }

    private void enter(Path directory) throws IOException {
        if (levels.size() > options.maxDepth()) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "is more than " + options.maxDepth() + " directories (maxDepth) below " + root);
        }
        levels.push(Level.open(directory));
    }

    private void leave() {
        Level level = levels.pop();
        try {
            level.stream.close();
        } catch (IOException e) {
            // It was open for reading only: nothing is lost, and there is nothing to be done.
            LOG.log(System.Logger.Level.DEBUG, () -> "closing directory " + level.path, e);
        }
    }

    /// A directory that the walk is in.
    private record Level(Path path, DirectoryStream<Path> stream, Iterator<Path> entries) {
        @SuppressWarnings("StreamResourceLeak") // closed by leave()
        static Level open(Path directory) throws IOException {
            DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
            return new Level(directory, stream, stream.iterator());
        }
    }

    private record Skip(Path path, IOException reason) {}

    /// @param last whether the walk is over
    private record Batch(List<FileEntry> files, List<Skip> skips, boolean last) {}
}
