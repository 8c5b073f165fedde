package dev.heddle.file;

import java.io.IOException;
import java.nio.file.Path;

/// Is told what a [FileWalk] could not look into.
@FunctionalInterface
public interface SkippedPath {
    /// Something was left out. Called in the task that walks.
    ///
    /// @param path a directory that cannot be read, or is too deep, or a file whose attributes
    ///   cannot be read
    /// @param reason why
    void skipped(Path path, IOException reason);
}
