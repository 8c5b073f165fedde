package dev.heddle.net;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/// A connection that carries bytes both ways: TCP ([Tcp]), or in memory ([#pair]).
///
/// ```java
/// try (var connection = Tcp.connect("example.org", 80)) {
///     connection.write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
///     byte[] answer = connection.readAll(1_000_000);
/// }
/// ```
///
/// **Tasks.** A stream belongs to the loop it was made on and is used by its tasks only. One task
/// may read while another writes; two that read at once, or write at once, are refused with an
/// [IllegalStateException] that names both. Operations that have to wait suspend the task; those
/// that do not wait give way to other tasks now and then.
///
/// **Cancellation** ([dev.heddle.Cancelled]) in the middle of a read loses no byte: what has come
/// stays buffered for the next read. In the middle of a [#write] of which a part is gone already,
/// the peer would take whatever followed for the rest of it; so every later write then fails with
/// an [IOException] that says how much had been sent. A write that was cut before its first byte
/// was sent, and [#flush], leave the stream as good as before.
///
/// **Errors** are [IOException]s that name both addresses: [DisconnectedException] when the peer
/// has gone, [StreamClosedException] when this side has closed the stream. Once a direction has
/// failed, it fails again.
///
/// **Buffers.** All streams of a loop share two buffers. Output that was [#put] waits there for
/// [#flush]; input is read there in pieces of up to 64 KiB, and what is not consumed is kept. An
/// idle stream without such leftovers holds no buffer.
public final class ByteStream implements AutoCloseable {
    /// The most that [#room] can be asked for, in bytes.
    public static final int MOST_ROOM = 8 * 1024;

    /// How many bytes each direction of a [#pair] holds before its writer has to wait.
    public static final int PAIR_CAPACITY = 64 * 1024;

    private static final System.Logger LOG = System.getLogger("dev.heddle.net");

    private final Link link;
    private final Input input;
    private final Output output;

    ByteStream(Wire wire) {
        this.link = new Link(wire);
        this.input = new Input(link);
        this.output = new Output(link);
    }

    /// Two streams connected with each other in memory, for tests. Both belong to the current loop.
    /// They behave as a TCP connection does: bounded buffers, half close, reset.
    ///
    /// @return the two ends
    /// @throws IllegalStateException if the caller is on no loop
    public static Pair pair() {
        return MemoryWire.pair(PAIR_CAPACITY, PAIR_CAPACITY);
    }

    /// Like [#pair()], with bytes that arrive in small pieces.
    ///
    /// @param chunk how many bytes one read or write moves at most; 1 for one at a time
    /// @return the two ends
    /// @throws IllegalArgumentException if `chunk` is not positive
    /// @throws IllegalStateException if the caller is on no loop
    public static Pair pair(int chunk) {
        return pair(chunk, PAIR_CAPACITY);
    }

    /// Like [#pair(int)], with a capacity.
    ///
    /// @param chunk how many bytes one read or write moves at most
    /// @param capacity how many bytes each direction holds before its writer has to wait
    /// @return the two ends
    /// @throws IllegalArgumentException if one of them is not positive
    /// @throws IllegalStateException if the caller is on no loop
    public static Pair pair(int chunk, int capacity) {
        if (chunk <= 0 || capacity <= 0) {
            throw new IllegalArgumentException(
                    "chunk and capacity must be positive: " + chunk + ", " + capacity);
        }
        return MemoryWire.pair(chunk, capacity);
    }

    /// Two connected streams.
    ///
    /// @param left one end
    /// @param right the other
    public record Pair(ByteStream left, ByteStream right) implements AutoCloseable {
        /// Closes both ends.
        ///
        /// @throws IOException if one of them held output that could not be sent
        @Override
        public void close() throws IOException {
            try (right) {
                left.close();
            }
        }
    }

    // ---- reading ----

