package dev.heddle.file;

import java.nio.file.FileSystemException;

/// A file has more bytes than the caller allowed.
public final class FileTooLargeException extends FileSystemException {
    private final int limit;

    FileTooLargeException(String file, int limit) {
        super(file, null, "has more than " + limit + " bytes, the limit of its reader");
        this.limit = limit;
    }

    /// The limit that was passed.
    ///
    /// @return bytes
    public int limit() {
        return limit;
    }
}
