package dev.heddle.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// An answer: a status, header fields and a body.
///
/// Made by a static method and completed by calls that return the response itself. `Date`, `Server`
/// and the framing of the body are the server's; a handler that streams may announce a
/// `Content-Length`, which is then checked. Do not change a response that was returned. Not
/// thread-safe.
public final class Response {
    private static final byte[] NOTHING = {};

    private final Headers headers = new Headers();
    private final byte[] body;
    private final @Nullable BodyWriter writer;
    private int status = 200;

    /// The value of `Content-Length`, -1 if it is not set.
    private long announcedLength = -1;

    private boolean closes;

    private Response(byte[] body, @Nullable BodyWriter writer) {
        this.body = body;
        this.writer = writer;
    }

    /// An answer without a body.
    ///
    /// @param status from 200 to 599
    /// @return a new response
    /// @throws IllegalArgumentException if the status is out of its range
    public static Response of(int status) {
        return new Response(NOTHING, null).status(status);
    }

    /// An answer of plain text: status 200, `text/plain;charset=utf-8`.
    ///
    /// @param body the text
    /// @return a new response
    public static Response text(String body) {
        Response response = new Response(body.getBytes(UTF_8), null);
        response.headers.addUnchecked("Content-Type", "text/plain;charset=utf-8");
        return response;
    }

    /// An answer of bytes: status 200.
    ///
    /// @param contentType the value of `Content-Type`
    /// @param body the bytes; not copied, so do not change them until they are sent
    /// @return a new response
    /// @throws IllegalArgumentException if the content type has a character that is not allowed
    public static Response bytes(String contentType, byte[] body) {
        Response response = new Response(body, null);
        response.headers.add("Content-Type", contentType);
        return response;
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
        Response response = new Response(NOTHING, writer);
        response.headers.add("Content-Type", contentType);
        return response;
    }

    /// Sets the status.
    ///
    /// @param status from 200 to 599
    /// @return this
    /// @throws IllegalArgumentException if the status is out of its range
    public Response status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException(
                    "the status of a response is from 200 to 599, not " + status);
        }
        this.status = status;
        return this;
    }

    /// Sets a header field, in place of all others of that name.
    ///
    /// The server sets `Date`, `Server` and `Transfer-Encoding` itself. `Connection` may be set to
    /// `close` only, to end the connection behind this response; `Content-Length` to the length of
    /// the body only, which matters for streamed bodies and answers to `HEAD`.
    ///
    /// @param name the name, of letters, digits and ``!#$%&'*+-.^_`|~``
    /// @param value the value, of ISO 8859-1 without control characters other than tab
    /// @return this
    /// @throws IllegalArgumentException if name or value have a character that is not allowed (the
    ///   message names it), or the field is the server's own
    public Response header(String name, String value) {
        interpret(name, value);
        headers.set(name, value);
        return this;
    }

    /// Adds a header field behind those that are there. See [#header(String, String)].
    ///
    /// @param name the name
    /// @param value the value
    /// @return this
    /// @throws IllegalArgumentException as [#header(String, String)] does, and for a second
    ///   `Content-Length`
    public Response addHeader(String name, String value) {
        if (announcedLength >= 0 && name.equalsIgnoreCase("Content-Length")) {
            throw new IllegalArgumentException(
                    "Content-Length is set already, to " + announcedLength);
        }
        interpret(name, value);
        headers.add(name, value);
        return this;
    }

    /// Removes all header fields of that name.
    ///
    /// @param name in any case
    /// @return this
    public Response removeHeader(String name) {
        if (name.equalsIgnoreCase("Content-Length")) {
            announcedLength = -1;
        } else if (name.equalsIgnoreCase("Connection")) {
            closes = false;
        }
        headers.remove(name);
        return this;
    }

    private void interpret(String name, String value) {
        boolean ours =
                switch (name.length()) {
                    case 4 -> name.equalsIgnoreCase("Date");
                    case 6 -> name.equalsIgnoreCase("Server");
                    case 10 -> name.equalsIgnoreCase("Connection") && !readConnection(value);
                    case 14 -> name.equalsIgnoreCase("Content-Length") && !readLength(value);
                    case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
                    default -> false;
                };
        if (ours) {
            throw new IllegalArgumentException(
                    "the header "
                            + name
                            + " is set by the server; it cannot be \""
                            + value.replaceAll("\\p{Cntrl}", "?")
                            + "\"");
        }
    }

    private boolean readConnection(String value) {
        closes |= value.equalsIgnoreCase("close");
        return value.equalsIgnoreCase("close");
    }

    private boolean readLength(String value) {
        if (value.isEmpty()
                || value.length() > 18
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        announcedLength = Long.parseLong(value);
        return true;
    }

    /// The status.
    ///
    /// @return from 200 to 599
    public int status() {
        return status;
    }

    /// The header fields set so far; changes show in it.
    ///
    /// @return the fields
    public Headers headers() {
        return headers;
    }

    /// The value of the first header field of that name.
    ///
    /// @param name in any case
    /// @return the value, null if it is not set
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /// The length of the body.
    ///
    /// @return bytes, 0 if there is none, -1 if it is streamed
    public long length() {
        return writer == null ? body.length : -1;
    }

    byte[] body() {
        return body;
    }

    @Nullable BodyWriter writer() {
        return writer;
    }

    long announcedLength() {
        return announcedLength;
    }

    boolean closes() {
        return closes;
    }

    @Override
    public String toString() {
        return "response " + status;
    }
}
