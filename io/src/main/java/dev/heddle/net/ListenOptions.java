package dev.heddle.net;

/// How a [Listener] listens, and what its connections are like.
///
/// ```java
/// Tcp.listen("0.0.0.0", 8080, ListenOptions.DEFAULT.withMaxConnections(100));
/// ```
///
/// @param backlog how many connections the operating system keeps for us until they are accepted;
///   it may have a lower limit of its own (`net.core.somaxconn`)
/// @param reusePort whether other listeners, such as those of other loops, may listen on the same
///   port; the operating system then spreads the connections among them
/// @param noDelay whether small writes go out at once (`TCP_NODELAY`)
/// @param keepAlive whether the operating system probes idle connections (`SO_KEEPALIVE`)
/// @param maxConnections how many connections [Listener#serve] has at a time
public record ListenOptions(
        int backlog, boolean reusePort, boolean noDelay, boolean keepAlive, int maxConnections) {
    /// Backlog 1024, no shared port, no delay, no keep-alive, 10,000 connections.
    public static final ListenOptions DEFAULT = new ListenOptions(1024, false, true, false, 10_000);

    /// Checks the ranges.
    public ListenOptions {
        if (backlog < 1 || maxConnections < 1) {
            throw new IllegalArgumentException(
                    "backlog and maxConnections must be positive: "
                            + backlog
                            + ", "
                            + maxConnections);
        }
    }

    /// The same with another backlog.
    ///
    /// @param value at least 1
    /// @return the changed options
    public ListenOptions withBacklog(int value) {
        return new ListenOptions(value, reusePort, noDelay, keepAlive, maxConnections);
    }

    /// The same with the port shared or not.
    ///
    /// @param value whether others may listen on it
    /// @return the changed options
    public ListenOptions withReusePort(boolean value) {
        return new ListenOptions(backlog, value, noDelay, keepAlive, maxConnections);
    }

    /// The same with small writes held back or not.
    ///
    /// @param value whether they go out at once
    /// @return the changed options
    public ListenOptions withNoDelay(boolean value) {
        return new ListenOptions(backlog, reusePort, value, keepAlive, maxConnections);
    }

    /// The same with probes or without.
    ///
    /// @param value whether idle connections are probed
    /// @return the changed options
    public ListenOptions withKeepAlive(boolean value) {
        return new ListenOptions(backlog, reusePort, noDelay, value, maxConnections);
    }

    /// The same with another limit of connections.
    ///
    /// @param value at least 1
    /// @return the changed options
    public ListenOptions withMaxConnections(int value) {
        return new ListenOptions(backlog, reusePort, noDelay, keepAlive, value);
    }
}
