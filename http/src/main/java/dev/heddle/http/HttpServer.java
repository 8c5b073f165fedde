package dev.heddle.http;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.TimeoutException;
import dev.heddle.net.ListenOptions;
import dev.heddle.net.Listener;
import dev.heddle.net.StreamClosedException;
import dev.heddle.net.Tcp;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.heddle.http");

    private final Listener listener;
    private final Http1Service service;

    /// ```
    /// served == null ──serve──▶ served waits ──all connections have ended──▶ served is complete
    /// ```
    ///
    /// Owner: the loop thread.
    private @Nullable Promise<@Nullable Void> served;

    private HttpServer(Listener listener, Http1Service service) {
        this.listener = listener;
        this.service = service;
    }

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
        Http1Service service = new Http1Service(options, handler);
        ListenOptions listening =
                ListenOptions.DEFAULT
                        .withReusePort(options.reusePort())
                        .withMaxConnections(options.maxConnections());
        return new HttpServer(Tcp.listen(host, port, listening), service);
    }

    /// Where the server listens.
    ///
    /// @return the address, with the port that was chosen if it was to be any
    public InetSocketAddress address() {
        return listener.address();
    }

    /// Accepts connections and answers their requests. Returns when the server was stopped or
    /// closed and all its connections have ended.
    ///
    /// @throws IOException if the listening socket fails
    /// @throws IllegalStateException if this server serves already
    /// @throws dev.heddle.Cancelled if the caller is cancelled; all connections are then cut
    public void serve() throws IOException {
        if (served != null) {
            throw new IllegalStateException("the server on " + address() + " serves already");
        }
        Promise<@Nullable Void> end = new Promise<>();
        served = end;
        try {
            listener.serve(service::serve);
        } catch (StreamClosedException e) {
            if (!service.isStopping()) {
                throw e;
            }
        } finally {
            end.complete(null);
        }
    }

    /// Stops gracefully: takes no new connections, closes idle ones at once, and lets running
    /// requests finish (their answer says `Connection: close`). Those that run on after the grace
    /// are cancelled. Returns when all connections have ended.
    ///
    /// In a handler it would wait for itself: spawn it as a task elsewhere.
    ///
    /// @param grace how long running requests may take; zero to cut them at once
    /// @return how many finished and how many were cut
    /// @throws dev.heddle.Cancelled if the caller is cancelled; the server is then stopping still
    public StopReport stop(Duration grace) {
        stopListening();
        service.beginStop();
        Promise<@Nullable Void> end = served;
        int cut = 0;
        if (end != null) {
            try {
                Heddle.<RuntimeException>timeout(grace, () -> end.await());
            } catch (TimeoutException e) {
                cut = service.cut("the server's grace of " + grace + " is over");
                end.await();
            }
        }
        return new StopReport(service.finished(), cut);
    }

    /// Stops at once: cuts what runs and does not wait. Does nothing when closed already.
    @Override
    public void close() {
        stopListening();
        service.beginStop();
        service.cut("the server was closed");
    }

    private void stopListening() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, listener + " did not close well", e);
        }
    }

    /// Counts of what this server has and has done. May be called from any thread.
    ///
    /// @return a snapshot
    public ServerStatistics statistics() {
        return service.statistics();
    }
}
