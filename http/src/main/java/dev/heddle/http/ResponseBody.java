package dev.heddle.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes the body of a streamed response. What is written is collected and sent when there is
/// enough of it, on [#flush], and at the end.
///
/// For the task of the connection, while its [BodyWriter] runs. All methods may suspend until the
/// client has taken what was written before.
@SuppressWarnings("DoNotCallSuggester")
public final class ResponseBody {
    ResponseBody() {}

    /// Writes bytes.
    ///
    /// @param bytes the bytes; may be changed once this returns
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body becomes longer than its `Content-Length`
    public void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    /// Writes the remaining bytes of a buffer.
    ///
    /// @param bytes the bytes, all consumed when this returns
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body becomes longer than its `Content-Length`
    public void write(ByteBuffer bytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Writes text in UTF-8.
    ///
    /// @param text the text
    /// @throws IOException if the connection is lost, or the client reads too slowly
    /// @throws IllegalStateException if the body becomes longer than its `Content-Length`
    public void write(String text) throws IOException {
        write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// Sends what was written so far.
    ///
    /// @throws IOException if the connection is lost, or the client reads too slowly
    public void flush() throws IOException {
        throw new UnsupportedOperationException();
    }
}
