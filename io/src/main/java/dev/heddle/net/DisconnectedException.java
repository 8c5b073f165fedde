package dev.heddle.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The peer is gone: it has reset the connection, or closed it before it took what was sent.
/// Ordinary on the open internet, and nobody's bug.
public final class DisconnectedException extends IOException {
    DisconnectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
