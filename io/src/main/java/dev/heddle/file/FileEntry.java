package dev.heddle.file;

import java.nio.file.Path;
import java.time.Instant;

/// A regular file and what its directory knows of it.
///
/// @param path where it is
/// @param size its length in bytes
/// @param modified when its content was changed last
public record FileEntry(Path path, long size, Instant modified) {}
