package dev.heddle.web;

/// Where the events of one client come from. See [ServerSentEvents#stream].
@FunctionalInterface
public interface SseSource {
    /// Sends events for as long as there are any; the stream ends when this returns.
    ///
    /// Runs as part of the connection's task. When the client goes away, [SseWriter#send] fails or
    /// the suspension point that it is in is cancelled: let both pass, and clean up in `finally`.
    ///
    /// @param out takes the events
    /// @throws Exception if there can be no more events: the connection is aborted, and the browser
    ///   comes back
    void run(SseWriter out) throws Exception;
}
