package dev.heddle.file;

import java.nio.file.Path;
import java.util.function.Predicate;

/// How a [FileWalk] goes.
///
/// @param batchSize the most files in one batch
/// @param maxDepth how many directories below the root are entered, one inside the other; each of
///   them holds two file descriptors while the walk is in it
/// @param enters whether to go into a directory; called on a worker thread, so it must look at its
///   argument only, and not suspend
public record WalkOptions(int batchSize, int maxDepth, Predicate<Path> enters) {
    /// Batches of 256 files, 128 levels, all directories.
    public static final WalkOptions DEFAULT = new WalkOptions(256, 128, directory -> true);

    /// Checks the ranges.
    public WalkOptions {
        if (batchSize < 1 || maxDepth < 0) {
            throw new IllegalArgumentException(
                    "batchSize must be positive and maxDepth not negative: "
                            + batchSize
                            + ", "
                            + maxDepth);
        }
    }

    /// The same with another batch size.
    ///
    /// @param value at least 1
    /// @return the changed options
    public WalkOptions withBatchSize(int value) {
        return new WalkOptions(value, maxDepth, enters);
    }

    /// The same with another depth.
    ///
    /// @param value 0 for the root's own files only
    /// @return the changed options
    public WalkOptions withMaxDepth(int value) {
        return new WalkOptions(batchSize, value, enters);
    }

    /// The same with a choice of directories.
    ///
    /// @param value whether to go into a directory; the root is not asked for
    /// @return the changed options
    public WalkOptions withEnters(Predicate<Path> value) {
        return new WalkOptions(batchSize, maxDepth, value);
    }
}
