package dev.heddle.web;

import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.TaskGroup;
import dev.heddle.TimerHandle;
import dev.heddle.sync.Lock;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends events to one client; given to an [SseSource].
///
/// For the source's task and those of its loop that it spawns: events that several send at the same
/// time are sent one after the other, each as a whole.
public final class SseWriter {
    private static final String KEEP_ALIVE = ":\n\n";
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Output output;
    private final long keepAlive;
    private final EventLoop loop;

    /// Held by the one who writes.
    private final Lock turn = new Lock();

    /// Owner of all below: the loop thread.
    ///
    /// Why nothing more can be sent: a write was cut, and the next event would run into its rest.
    private @Nullable Throwable broken;

    private boolean ended;
    private long lastSent;
    private @Nullable TimerHandle timer;

    private SseWriter(Output output, Duration keepAlive) {
        this.output = output;
        this.keepAlive = (keepAlive.compareTo(LONGEST) > 0 ? LONGEST : keepAlive).toNanos();
        this.loop = EventLoop.current();
    }

    /// Where the text of events goes.
    @FunctionalInterface
    interface Output {
        /// Returns when the system has taken the text; an empty one sends what stands before it.
        void send(String text) throws IOException;
    }

    /// Lets a source run until it ends or its client has gone.
    static void run(Output output, Duration keepAlive, SseSource source) throws Exception {
        SseWriter out = new SseWriter(output, keepAlive);
        Heddle.<Exception>group(group -> out.run(group, source));
        switch (out.broken) {
            case null -> {}
            case IOException gone -> throw gone;
            case Throwable cut ->
                    throw new IOException("an event was cut, and the stream with it", cut);
        }
    }

    private void run(TaskGroup group, SseSource source) throws Exception {
        output.send(""); // the browser learns that the stream is open, before the first event
        lastSent = loop.clock().nanoTime();
        keepAliveIn(group, keepAlive);
        try {
            source.run(this);
        } finally {
            ended = true;
            TimerHandle pending = timer;
            if (pending != null) {
                pending.cancel();
            }
        }
    }

    /// Sends an event and waits until the system has taken it.
    ///
    /// When it is cancelled in the middle, no other event can follow: the stream ends with an
    /// error, and the browser comes back.
    ///
    /// @param event the event
    /// @throws IOException if the client has gone, reads too slowly, or an earlier event was cut
    /// @throws IllegalStateException if the source has ended
    /// @throws dev.heddle.Cancelled if the caller is cancelled, as it is when the client goes
    public void send(SseEvent event) throws IOException {
        write(event.encoded());
    }

    /// Sends a comment, which browsers ignore: for those who look at the stream with other tools.
    ///
    /// @param text any text, of any number of lines
    /// @throws IOException if the client has gone, reads too slowly, or an earlier event was cut
    /// @throws IllegalStateException if the source has ended
    /// @throws dev.heddle.Cancelled if the caller is cancelled
    public void comment(String text) throws IOException {
        StringBuilder lines = new StringBuilder();
        SseEvent.appendLines(lines, ": ", text);
        write(lines.append('\n').toString());
    }

    private void write(String text) throws IOException {
        if (ended) {
            throw new IllegalStateException(
                    "the source of this stream has ended: send before it returns");
        }
        turn.with(() -> writeWhole(text));
    }

    private void writeWhole(String text) throws IOException {
        Throwable before = broken;
        if (before != null) {
            throw new IOException("nothing can follow: an earlier event was cut", before);
        }
        try {
            output.send(text);
            lastSent = loop.clock().nanoTime();
        } catch (Throwable e) {
            broken = e;
            throw e;
        }
    }

    /// Looks after the given time whether a comment is due. One timer a stream, which an event does
    /// not touch: it looks at the time of the last one when it fires.
    private void keepAliveIn(TaskGroup group, long nanos) {
        timer = loop.callLater(Duration.ofNanos(nanos), () -> keepAlive(group));
    }

    private void keepAlive(TaskGroup group) {
        if (ended || group.scope().isCancelled()) {
            return;
        }
        long silent = loop.clock().nanoTime() - lastSent;
        boolean writing = turn.isLocked();
        if (writing || silent < keepAlive) {
            keepAliveIn(group, writing ? keepAlive : keepAlive - silent);
            return;
        }
        // Only now, for as long as it writes, a task: the write may have to wait, and belongs to
        // the group.
        group.spawn("keep-alive", () -> writeKeepAlive(group));
    }

    private void writeKeepAlive(TaskGroup group) {
        try {
            turn.with(() -> writeWhole(KEEP_ALIVE));
        } catch (IOException e) {
            group.cancel(); // the reason is kept in `broken`, for whoever runs the stream
        }
        if (!ended && broken == null) {
            keepAliveIn(group, keepAlive);
        }
    }
}
