package dev.heddle.http;

/// Answers requests. The one thing that an application must write.
///
/// Runs as part of its connection's task: it may suspend wherever it likes, and other connections
/// go on meanwhile. The requests of one connection are answered one after the other, in their
/// order.
@FunctionalInterface
public interface Handler {
    /// Answers a request.
    ///
    /// @param request the request; valid for as long as you keep it, its body until you return
    /// @return the answer; sent after this method has returned
    /// @throws HttpException to answer with a status of your choice and a message that the client
    ///   sees
    /// @throws Exception for anything else that goes wrong: the client sees a 500 without detail,
    ///   and the failure is logged
    Response handle(Request request) throws Exception;
}
