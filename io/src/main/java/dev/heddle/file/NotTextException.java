package dev.heddle.file;

import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/// A file that should be text is not UTF-8.
public final class NotTextException extends FileSystemException {
    NotTextException(String file, CharacterCodingException cause) {
        super(file, null, "is not UTF-8 text (" + cause.getMessage() + ")");
        initCause(cause);
    }
}
