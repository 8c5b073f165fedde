package dev.heddle.net;

import dev.heddle.Heddle;
import dev.heddle.Readiness;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// TCP: connections to servers, and servers.
///
/// ```java
/// try (var server = Tcp.listen("127.0.0.1", 8888)) { // an echo server
///     server.serve(connection -> connection.transferTo(connection));
/// }
/// ```
///
/// For tasks.
public final class Tcp {
    private Tcp() {}

    /// Listens for connections, with [ListenOptions#DEFAULT].
    ///
    /// @param host the name or address of the interface; `0.0.0.0` or `::` for all of them
    /// @param port 1 to 65535, or 0 for any that is free
    /// @return the listener, to be closed by the caller
    /// @throws BindException if the port is taken or not allowed
    /// @throws UnknownHostException if the name has no address
    /// @throws IOException if the operating system refuses
    public static Listener listen(String host, int port) throws IOException {
        return listen(host, port, ListenOptions.DEFAULT);
    }

    /// Listens for connections.
    ///
    /// @param host the name or address of the interface; `0.0.0.0` or `::` for all of them
    /// @param port 1 to 65535, or 0 for any that is free
    /// @param options how to listen
    /// @return the listener, to be closed by the caller
    /// @throws BindException if the port is taken or not allowed
    /// @throws UnknownHostException if the name has no address
    /// @throws IOException if the operating system refuses
    public static Listener listen(String host, int port, ListenOptions options) throws IOException {
        requirePort(port, 0);
        InetSocketAddress address = new InetSocketAddress(resolve(host)[0], port);
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (options.reusePort()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            bind(channel, address, options.backlog());
            return new Listener(channel, Readiness.of(channel), options);
        } catch (Throwable e) {
            closeAfter(channel, e);
            throw e;
        }
    }

    private static void bind(ServerSocketChannel channel, InetSocketAddress address, int backlog)
            throws IOException {
        try {
            channel.bind(address, backlog);
        } catch (BindException e) {
            BindException explained =
                    new BindException(
                            "cannot listen on "
                                    + Addresses.text(address)
                                    + ": "
                                    + e.getMessage()
                                    + ". Choose another port, or 0 for any that is free.");
            explained.initCause(e);
            throw explained;
        }
    }

    /// Connects to a server. A name is looked up off the loop; when it has several addresses, they
    /// are tried one after the other.
    ///
    /// When this is cancelled, the connection begun is closed.
    ///
    /// @param host a name or address
    /// @param port 1 to 65535
    /// @return the connection, with `TCP_NODELAY`, to be closed by the caller
    /// @throws UnknownHostException if the name has no address
    /// @throws ConnectException if no address could be connected to; the reasons are suppressed in
    ///   it, and in its message
    /// @throws IOException if the operating system refuses
    public static ByteStream connect(String host, int port) throws IOException {
        requirePort(port, 1);
        List<IOException> failures = new ArrayList<>();
        for (InetAddress address : resolve(host)) {
            try {
                return connect(new InetSocketAddress(address, port));
            } catch (IOException e) {
                failures.add(e);
            }
        }
        StringBuilder message = new StringBuilder("cannot connect to ");
        message.append(Addresses.text(host, port));
        String separator = ": ";
        for (IOException failure : failures) {
            message.append(separator).append(failure.getMessage());
            separator = "; ";
        }
        ConnectException refused = new ConnectException(message.toString());
        failures.forEach(refused::addSuppressed);
        throw refused;
    }

    private static ByteStream connect(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Readiness readiness = Readiness.of(channel);
            try {
                if (!channel.connect(address)) {
                    do {
                        readiness.awaitWritable();
                    } while (!channel.finishConnect());
                }
                if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
                    // With nobody listening on a port that is handed out to clients, TCP may
                    // connect a socket to itself.
                    throw new ConnectException("Connection refused");
                }
                return new ByteStream(new TcpWire(channel, readiness));
            } catch (Throwable e) {
                closeAfter(readiness, e);
                throw e;
            }
        } catch (IOException e) {
            closeAfter(channel, e);
            ConnectException named =
                    new ConnectException(Addresses.text(address) + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        } catch (Throwable e) {
            closeAfter(channel, e);
            throw e;
        }
    }

    static void closeAfter(AutoCloseable resource, Throwable failure) {
        try {
            resource.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private static InetAddress[] resolve(String host) throws IOException {
        try {
            // "[::1]", as in URLs, is taken, too.
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        } catch (IllegalArgumentException e) {
            return Heddle.<InetAddress[], IOException>offload(() -> lookUp(host));
        }
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException explained =
                    new UnknownHostException(
                            "host \"" + host + "\" has no address: " + e.getMessage());
            explained.initCause(e);
            throw explained;
        }
    }

    private static void requirePort(int port, int least) {
        if (port < least || port > 65_535) {
            throw new IllegalArgumentException(
                    "port must be between " + least + " and 65535: " + port);
        }
    }
}
