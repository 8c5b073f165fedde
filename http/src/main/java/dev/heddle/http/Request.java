package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it came from the client, checked to be well-formed.
///
/// Valid for as long as you keep it, its body until the response is complete. For one task at a
/// time.
public final class Request {
    private final RequestHead head;
    private final RequestBody body;
    private final InetSocketAddress remote;

    /// Decoded when first asked for.
    private @Nullable Headers headers;

    private @Nullable Map<String, List<String>> query;
    private @Nullable Map<Class<?>, Object> attributes;

    Request(RequestHead head, RequestBody body, InetSocketAddress remote) {
        this.head = head;
        this.body = body;
        this.remote = remote;
    }

    /// The method, as sent: methods are case-sensitive.
    ///
    /// @return such as `GET`
    public String method() {
        return head.method();
    }

    /// The target, exactly as sent.
    ///
    /// @return such as `/search?q=a%20b`
    public String target() {
        return text(head.targetFrom(), head.targetTo());
    }

    /// The path, percent-decoded, with `.` and `..` resolved. It begins with `/` and never leads
    /// above it; paths that would, or that hide a `/` or NUL in percent-encoding, are refused
    /// before the handler is called. A backslash is a character like others: what maps paths to
    /// files must look at it.
    ///
    /// @return such as `/a b`; `*` for `OPTIONS *`
    public String path() {
        return head.path();
    }

    /// The parameters of the query, decoded as forms are: `+` is a space.
    ///
    /// @return names and their values, both in the order of the query
    /// @throws HttpException with 400 if the query is not well-formed or has more than 1,000
    ///   parameters
    public Map<String, List<String>> query() {
        Map<String, List<String>> decoded = query;
        if (decoded == null) {
            int from = head.queryFrom();
            decoded = from < 0 ? Map.of() : Query.decode(head.bytes(), from, head.targetTo());
            query = decoded;
        }
        return decoded;
    }

    /// The first value of a parameter of the query.
    ///
    /// @param name the parameter's name, decoded
    /// @return its value, decoded; empty if it has none; null if there is no such parameter
    /// @throws HttpException with 400 if the query is not well-formed
    public @Nullable String query(String name) {
        List<String> values = query().get(name);
        return values == null ? null : values.getFirst();
    }

    /// All header fields.
    ///
    /// @return the fields, read only
    public Headers headers() {
        Headers decoded = headers;
        if (decoded == null) {
            decoded = Headers.of(head.bytes(), head.fields());
            headers = decoded;
        }
        return decoded;
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
        return head.minor() == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    /// The scheme of the connection.
    ///
    /// @return `http` or `https`
    public String scheme() {
        return "http";
    }

    /// The host that the client asked for, with its port if the client gave one: from the target if
    /// that is absolute, else from the `Host` field.
    ///
    /// @return such as `example.org:8080`; empty if the client (of version 1.0) did not say
    public String host() {
        return text(head.hostFrom(), head.hostTo());
    }

    /// Who is at the other end of the connection.
    ///
    /// @return the client's address, or that of the proxy before us
    public InetSocketAddress remote() {
        return remote;
    }

    /// The body.
    ///
    /// @return the body, of length 0 if there is none
    public RequestBody body() {
        return body;
    }

    /// What a filter or router has attached to this request.
    ///
    /// @param <T> the type of what was attached
    /// @param key the class under which it was attached
    /// @return what was attached, null if nothing was
    public <T> @Nullable T attribute(Class<T> key) {
        return attributes == null ? null : key.cast(attributes.get(key));
    }

    /// Attaches something to this request, for those who handle it later.
    ///
    /// @param <T> the type of what is attached
    /// @param key the class under which it is found, one value for each
    /// @param value what to attach
    public <T> void attribute(Class<T> key, T value) {
        if (attributes == null) {
            attributes = new HashMap<>();
        }
        attributes.put(key, value);
    }

    @Override
    public String toString() {
        return method() + " " + target();
    }

    private String text(int from, int to) {
        return new String(head.bytes(), from, to - from, ISO_8859_1);
    }
}
