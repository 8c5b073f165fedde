package dev.heddle.net;

import java.io.EOFException;

/// The peer ended its output before all that was asked for had come. What did come stays buffered.
public final class EndOfStreamException extends EOFException {
    private final int received;

    EndOfStreamException(String message, int received) {
        super(message);
        this.received = received;
    }

    /// How much of what was asked for had come.
    ///
    /// @return bytes, which the next read will find; zero if the input ended cleanly before it
    public int received() {
        return received;
    }
}
