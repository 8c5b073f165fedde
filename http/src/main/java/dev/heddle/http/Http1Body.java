package dev.heddle.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.Heddle;
import dev.heddle.TimeoutException;
import dev.heddle.net.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body of a request on an HTTP/1 connection.
///
/// Owner of everything here: the loop thread.
final class Http1Body implements BodySource {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

    /// What is read and dropped of a body that the handler did not want, to keep the connection.
    private static final int MOST_SKIPPED = 64 * 1024;

    private final Http1Connection connection;
    private final ByteStream stream;
    private final @Nullable ChunkedDecoder decoder;

    /// What is left of a body of known length.
    private long remaining;

    /// The client waits for `100 Continue`.
    private boolean continueDue;

    /// No more can be read from the connection, because the body is not well-formed or late.
    private boolean failed;

    /// The connection has failed.
    private boolean lost;

    private boolean closed;

    Http1Body(Http1Connection connection, RequestHead head) {
        this.connection = connection;
        this.stream = connection.stream;
        boolean chunked = head.contentLength() < 0;
        this.decoder = chunked ? new ChunkedDecoder(connection.service.options) : null;
        this.remaining = chunked ? 0 : head.contentLength();
        this.continueDue = head.expectsContinue() && !isAtEnd();
    }

    boolean isAtEnd() {
        ChunkedDecoder chunks = decoder;
        return chunks == null ? remaining == 0 : chunks.isAtEnd();
    }

    boolean isLost() {
        return lost;
    }

    /// Whether it is worth the while to read the rest of the body, so that the connection can go
    /// on. A client that was not told to continue may or may not send its body.
    boolean canBeSkipped() {
        return isAtEnd() || (!failed && !lost && !continueDue && remaining <= MOST_SKIPPED);
    }

    /// The final head goes out: none with 100 can follow it.
    void responseBegins() {
        continueDue = false;
    }

    void responseEnds() {
        closed = true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new IllegalStateException(
                    "the body of a request can be read until its response is complete, and this"
                            + " one is: read it in the handler or the BodyWriter");
        }
        if (failed) {
            throw new HttpException(400, "the body cannot be read");
        }
        return readSome(target);
    }

    /// Reads and drops the rest.
    ///
    /// @return whether the end was reached, within bounds
    boolean skipRest() throws IOException {
        if (isAtEnd()) {
            return true;
        }
        ByteBuffer dropped = ByteBuffer.allocate(4096);
        try {
            for (int total = 0; total <= MOST_SKIPPED; ) {
                int count = readSome(dropped.clear());
                if (count < 0) {
                    return true;
                }
                total += count;
            }
        } catch (HttpException e) {
            // The answer is out already, so this can only be the end of the connection.
            return false;
        }
        return false;
    }

    private int readSome(ByteBuffer target) throws IOException {
        while (!isAtEnd()) {
            int count;
            try {
                count = stream.hasBuffered() ? readNow(target) : readLater(target);
            } catch (IOException e) {
                lost = true;
                throw e;
            }
            ChunkedDecoder chunks = decoder;
            Refusal refusal = chunks == null ? null : chunks.refusal();
            if (refusal != null) {
                throw failure(refusal);
            }
            if (count < 0) {
                throw failure(Refusal.malformed("the body was cut off"));
            }
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    private int readLater(ByteBuffer target) throws IOException {
        if (continueDue) {
            continueDue = false;
            connection.put(ByteBuffer.wrap(CONTINUE));
        }
        connection.flush();
        Duration limit = connection.service.options.bodyTimeout();
        try {
            return Heddle.<Integer, IOException>timeout(limit, () -> readNow(target));
        } catch (TimeoutException e) {
            throw failure(
                    new Refusal(408, "nothing of the body came for " + limit.toMillis() + " ms"));
        }
    }

    /// @return -1 if the client has ended the stream
    private int readNow(ByteBuffer target) throws IOException {
        ChunkedDecoder chunks = decoder;
        if (chunks != null) {
            int before = target.position();
            boolean more = stream.feed(bytes -> chunks.read(bytes, target));
            return more ? target.position() - before : -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + remaining));
        try {
            int count = stream.read(target);
            remaining -= Math.max(count, 0);
            return count;
        } finally {
            target.limit(limit);
        }
    }

    private HttpException failure(Refusal refusal) {
        failed = true;
        return refusal.toException();
    }
}
