package dev.heddle.net;

import java.io.IOException;

/// More bytes came than the caller allowed. None of them is consumed.
public final class LimitExceededException extends IOException {
    private final int limit;

    LimitExceededException(String message, int limit) {
        super(message);
        this.limit = limit;
    }

    /// The limit that was passed.
    ///
    /// @return bytes
    public int limit() {
        return limit;
    }
}
