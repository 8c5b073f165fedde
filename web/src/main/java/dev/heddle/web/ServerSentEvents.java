package dev.heddle.web;

import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.ResponseBody;
import java.time.Duration;
import java.util.Optional;

/// Server-sent events: a stream of events to a browser (`EventSource`), which comes back by itself
/// when the connection is lost.
///
/// ```java
/// router.get("/ticks", request -> ServerSentEvents.stream(out -> {
///     for (int n = 1; ; n++) {
///         out.send(SseEvent.of("tick", Integer.toString(n)));
///         Heddle.sleep(Duration.ofSeconds(1));
///     }
/// }));
/// ```
///
/// Each event is sent at once. While a source has none, a comment is sent now and then: it keeps
/// proxies from closing the connection, and finds out that a client has gone.
public final class ServerSentEvents {
    /// How long a stream is silent before a comment is sent: 15 seconds, as the specification
    /// advises.
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private ServerSentEvents() {}

    /// An answer that streams events, and a comment when it has been silent for [#KEEP_ALIVE].
    ///
    /// @param source where the events come from
    /// @return a new response: `text/event-stream`, not to be cached
    public static Response stream(SseSource source) {
        return stream(KEEP_ALIVE, source);
    }

    /// An answer that streams events.
    ///
    /// @param keepAlive how long the stream may be silent before a comment is sent; more than zero
    /// @param source where the events come from
    /// @return a new response: `text/event-stream`, not to be cached
    /// @throws IllegalArgumentException if the interval is not more than zero
    public static Response stream(Duration keepAlive, SseSource source) {
        if (keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("keepAlive is more than zero, not " + keepAlive);
        }
        return Response.stream("text/event-stream", body -> send(body, keepAlive, source))
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no"); // else nginx collects events before it sends
    }

    private static void send(ResponseBody body, Duration keepAlive, SseSource source)
            throws Exception {
        SseWriter.Output output =
                text -> {
                    body.write(text);
                    body.flush();
                };
        SseWriter.run(output, keepAlive, source);
    }

    /// The id of the last event that a browser got before it lost the connection.
    ///
    /// @param request the request of a browser that comes back
    /// @return the id, empty if it comes for the first time or got no event with an id
    public static Optional<String> lastEventId(Request request) {
        return Optional.ofNullable(request.header("Last-Event-ID")).filter(id -> !id.isEmpty());
    }
}
