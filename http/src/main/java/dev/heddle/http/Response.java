package dev.heddle.http;

import org.jspecify.annotations.Nullable;

/// An answer: a status, header fields and a body.
///
/// Made by a static method and completed by calls that return the response itself. `Date`, `Server`
/// and the framing of the body (`Content-Length` or `Transfer-Encoding`) are the server's; a
/// handler that streams may announce a `Content-Length`, which is then checked. Not to be changed
/// once the handler has returned it, and not to be returned twice while it changes. Not
/// thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class Response {
    private Response() {}

    /// An answer without a body.
    ///
    /// @param status from 200 to 599
    /// @return a new response
    /// @throws IllegalArgumentException if the status is out of its range
    public static Response of(int status) {
        return new Response().status(status);
    }

    /// An answer of plain text: status 200, `text/plain;charset=utf-8`.
    ///
    /// @param body the text
    /// @return a new response
    public static Response text(String body) {
        throw new UnsupportedOperationException();
    }

    /// An answer of bytes: status 200.
    ///
    /// @param contentType the value of `Content-Type`
    /// @param body the bytes; not copied, so do not change them until they are sent
    /// @return a new response
    /// @throws IllegalArgumentException if the content type has a character that is not allowed
    public static Response bytes(String contentType, byte[] body) {
        throw new UnsupportedOperationException();
    }

    /// An answer whose body is written piece by piece: status 200. Sent in chunks, unless
    /// `Content-Length` is set, or to clients of version 1.0, for whom the end of the connection
    /// ends it.
    ///
    /// @param contentType the value of `Content-Type`
    /// @param writer writes the body after the handler has returned
    /// @return a new response
    /// @throws IllegalArgumentException if the content type has a character that is not allowed
    public static Response stream(String contentType, BodyWriter writer) {
        throw new UnsupportedOperationException();
    }

    /// Sets the status.
    ///
    /// @param status from 200 to 599
    /// @return this
    /// @throws IllegalArgumentException if the status is out of its range
    public Response status(int status) {
        throw new UnsupportedOperationException();
    }

    /// Sets a header field, in place of all others of that name.
    ///
    /// @param name the name, of letters, digits and ``!#$%&'*+-.^_`|~``
    /// @param value the value, of ISO 8859-1 without control characters other than tab
    /// @return this
    /// @throws IllegalArgumentException if name or value have a character that is not allowed (the
    ///   message names it), or the field is the server's own
    public Response header(String name, String value) {
        throw new UnsupportedOperationException();
    }

    /// Adds a header field behind those that are there. See [#header].
    ///
    /// @param name the name
    /// @param value the value
    /// @return this
    /// @throws IllegalArgumentException as [#header] does
    public Response addHeader(String name, String value) {
        throw new UnsupportedOperationException();
    }

    /// Removes all header fields of that name.
    ///
    /// @param name in any case
    /// @return this
    public Response removeHeader(String name) {
        throw new UnsupportedOperationException();
    }

    /// The status.
    ///
    /// @return from 200 to 599
    public int status() {
        throw new UnsupportedOperationException();
    }

    /// The header fields set so far; changes show in it.
    ///
    /// @return the fields
    public Headers headers() {
        throw new UnsupportedOperationException();
    }

    /// The value of the first header field of that name.
    ///
    /// @param name in any case
    /// @return the value, null if it is not set
    public @Nullable String header(String name) {
        return headers().first(name);
    }

    /// The length of the body.
    ///
    /// @return bytes, 0 if there is none, -1 if it is streamed
    public long length() {
        throw new UnsupportedOperationException();
    }
}
