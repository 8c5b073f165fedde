package dev.heddle.examples.search;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Another process has the index open.
public final class IndexInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    IndexInUseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