    /// Shows a reader the bytes that are buffered, or waits for some if there are none. What the
    /// reader leaves is kept, and shown again by the next call, at once: a reader that needs more
    /// than it was shown has to take what there is.
    ///
    /// The cheapest way to read: nothing is copied. The reader is called once if this returns true,
    /// else not at all. If it throws, the bytes it has not taken are kept.
    ///
    /// @param reader looks at the bytes; must not suspend
    /// @return false at the end of the input
    /// @throws IOException if the connection fails or is closed
    public boolean feed(ByteReader reader) throws IOException {
        return input.feed(reader);
    }

    /// Whether bytes have been read from the connection and not been consumed. Does not look at the
    /// connection.
    ///
    /// @return true if the next read need not wait
    public boolean hasBuffered() {
        return input.hasBuffered();
    }

    /// Reads what there is, and waits if there is nothing.
    ///
    /// @param target where to put the bytes
    /// @return how many, at least one; -1 at the end of the input; 0 if `target` has no room
    /// @throws IOException if the connection fails or is closed
    public int read(ByteBuffer target) throws IOException {
        return input.read(target);
    }

    /// Reads what there is, and waits if there is nothing.
    ///
    /// @param max the most bytes to return, at least 1
    /// @return the bytes; none only at the end of the input
    /// @throws IOException if the connection fails or is closed
    public byte[] readSome(int max) throws IOException {
        return input.readSome(max);
    }

    /// Reads a number of bytes.
    ///
    /// @param count how many, 0 or more
    /// @return the bytes
    /// @throws EndOfStreamException if the input ends before; what has come stays buffered
    /// @throws IOException if the connection fails or is closed
    public byte[] readExactly(int count) throws IOException {
        return input.readExactly(count);
    }

    /// Reads to the next occurrence of a delimiter.
    ///
    /// @param delimiter at least one byte
    /// @param limit the most bytes to return, delimiter included; at least 1
    /// @return the bytes, with the delimiter
    /// @throws LimitExceededException if the delimiter is not in the first `limit` bytes; they stay
    ///   buffered
    /// @throws EndOfStreamException if the input ends before; what has come stays buffered, and
    ///   [EndOfStreamException#received] is 0 if that is nothing
    /// @throws IOException if the connection fails or is closed
    public byte[] readUntil(byte[] delimiter, int limit) throws IOException {
        return input.readUntil(delimiter, limit);
    }

    /// Reads to the end of the input.
    ///
    /// @param limit the most bytes to return, 0 or more
    /// @return the bytes
    /// @throws LimitExceededException if there are more; what has come stays buffered
    /// @throws IOException if the connection fails or is closed
    public byte[] readAll(int limit) throws IOException {
        return input.readAll(limit);
    }

    /// Copies this stream's input to the output of a stream, which may be this one, until the input
    /// ends. The target stays open. Bytes go straight from the loop's buffer to the target.
    ///
    /// When this is cancelled or the target fails, what the target has not taken is kept as input.
    ///
    /// @param target a stream of the same loop
    /// @return how many bytes were copied
    /// @throws IOException if either connection fails or is closed
    public long transferTo(ByteStream target) throws IOException {
        return input.transferTo(target.output);
    }

    // ---- writing ----

    /// Writes bytes, after those that were [#put], and waits until the operating system has taken
    /// all of them. A peer that does not read thus slows down the writer.
    ///
    /// @param data the bytes, not to be changed before this returns; its position moves to its
    ///   limit
    /// @throws IOException if the connection fails or is closed
    public void write(ByteBuffer data) throws IOException {
        output.write(data);
    }

    /// Writes bytes. See [#write(ByteBuffer)].
    ///
    /// @param data the bytes, not to be changed before this returns
    /// @throws IOException if the connection fails or is closed
    public void write(byte[] data) throws IOException {
        output.write(ByteBuffer.wrap(data));
    }

