package dev.heddle.net;

import dev.heddle.Readiness;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A connected TCP socket.
final class TcpWire implements Wire {
    private final SocketChannel channel;
    private final Readiness readiness;
    private final SocketAddress local;
    private final SocketAddress remote;

    /// @param readiness the readiness of `channel`, which this closes
    TcpWire(SocketChannel channel, Readiness readiness) throws IOException {
        this.channel = channel;
        this.readiness = readiness;
        // Kept, because a closed channel does not tell any more.
        this.local = channel.getLocalAddress();
        this.remote = channel.getRemoteAddress();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public void awaitReadable() throws IOException {
        readiness.awaitReadable();
    }

    @Override
    public void awaitWritable() throws IOException {
        readiness.awaitWritable();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        readiness.close();
    }

    @Override
    public void abort() throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } finally {
            readiness.close();
        }
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }
}
