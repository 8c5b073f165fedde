package dev.heddle.examples.search;

import dev.heddle.Promise;
import dev.heddle.http.Response;
import dev.heddle.web.Broadcast;
import dev.heddle.web.Json;
import dev.heddle.web.ServerSentEvents;
import dev.heddle.web.SseEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pages that are open, each with its stream of events.
///
/// Belongs to the loop of the server.
final class Pages {
    /// How many events a page may lag behind; it then misses the oldest. Each event replaces those
    /// of its type before it, so that nothing is lost.
    private static final int MOST_WAITING = 64;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /// Ends the stream of whoever gets it.
    private static final SseEvent END = SseEvent.of("end", "");

    private final Broadcast<SseEvent> events = new Broadcast<>();
    private Promise<@Nullable Void> someone = new Promise<>();
    private boolean closed;

    /// What is sent to a page: JSON under a name.
    static SseEvent event(String type, Object value) {
        return SseEvent.of(type, Json.text(value));
    }

    /// A stream of events for one more page.
    ///
    /// @param state what the page is told first
    Response stream(Supplier<List<SseEvent>> state) {
        return ServerSentEvents.stream(out ->
                events.subscribe(
                        MOST_WAITING,
                        updates -> {
                            // Subscribed before the state is taken, so that no change falls
                            // between.
                            someone.tryComplete(null);
                            for (SseEvent event : state.get()) {
                                out.send(event.withRetry(RETRY));
                            }
                            while (!closed) {
                                SseEvent next = updates.next();
                                if (next == END) {
                                    return;
                                }
                                out.send(next);
                            }
                        }));
    }

    boolean areThere() {
        return events.subscribers() > 0;
    }

    /// Waits until a page is open.
    void awaitOne() {
        while (!areThere()) {
            if (someone.isDone()) {
                someone = new Promise<>();
            }
            someone.await();
        }
    }

    /// Sends to all pages. When there is none, it costs nothing.
    void send(String type, Object value) {
        if (areThere()) {
            events.publish(event(type, value));
        }
    }

    /// Ends all streams, also those to come: a server that drains would wait for them for ever.
    void close() {
        closed = true;
        events.publish(END);
    }
}
