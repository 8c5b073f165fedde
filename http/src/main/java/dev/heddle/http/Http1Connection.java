package dev.heddle.http;

import dev.heddle.CancelScope;
import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.TimeoutException;
import dev.heddle.net.ByteReader;
import dev.heddle.net.ByteStream;
import dev.heddle.net.StreamClosedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One client's connection: reads requests, has them answered in their order, and ends in a way
/// that the client can tell from a lost connection.
///
/// Owner of everything here: the loop thread.
final class Http1Connection {
    private static final System.Logger LOG = System.getLogger("dev.heddle.http");

    /// What is still taken from a client that has been told that this is the end: closing with
    /// unread input would reset the connection, and the reset may overtake the answer.
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final int LINGER_BYTES = 1024 * 1024;

    /// What the connection waits for, with `deadline` as its end. What has no answer to a deadline
    /// but to close is done this way; the rest of the timeouts are scopes.
    private enum Wait {
        NOTHING,
        REQUEST,
        ROOM
    }

    final Http1Service service;
    final ByteStream stream;
    private final RequestParser parser;
    private final InetSocketAddress remote;

    /// Neighbours in the list of [Deadlines].
    @Nullable Http1Connection next;

    @Nullable Http1Connection previous;

    /// When `wait` has taken too long, on the loop's clock.
    long deadline = Deadlines.NEVER;

    private Wait wait = Wait.NOTHING;

    /// The time of the last response or write, which is recent enough for deadlines and for `Date`.
    private long now;

    private @Nullable CancelScope scope;
    private @Nullable Parsed parsed;
    private boolean active;

    /// There may be output that was not sent.
    private boolean unsent;

    /// Sends earlier answers while a handler waits; see [#flushWhileHandling].
    private boolean flushIsDue;

    private @Nullable Promise<@Nullable Void> flusher;

    /// We have closed the stream, so what its operations throw is no news.
    private boolean ended;

    /// Made once: the lambda is used for each request.
    private final ByteReader reader = this::read;

    Http1Connection(Http1Service service, ByteStream stream) {
        this.service = service;
        this.stream = stream;
        this.parser = new RequestParser(service.options);
        this.remote =
                stream.remoteAddress() instanceof InetSocketAddress address
                        ? address
                        : InetSocketAddress.createUnresolved("in-memory", 0);
        this.now = service.deadlines.now();
    }

    void run() throws IOException {
        service.opened(this);
        try {
            Heddle.<@Nullable Void, IOException>scope(own -> {
                scope = own;
                converse();
                return null;
            });
        } catch (StreamClosedException e) {
            if (!ended) {
                throw e;
            }
        } finally {
            service.ended(this);
        }
    }

    // ---- called by others on the loop ----

    /// The deadline has passed.
    void expire() {
        deadline = Deadlines.NEVER;
        Wait late = wait;
        wait = Wait.NOTHING;
        switch (late) {
            case NOTHING -> {}
            case REQUEST -> closeSilently();
            case ROOM -> {
                LOG.log(Level.DEBUG, () -> stream + " was aborted: the client reads too slowly");
                ended = true;
                stream.abort();
            }
        }
    }

    void endIfIdle() {
        if (wait == Wait.REQUEST) {
            closeSilently();
        }
    }

