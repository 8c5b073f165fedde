package dev.heddle.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it came from the client, checked to be well-formed.
///
/// Valid for as long as you keep it, its body until the handler returns. For one task at a time.
@SuppressWarnings("DoNotCallSuggester")
public final class Request {
    Request() {}

    /// The method, as sent: methods are case-sensitive.
    ///
    /// @return such as `GET`
    public String method() {
        throw new UnsupportedOperationException();
    }

    /// The target, exactly as sent.
    ///
    /// @return such as `/search?q=a%20b`
    public String target() {
        throw new UnsupportedOperationException();
    }

    /// The path, percent-decoded, with `.` and `..` resolved. It begins with `/` and never leads
    /// above it; paths that would, or that hide a `/` or NUL in percent-encoding, are refused
    /// before the handler is called. A backslash is a character like others: what maps paths to
    /// files must look at it.
    ///
    /// @return such as `/a b`; `*` for `OPTIONS *`; empty for `CONNECT`
    public String path() {
        throw new UnsupportedOperationException();
    }

    /// The parameters of the query, decoded as forms are: `+` is a space.
    ///
    /// @return names and their values, both in the order of the query
    /// @throws HttpException with 400 if the query is not well-formed or has more than 1,000
    ///   parameters
    public Map<String, List<String>> query() {
        throw new UnsupportedOperationException();
    }

    /// The first value of a parameter of the query.
    ///
    /// @param name the parameter's name, decoded
    /// @return its value, decoded; empty if it has none; null if there is no such parameter
    /// @throws HttpException with 400 if the query is not well-formed
    public @Nullable String query(String name) {
        throw new UnsupportedOperationException();
    }

    /// All header fields.
    ///
    /// @return the fields, read only
    public Headers headers() {
        throw new UnsupportedOperationException();
    }

    /// The value of the first header field of that name.
    ///
    /// @param name in any case
    /// @return the value, null if there is no such field
    public @Nullable String header(String name) {
        return headers().first(name);
    }

    /// The version of the protocol.
    ///
    /// @return `HTTP/1.1` or `HTTP/1.0`
    public String version() {
        throw new UnsupportedOperationException();
    }

    /// The scheme of the connection.
    ///
    /// @return `http` or `https`
    public String scheme() {
        throw new UnsupportedOperationException();
    }

    /// The host that the client asked for, with its port if the client gave one: from the target if
    /// that is absolute, else from the `Host` field.
    ///
    /// @return such as `example.org:8080`; empty if the client (of version 1.0) did not say
    public String host() {
        throw new UnsupportedOperationException();
    }

    /// Who is at the other end of the connection.
    ///
    /// @return the client's address, or that of the proxy before us
    public InetSocketAddress remote() {
        throw new UnsupportedOperationException();
    }

    /// The body.
    ///
    /// @return the body, of length 0 if there is none
    public RequestBody body() {
        throw new UnsupportedOperationException();
    }

    /// What a filter or router has attached to this request.
    ///
    /// @param <T> the type of what was attached
    /// @param key the class under which it was attached
    /// @return what was attached, null if nothing was
    public <T> @Nullable T attribute(Class<T> key) {
        throw new UnsupportedOperationException();
    }

    /// Attaches something to this request, for those who handle it later.
    ///
    /// @param <T> the type of what is attached
    /// @param key the class under which it is found, one value for each
    /// @param value what to attach
    public <T> void attribute(Class<T> key, T value) {
        throw new UnsupportedOperationException();
    }
}
