package dev.heddle.net;

import dev.heddle.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

/// One end of a connection in memory, between two tasks of one loop.
final class MemoryWire implements Wire {
    private static final AtomicInteger PAIRS = new AtomicInteger();

    private final MemoryPipe in;
    private final MemoryPipe out;
    private final int chunk;
    private final Name local;
    private final Name remote;

    /// Owner: the loop thread.
    private boolean closed;

    private MemoryWire(MemoryPipe in, MemoryPipe out, int chunk, Name local, Name remote) {
        this.in = in;
        this.out = out;
        this.chunk = chunk;
        this.local = local;
        this.remote = remote;
    }

    static ByteStream.Pair pair(int chunk, int capacity) {
        int number = PAIRS.incrementAndGet();
        Name leftName = new Name("memory-" + number + "-left");
        Name rightName = new Name("memory-" + number + "-right");
        MemoryPipe toRight = new MemoryPipe(capacity);
        MemoryPipe toLeft = new MemoryPipe(capacity);
        EventLoop.current();
        return new ByteStream.Pair(
                new ByteStream(new MemoryWire(toLeft, toRight, chunk, leftName, rightName)),
                new ByteStream(new MemoryWire(toRight, toLeft, chunk, rightName, leftName)));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        checkOpen();
        return in.read(target, chunk);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        checkOpen();
        return out.write(source, chunk);
    }

    @Override
    public void awaitReadable() throws IOException {
        checkOpen();
        in.awaitReadable();
        checkOpen();
    }

    @Override
    public void awaitWritable() throws IOException {
        checkOpen();
        out.awaitWritable();
        checkOpen();
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        checkOpen();
        out.end();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            out.end();
            in.readerLeft();
        }
    }

    @Override
    public void abort() {
        if (!closed) {
            closed = true;
            out.reset();
            in.reset();
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

    private static final class Name extends SocketAddress {
        private final String name;

        Name(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
