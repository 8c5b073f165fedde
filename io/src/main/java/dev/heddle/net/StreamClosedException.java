package dev.heddle.net;

import java.io.IOException;

/// A stream or listener was used after this side has closed it, or was closed while it was used.
public final class StreamClosedException extends IOException {
    StreamClosedException(String message) {
        super(message);
    }
}
