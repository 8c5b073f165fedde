package dev.heddle.net;

/// What a server does with one connection. See [Listener#serve].
@FunctionalInterface
public interface ConnectionHandler {
    /// Talks to the peer, in a task of its own. The stream is closed when this ends.
    ///
    /// @param connection the connection
    /// @throws Exception if it fails, which ends this connection only
    void handle(ByteStream connection) throws Exception;
}
