package dev.heddle.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/// What a [ByteStream] runs over: moves bytes without waiting, and waits without moving bytes.
///
/// Belongs to the loop it was made on, and is used by its tasks only.
sealed interface Wire permits TcpWire, MemoryWire {
    /// Reads what is there, without waiting.
    ///
    /// @return the number of bytes; 0 if there are none now, -1 at the end
    int read(ByteBuffer target) throws IOException;

    /// Writes what there is room for, without waiting.
    int write(ByteBuffer source) throws IOException;

    /// Waits until there may be something to read, or the end. May return for no reason.
    void awaitReadable() throws IOException;

    /// Waits until there may be room to write. May return for no reason.
    void awaitWritable() throws IOException;

    void shutdownOutput() throws IOException;

    /// Closes both directions and wakes who waits, with a
    /// [java.nio.channels.ClosedChannelException].
    void close() throws IOException;

    /// Closes both directions such that the peer sees a reset.
    void abort() throws IOException;

    SocketAddress local();

    SocketAddress remote();
}
