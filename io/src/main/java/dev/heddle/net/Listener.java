package dev.heddle.net;

import dev.heddle.Cancelled;
import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.Readiness;
import dev.heddle.Task;
import dev.heddle.TaskGroup;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Waits for connections on a port. Opened by [Tcp#listen].
///
/// Belongs to the loop it was made on; its connections do, too. All methods are for tasks of that
/// loop.
public final class Listener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.heddle.net");

    /// How long [#serve] waits after a failed accept. The connection that could not be accepted
    /// stays in the backlog, so that to try at once would be to spin.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EventLoop loop = EventLoop.current();
    private final ServerSocketChannel channel;
    private final Readiness readiness;
    private final ListenOptions options;
    private final InetSocketAddress address;

    /// Owner of all below: the loop thread.
    private boolean closed;

    private boolean serving;
    private int connections;

    /// What [#serve] waits for while all connections are taken: that one of them ends.
    private @Nullable Promise<@Nullable Void> change;

    Listener(ServerSocketChannel channel, Readiness readiness, ListenOptions options)
            throws IOException {
        this.channel = channel;
        this.readiness = readiness;
        this.options = options;
        this.address = (InetSocketAddress) channel.getLocalAddress();
    }

    /// Where this listens; with the real port if 0 was asked for. Known also after closing.
    ///
    /// @return the address
    public InetSocketAddress address() {
        return address;
    }

    /// Waits for the next connection.
    ///
    /// @return the connection, to be closed by the caller
    /// @throws StreamClosedException if this listener is closed, before or meanwhile
    /// @throws IOException if the operating system refuses, such as for a full file table; the
    ///   connection then waits on
    public ByteStream accept() throws IOException {
        while (true) {
            Heddle.checkCancelled();
            Heddle.cooperate();
            checkOpen();
            try {
                SocketChannel accepted = channel.accept();
                if (accepted != null) {
                    return connected(accepted);
                }
                readiness.awaitReadable();
            } catch (ClosedChannelException e) {
                throw closedException();
            }
        }
    }

    private ByteStream connected(SocketChannel accepted) throws IOException {
        try {
            accepted.configureBlocking(false);
            if (options.noDelay()) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            if (options.keepAlive()) {
                accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            return new ByteStream(new TcpWire(accepted, Readiness.of(accepted)));
        } catch (Throwable e) {
            Tcp.closeAfter(accepted, e);
            throw e;
        }
    }

    /// Accepts connections for ever and hands each to `handler`, in a task of its own.
    ///
    /// A connection's stream is closed when its handler ends. A handler that fails, be it with an
    /// [Error], ends its own connection only; the failure is logged as a warning under
    /// `dev.heddle.net`, or at debug level if the peer has merely gone. Above
    /// [ListenOptions#maxConnections] no more are accepted until one ends. When the operating
    /// system has no file descriptor left, accepting pauses and goes on.
    ///
    /// Ends when the listener is closed: running connections may finish, and this returns. Or by
    /// cancellation, which reaches the connections, too. Does not close the listener.
    ///
    /// @param handler what to do with each connection
    /// @throws StreamClosedException if the listener was closed before
    /// @throws IllegalStateException if this listener serves already
    public void serve(ConnectionHandler handler) throws IOException {
        checkOpen();
        if (serving) {
            throw new IllegalStateException(this + " serves already");
        }
        prepareLogging();
        serving = true;
        try {
            Heddle.<IOException>group(group -> acceptAll(group, handler));
        } finally {
            serving = false;
        }
    }

    /// The logging system opens files when it is used first: its configuration, and the time zones
    /// for its first line. With a full file table it could not, would stay broken for ever, and
    /// nobody would see why no connection is accepted.
    private static void prepareLogging() {
        var _ = LOG.isLoggable(Level.WARNING);
        var _ = ZoneId.systemDefault();
    }

    private void acceptAll(TaskGroup group, ConnectionHandler handler) {
        boolean troubled = false;
        while (!closed) {
            if (connections >= options.maxConnections()) {
                awaitChange();
                continue;
            }
            ByteStream connection;
            try {
                connection = accept();
                troubled = false;
            } catch (StreamClosedException e) {
                return;
            } catch (IOException e) {
                // Told once, not ten times a second.
                log(
                        troubled ? Level.DEBUG : Level.WARNING,
                        this + " cannot accept; it tries again every " + PAUSE.toMillis() + " ms",
                        e);
                troubled = true;
                Heddle.sleep(PAUSE);
                continue;
            }
            start(group, handler, connection);
        }
    }

    private void awaitChange() {
        Promise<@Nullable Void> next = new Promise<>();
        change = next;
        try {
            next.await();
        } finally {
            change = null;
        }
    }

    private void start(TaskGroup group, ConnectionHandler handler, ByteStream connection) {
        connections++;
        try {
            var _ =
                    group.spawn(
                            "connection from " + Addresses.text(connection.remoteAddress()),
                            () -> handle(group, handler, connection));
        } catch (Throwable e) {
            connections--;
            connection.abort();
            throw e;
        }
    }

    private void handle(TaskGroup group, ConnectionHandler handler, ByteStream connection) {
        try (connection) {
            handler.handle(connection);
        } catch (Cancelled e) {
            if (group.scope().isCancelled()) {
                throw e;
            }
            report(Level.DEBUG, connection, e);
        } catch (DisconnectedException | EndOfStreamException e) {
            report(Level.DEBUG, connection, e);
        } catch (Throwable e) {
            report(Level.WARNING, connection, e);
        } finally {
            connections--;
            if (change != null) {
                var _ = change.tryComplete(null);
            }
        }
    }

    private static void report(Level level, ByteStream connection, Throwable failure) {
        log(level, connection + " failed: " + failure, failure);
    }

    private static void log(Level level, String message, Throwable failure) {
        try {
            LOG.log(level, message, failure);
        } catch (Throwable e) {
            // A logger that fails, be it for a full file table, must not end the server; and there
            // is nobody left to tell.
            failure.addSuppressed(e);
        }
    }

    /// Stops listening. Connections that were accepted stay; tasks that wait in [#accept] get a
    /// [StreamClosedException]. Does nothing when it is closed already.
    ///
    /// @throws IOException if the operating system fails to close the socket
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (!loop.isCurrent()) {
            throw new IllegalStateException("close of " + this + " by a caller not on " + loop);
        }
        closed = true;
        readiness.close();
    }

    private void checkOpen() throws StreamClosedException {
        Task<?> task = Task.current();
        if (task == null || task.loop() != loop) {
            throw new IllegalStateException(this + " belongs to " + loop + ", unlike the caller");
        }
        if (closed) {
            throw closedException();
        }
    }

    private StreamClosedException closedException() {
        return new StreamClosedException(this + " was closed by us");
    }

    @Override
    public String toString() {
        return "listener on " + Addresses.text(address);
    }
}
