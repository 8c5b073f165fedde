package dev.heddle.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The body of a request, read from the connection as you ask for it.
///
/// For the task of the connection, until the handler returns. A body may be read once. One that is
/// longer than [HttpOptions#maxBody] is refused with 413.
@SuppressWarnings("DoNotCallSuggester")
public final class RequestBody {
    RequestBody() {}

    /// The announced length.
    ///
    /// @return bytes, 0 if there is no body, -1 if the client did not say
    public long length() {
        throw new UnsupportedOperationException();
    }

    /// Reads some bytes; waits until there is at least one.
    ///
    /// @param target has room for at least one byte
    /// @return how many were read, -1 at the end of the body
    /// @throws HttpException if the body is malformed (400), too long (413) or too slow (408)
    /// @throws IOException if the connection is lost before the end of the body
    /// @throws IllegalStateException if the handler has returned
    public int read(ByteBuffer target) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Reads the rest of the body.
    ///
    /// @return all bytes that were not read before
    /// @throws HttpException if the body is malformed (400), too long (413) or too slow (408)
    /// @throws IOException if the connection is lost before the end of the body
    /// @throws IllegalStateException if the handler has returned
    public byte[] bytes() throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Reads the rest of the body as text, in the charset that `Content-Type` names, else UTF-8.
    ///
    /// @return the text
    /// @throws HttpException if the body is not text in that charset or is malformed (400), the
    ///   charset is unknown (415), or the body is too long (413) or too slow (408)
    /// @throws IOException if the connection is lost before the end of the body
    /// @throws IllegalStateException if the handler has returned
    public String text() throws IOException {
        throw new UnsupportedOperationException();
    }
}
