package dev.heddle.sync;

/// A channel or queue was closed: it takes nothing any more, or has nothing left.
public final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClosedException(String message) {
        super(message);
    }
}
