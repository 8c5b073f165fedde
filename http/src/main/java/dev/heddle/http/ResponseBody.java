package dev.heddle.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes the body of a streamed response. What is written is collected and sent when there is
/// enough of it, on [#flush], and at the end.
///
/// For the task of the connection, while its [BodyWriter] runs. All methods may suspend until the
/// client has taken what was written before.
public final class ResponseBody {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final Http1Connection connection;
    private final Framing framing;

    /// Owner of all below: the loop thread.
    private long written;

    private boolean lost;
    private boolean complete;

    ResponseBody(Http1Connection connection, Framing framing) {
        this.connection = connection;
        this.framing = framing;
    }

    /// Writes bytes.
    ///
    /// @param bytes the bytes; may be changed once this returns
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body becomes longer than its `Content-Length`, or is
    ///   complete
    public void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    /// Writes the remaining bytes of a buffer.
    ///
    /// @param bytes the bytes, all consumed when this returns
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body becomes longer than its `Content-Length`, or is
    ///   complete
    public void write(ByteBuffer bytes) throws IOException {
        requireOpen();
        int count = bytes.remaining();
        if (count == 0) {
            return; // an empty chunk would end the body
        }
        boolean counted = framing.body() == Framing.Kind.COUNTED;
        if (counted && count > framing.length() - written) {
            throw new IllegalStateException(
                    "the body is longer than the announced Content-Length of "
                            + framing.length()
                            + " bytes: "
                            + (written + count));
        }
        written += count;
        try {
            if (framing.body() == Framing.Kind.CHUNKED) {
                byte[] size = (Integer.toHexString(count) + "\r\n").getBytes(US_ASCII);
                connection.put(ByteBuffer.wrap(size));
                connection.put(bytes);
                connection.put(ByteBuffer.wrap(LINE_END));
            } else {
                connection.put(bytes);
            }
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    /// Writes text in UTF-8.
    ///
    /// @param text the text
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body becomes longer than its `Content-Length`, or is
    ///   complete
    public void write(String text) throws IOException {
        write(text.getBytes(UTF_8));
    }

    /// Sends what was written so far.
    ///
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body is complete
    public void flush() throws IOException {
        requireOpen();
        try {
            connection.now();
            connection.flush();
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    private void requireOpen() {
        if (complete) {
            throw new IllegalStateException(
                    "the body is complete since its BodyWriter has returned");
        }
    }

    /// The writer has returned.
    void end() throws IOException {
        complete = true;
        if (framing.body() == Framing.Kind.COUNTED && written != framing.length()) {
            throw new IllegalStateException(
                    "the body has "
                            + written
                            + " bytes, and a Content-Length of "
                            + framing.length()
                            + " was announced");
        }
        if (framing.body() == Framing.Kind.CHUNKED) {
            try {
                connection.put(ByteBuffer.wrap(LAST_CHUNK));
            } catch (IOException e) {
                lost = true;
                throw e;
            }
        }
    }

    /// Whether the connection has failed.
    boolean isLost() {
        return lost;
    }
}
