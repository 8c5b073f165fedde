package dev.heddle.http;

import dev.heddle.EventLoop;
import dev.heddle.net.ByteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the connections of a server share: the handler, the options, the clock and the counts.
///
/// Owner of everything here: the loop thread; the counts may be read by anyone.
final class Http1Service {
    final HttpOptions options;
    final Handler handler;
    final EventLoop loop = EventLoop.current();
    final Deadlines deadlines;
    final CommonFields common;

    /// In nanoseconds.
    final long idleTimeout;

    final long writeTimeout;

    private boolean stopping;

    /// Requests that were answered in full since the server began to stop.
    private int finished;

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicLong total = new AtomicLong();

    /// For connections of the current loop.
    Http1Service(HttpOptions options, Handler handler) {
        this.options = options;
        this.handler = handler;
        this.deadlines = new Deadlines(loop);
        this.common = new CommonFields(options.serverName());
        this.idleTimeout = nanos(options.idleTimeout());
        this.writeTimeout = nanos(options.writeTimeout());
    }

    /// A hundred years are for ever, and far from where arithmetic overflows.
    private static long nanos(Duration timeout) {
        Duration most = Duration.ofDays(36_500);
        return (timeout.compareTo(most) < 0 ? timeout : most).toNanos();
    }

    /// Talks to a client until the connection ends. The caller closes the stream.
    void serve(ByteStream stream) throws IOException {
        if (!stopping) {
            new Http1Connection(this, stream).run();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /// Closes the connections that have no request, and lets each other one end with the request
    /// that it has.
    void beginStop() {
        if (stopping) {
            return;
        }
        stopping = true;
        for (Http1Connection at = deadlines.first(); at != null; at = at.next) {
            at.endIfIdle();
        }
    }

    /// Cancels what is left.
    ///
    /// @return how many requests were cut
    int cut(String reason) {
        int requests = 0;
        for (Http1Connection at = deadlines.first(); at != null; at = at.next) {
            if (at.isActive()) {
                requests++;
            }
            at.cut(reason);
        }
        return requests;
    }

    int finished() {
        return finished;
    }

    ServerStatistics statistics() {
        return new ServerStatistics(connections.get(), active.get(), total.get());
    }

    // ---- told by connections; one writer, so that plain arithmetic is enough ----

    void opened(Http1Connection connection) {
        deadlines.add(connection);
        connections.lazySet(connections.getPlain() + 1);
    }

    void ended(Http1Connection connection) {
        deadlines.remove(connection);
        connections.lazySet(connections.getPlain() - 1);
    }

    void requestBegins() {
        active.lazySet(active.getPlain() + 1);
        total.lazySet(total.getPlain() + 1);
    }

    void requestEnds(boolean answered) {
        active.lazySet(active.getPlain() - 1);
        if (answered && stopping) {
            finished++;
        }
    }
}
