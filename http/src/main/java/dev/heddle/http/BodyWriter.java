package dev.heddle.http;

/// Writes the body of a response piece by piece, while it is being sent: for bodies that are large,
/// or whose parts come one after the other, such as server-sent events.
///
/// Runs in the connection's task after the handler has returned, and may suspend. For a `HEAD`
/// request, and where a status allows no body, it is not called.
@FunctionalInterface
public interface BodyWriter {
    /// Writes the body and returns when it is complete.
    ///
    /// @param out takes the body
    /// @throws Exception if the body cannot be completed: the connection is then aborted, so that
    ///   the client does not take the part that it got for the whole
    void write(ResponseBody out) throws Exception;
}