    /// The output buffer, for bytes that are made in place. Put them in by relative puts before
    /// your next suspension, and do not keep the buffer: afterwards it may be another stream's. The
    /// bytes go out with [#flush] or [#write], or when the buffer is full.
    ///
    /// Suspends only when there is too little room, to [#flush].
    ///
    /// @param bytes how much room is needed, 1 to [#MOST_ROOM]
    /// @return the buffer, positioned, with at least so much remaining
    /// @throws IOException if the connection fails or is closed
    public ByteBuffer room(int bytes) throws IOException {
        return output.room(bytes);
    }

    /// Adds bytes to the output buffer. Suspends only when they do not fit: then the buffer is
    /// flushed first, and large data written straight.
    ///
    /// @param data the bytes; its position moves to its limit
    /// @throws IOException if the connection fails or is closed
    public void put(ByteBuffer data) throws IOException {
        output.put(data);
    }

    /// Adds bytes to the output buffer. See [#put(ByteBuffer)].
    ///
    /// @param data the bytes
    /// @throws IOException if the connection fails or is closed
    public void put(byte[] data) throws IOException {
        output.put(ByteBuffer.wrap(data));
    }

    /// Sends what was [#put], and waits until the operating system has taken all of it. When this
    /// is cancelled, what was not sent stays in the buffer.
    ///
    /// @throws IOException if the connection fails or is closed
    public void flush() throws IOException {
        output.flush();
    }

    // ---- closing ----

    /// Flushes, and tells the peer that nothing more comes. Reading goes on. Does nothing when it
    /// was done before.
    ///
    /// @throws IOException if the connection fails or is closed
    public void closeOutput() throws IOException {
        output.closeOutput();
    }

    /// Closes both directions. Never waits, so it is safe in `finally` also when cancelled; does
    /// nothing when the stream is closed already. Other tasks that wait in this stream get a
    /// [StreamClosedException].
    ///
    /// Output that was [#put] is sent as far as that needs no waiting; where it may be much, call
    /// [#flush] before. When input of the peer has not been read, the operating system resets the
    /// connection, which may destroy output under way: to be sure, call [#closeOutput] and read to
    /// the end before.
    ///
    /// @throws IOException if output was lost because sending it would have had to wait, or failed;
    ///   the stream is closed all the same
    @Override
    public void close() throws IOException {
        if (link.isClosed()) {
            return;
        }
        requireLoop("close");
        int unsent;
        try (AutoClosing ignored = this::closeNow) {
            unsent = output.sendLast();
        }
        if (unsent > 0) {
            throw new IOException(
                    link
                            + " was closed by us with "
                            + unsent
                            + " bytes of output unsent, which the peer had no room for: call"
                            + " flush() before close()");
        }
    }

    /// Closes both directions at once, such that the peer sees a reset, and drops what is buffered:
    /// for peers that misbehave, and where the peer must not take what it got for the whole. Does
    /// nothing when the stream is closed already.
    public void abort() {
        if (link.isClosed()) {
            return;
        }
        requireLoop("abort");
        forget();
        try {
            link.wire.abort();
        } catch (IOException e) {
            // Nothing that the caller could do: the socket is gone either way.
            LOG.log(Level.DEBUG, () -> "aborting " + link, e);
        }
    }

    private interface AutoClosing extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private void closeNow() throws IOException {
        forget();
        link.wire.close();
    }

    private void forget() {
        link.markClosed();
        input.discard();
        output.discard();
    }

    private void requireLoop(String operation) {
        if (!link.loop.isCurrent()) {
            throw new IllegalStateException(
                    operation + " on " + link + " by a caller that is not on " + link.loop);
        }
    }

    // ---- who ----

    /// The address of this end; known also after closing.
    ///
    /// @return the address
    public SocketAddress localAddress() {
        return link.wire.local();
    }

    /// The address of the other end; known also after closing.
    ///
    /// @return the address
    public SocketAddress remoteAddress() {
        return link.wire.remote();
    }

    @Override
    public String toString() {
        return link.toString();
    }
}