    private void closeSilently() {
        ended = true;
        try {
            stream.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "closing " + stream, e);
        }
    }

    void cut(String reason) {
        CancelScope own = scope;
        if (own != null) {
            own.cancel(reason);
        }
    }

    boolean isActive() {
        return active;
    }

    // ---- the conversation ----

    private void converse() throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            Parsed request = nextRequest();
            if (request instanceof RequestHead head) {
                goesOn = exchange(head);
            } else if (request instanceof Refusal refusal) {
                refuse(refusal);
                goesOn = false;
            } else {
                return;
            }
        }
        if (!ended) {
            linger();
        }
    }

    /// @return null if there is no further request
    private @Nullable Parsed nextRequest() throws IOException {
        parsed = null;
        while (parsed == null && !parser.isInside()) {
            if (!stream.hasBuffered()) {
                flush();
                if (service.isStopping()) {
                    return null;
                }
            }
            begin(Wait.REQUEST, now + service.idleTimeout);
            try {
                if (!stream.feed(reader)) {
                    return null;
                }
            } finally {
                end();
            }
        }
        return parsed != null ? parsed : restOfHead();
    }

    private @Nullable Parsed restOfHead() throws IOException {
        flush();
        Duration limit = service.options.headerTimeout();
        try {
            Heddle.<IOException>timeout(
                    limit,
                    () -> {
                        boolean more = true;
                        while (more && parsed == null) {
                            more = stream.feed(reader);
                        }
                    });
        } catch (TimeoutException e) {
            return new Refusal(
                    408, "the request was not complete after " + limit.toMillis() + " ms");
        }
        return parsed;
    }

    private void read(ByteBuffer bytes) {
        parsed = parser.read(bytes);
    }

    /// Answers a request.
    ///
    /// @return whether another may follow
    private boolean exchange(RequestHead head) throws IOException {
        long longest = service.options.maxBody();
        if (head.contentLength() > longest) {
            refuse(new Refusal(413, "the body is longer than " + longest + " bytes"));
            return false;
        }
        Http1Exchange exchange = new Http1Exchange(this, head, remote);
        active = true;
        service.requestBegins();
        flushSoon();
        boolean answered = false;
        boolean goesOn;
        try {
            goesOn = exchange.run();
            answered = true;
        } finally {
            active = false;
            service.requestEnds(answered);
        }
        if (!goesOn || exchange.isBodyRead()) {
            return goesOn;
        }
        flush();
        boolean skipped = exchange.skipBody();
        now();
        return skipped;
    }

    private void refuse(Refusal refusal) throws IOException {
        LOG.log(Level.DEBUG, () -> stream + ": " + refusal);
        Response response = Response.text(refusal.reason() + "\n").status(refusal.status());
        Framing framing = new Framing(Framing.Kind.COUNTED, response.length(), true, 1);
        sendHead(response, framing, response.body());
    }

    /// Ends the connection such that the client sees the last answer.
    private void linger() throws IOException {
        awaitFlusher();
        begin(Wait.ROOM, now() + service.writeTimeout);
        try {
            stream.closeOutput();
        } finally {
            end();
        }
        int[] left = {LINGER_BYTES};
        try {
            Heddle.<IOException>timeout(
                    LINGER,
                    () -> {
                        while (left[0] > 0 && stream.feed(bytes -> left[0] -= discard(bytes))) {
                            // all of it is dropped
                        }
                    });
        } catch (TimeoutException e) {
            LOG.log(Level.DEBUG, () -> stream + ": the client does not close its side");
        }
    }

    private static int discard(ByteBuffer bytes) {
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        return count;
    }

    // ---- writing, bounded by the write timeout ----

    /// The time, read anew.
    long now() {
        now = service.deadlines.now();
        return now;
    }

    boolean isCancelled() {
        CancelScope own = scope;
        return own != null && own.isCancelled();
    }

    boolean isEnded() {
        return ended;
    }

    /// Cuts the connection off, so that the client does not take what it got for all.
    void abort() {
        ended = true;
        stream.abort();
    }

    /// Puts a head, and a body in full, into the output; sends nothing yet if it fits there.
    void sendHead(Response response, Framing framing, byte[] body) throws IOException {
        awaitFlusher();
        byte[] common = service.common.at(now());
        int bound = HeadEncoder.bound(response, common);
        boolean small = bound <= ByteStream.MOST_ROOM;
        unsent = true;
        boolean together = small && body.length <= ByteStream.MOST_ROOM - bound;
        begin(Wait.ROOM, now + service.writeTimeout);
        try {
            ByteBuffer room = small ? stream.room(together ? bound + body.length : bound) : null;
            HeadEncoder encoder = HeadEncoder.LOCAL.get();
            encoder.encode(response, framing, common, bound);
            if (room == null) {
                stream.put(encoder.copy());
            } else {
                encoder.putInto(room);
                if (together) {
                    room.put(body);
                }
            }
        } finally {
            end();
        }
        if (!together) {
            put(ByteBuffer.wrap(body));
        }
    }

    /// Puts bytes into the output. Each part of the size of the output buffer has the time of the
    /// write timeout.
    void put(ByteBuffer bytes) throws IOException {
        awaitFlusher();
        unsent = true;
        int limit = bytes.limit();
        while (bytes.position() < limit) {
            bytes.limit(Math.min(limit, bytes.position() + ByteStream.PAIR_CAPACITY));
            begin(Wait.ROOM, now() + service.writeTimeout);
            try {
                stream.put(bytes);
            } finally {
                end();
                bytes.limit(limit);
            }
        }
    }

    void flush() throws IOException {
        awaitFlusher();
        flushNow();
    }

    private void flushNow() throws IOException {
        if (!unsent) {
            return;
        }
        begin(Wait.ROOM, now + service.writeTimeout);
        try {
            stream.flush();
            unsent = false;
        } finally {
            end();
        }
    }

    /// Answers of pipelined requests go out together, unless a handler waits in between: the
    /// callback gets its turn only then.
    private void flushSoon() throws IOException {
        if (!unsent || flushIsDue) {
            return;
        }
        try {
            service.loop.callSoon(this::flushWhileHandling);
            flushIsDue = true;
        } catch (RejectedExecutionException e) { // the loop is closing
            flush();
        }
    }

    private void flushWhileHandling() {
        flushIsDue = false;
        if (!active || !unsent || ended || wait != Wait.NOTHING) {
            return;
        }
        Promise<@Nullable Void> done = new Promise<>();
        flusher = done;
        try {
            now();
            flushNow();
        } catch (IOException e) {
            // The connection's own task comes upon the same when it writes.
            LOG.log(Level.DEBUG, () -> stream + ": early flush", e);
        } finally {
            flusher = null;
            done.complete(null);
        }
    }

    /// Before any output of the connection's own task: there is one writer at a time.
    private void awaitFlusher() {
        Promise<@Nullable Void> other = flusher;
        if (other != null) {
            other.await();
        }
    }

    private void begin(Wait reason, long until) {
        wait = reason;
        deadline = until;
        service.deadlines.watch(until);
    }

    private void end() {
        wait = Wait.NOTHING;
        deadline = Deadlines.NEVER;
    }
}
