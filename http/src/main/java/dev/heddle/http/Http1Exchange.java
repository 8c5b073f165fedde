package dev.heddle.http;

import dev.heddle.Cancelled;
import dev.heddle.Heddle;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
///
/// Owner of everything here: the loop thread.
final class Http1Exchange {
    private static final System.Logger LOG = System.getLogger("dev.heddle.http");
    private static final byte[] NOTHING = {};

    private final Http1Connection connection;
    private final RequestHead head;
    private final Http1Body body;
    private final Request request;

    Http1Exchange(Http1Connection connection, RequestHead head, InetSocketAddress remote) {
        this.connection = connection;
        this.head = head;
        this.body = new Http1Body(connection, head);
        this.request = new Request(head, new RequestBody(head, body), remote);
    }

    /// Has the request answered.
    ///
    /// @return whether the connection can go on
    boolean run() throws IOException {
        Response response = answer();
        Framing framing = framing(response);
        if (framing == null) {
            response = internalError();
            framing = Objects.requireNonNull(framing(response));
        }
        BodyWriter writer = response.writer();
        body.responseBegins();
        boolean whole = framing.body() != Framing.Kind.NONE && writer == null;
        connection.sendHead(response, framing, whole ? response.body() : NOTHING);
        boolean complete =
                writer == null || framing.body() == Framing.Kind.NONE || stream(writer, framing);
        body.responseEnds();
        return complete && !framing.closes();
    }

    boolean isBodyRead() {
        return body.isAtEnd();
    }

    /// Reads what the handler has left of the body.
    ///
    /// @return whether that has worked, so that the next request can be read
    boolean skipBody() throws IOException {
        return body.skipRest();
    }

    private Response answer() {
        Throwable failure;
        try {
            return Objects.requireNonNull(
                    connection.service.handler.handle(request), "the handler has returned null");
        } catch (HttpException e) {
            return Response.text(e.reason() + "\n").status(e.status());
        } catch (Throwable e) {
            failure = e;
        }
        rethrowIfCut(failure);
        if (!body.isLost()) {
            logFailure(failure);
        }
        return internalError();
    }

    private static Response internalError() {
        return Response.text("the server has failed to answer this request\n").status(500);
    }

    private @Nullable Framing framing(Response response) {
        boolean closes =
                response.closes()
                        || !head.keepsAlive()
                        || connection.service.isStopping()
                        || !body.canBeSkipped();
        try {
            return Framing.of(head, response, closes);
        } catch (IllegalStateException e) {
            logFailure(e);
            return null;
        }
    }

    /// @return false if the body is not complete, and the connection was cut off
    private boolean stream(BodyWriter writer, Framing framing) throws IOException {
        ResponseBody out = new ResponseBody(connection, framing);
        Throwable failure;
        try {
            writer.write(out);
            connection.now();
            out.end();
            return true;
        } catch (Throwable e) {
            failure = e;
        }
        if (connection.isCancelled()) {
            connection.abort();
            rethrowIfCut(failure);
        }
        if (!out.isLost() && !body.isLost()) {
            logFailure(failure);
        }
        if (!connection.isEnded()) {
            // Earlier answers are complete and may be in the same buffer.
            connection.flush();
            connection.abort();
        }
        return false;
    }

    /// The handler failed because the connection was cancelled, by whatever error that shows.
    private void rethrowIfCut(Throwable failure) {
        if (connection.isCancelled()) {
            if (!(failure instanceof Cancelled)) {
                LOG.log(Level.DEBUG, () -> request + " was cut, and failed", failure);
            }
            Heddle.checkpoint();
        }
    }

    private void logFailure(Throwable failure) {
        LOG.log(Level.ERROR, request + " failed", failure);
    }
}
