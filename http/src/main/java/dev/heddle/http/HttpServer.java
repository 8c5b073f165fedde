package dev.heddle.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Serves HTTP/1.1 on a port.
///
/// ```java
/// try (var server = HttpServer.listen("127.0.0.1", 8080, request -> Response.text("Hello"))) {
///     server.serve();
/// }
/// ```
///
/// Each connection is a task, in which the handler runs. All methods are for tasks of the loop on
/// which the server listens, unless they say otherwise.
@SuppressWarnings("DoNotCallSuggester")
public final class HttpServer implements AutoCloseable {
    private HttpServer() {}

    /// Listens with the default options. See [#listen(String, int, HttpOptions, Handler)].
    ///
    /// @param host name or address of the interface
    /// @param port the port, 0 for any that is free
    /// @param handler answers the requests
    /// @return the server, bound and not yet serving
    /// @throws IOException if the port is taken or the host unknown
    public static HttpServer listen(String host, int port, Handler handler) throws IOException {
        return listen(host, port, HttpOptions.defaults(), handler);
    }

    /// Listens on a port. Clients can connect when this returns, and are answered from [#serve] on.
    ///
    /// @param host name or address of the interface
    /// @param port the port, 0 for any that is free
    /// @param options limits and habits
    /// @param handler answers the requests
    /// @return the server, bound and not yet serving
    /// @throws IOException if the port is taken or the host unknown
    public static HttpServer listen(String host, int port, HttpOptions options, Handler handler)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Where the server listens.
    ///
    /// @return the address, with the port that was chosen if it was to be any
    public InetSocketAddress address() {
        throw new UnsupportedOperationException();
    }

    /// Accepts connections and answers their requests. Returns when the server was stopped or
    /// closed and all its connections have ended.
    ///
    /// @throws IOException if the listening socket fails
    /// @throws dev.heddle.Cancelled if the caller is cancelled; all connections are then cut
    public void serve() throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Stops gracefully: takes no new connections, closes idle ones at once, and lets running
    /// requests finish (their answer says `Connection: close`). Those that run on after the grace
    /// are cancelled. Returns when all connections have ended.
    ///
    /// @param grace how long running requests may take; zero to cut them at once
    /// @return how many finished and how many were cut
    /// @throws dev.heddle.Cancelled if the caller is cancelled; the server is then stopping still
    public StopReport stop(Duration grace) {
        throw new UnsupportedOperationException();
    }

    /// Stops at once: cuts what runs and does not wait. Does nothing when closed already.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /// Counts of what this server has and has done. May be called from any thread.
    ///
    /// @return a snapshot
    public ServerStatistics statistics() {
        throw new UnsupportedOperationException();
    }
}
