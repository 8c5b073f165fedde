package dev.heddle.net;

import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/// What the two directions of a stream share: the wire, the loop, and whether it is closed; and how
/// its errors read.
final class Link {
    final EventLoop loop = EventLoop.current();
    final Wire wire;

    /// Owner of both: the loop thread.
    private boolean closed;

    private @Nullable Task<?> closedBy;

    /// The wire has told of a reset, in whichever direction.
    private @Nullable DisconnectedException reset;

    Link(Wire wire) {
        this.wire = wire;
    }

    /// The start of every operation that may suspend.
    ///
    /// @return the caller
    Task<?> enter(String operation) throws IOException {
        Task<?> task = onLoop(operation);
        giveWay(operation);
        return task;
    }

    /// Checks for cancellation, gives way if it is time, and checks that the stream is open still.
    void giveWay(String operation) throws IOException {
        Heddle.checkCancelled();
        Heddle.cooperate();
        checkOpen(operation);
    }

    Task<?> onLoop(String operation) {
        Task<?> task = Task.current();
        if (task == null || task.loop() != loop) {
            throw new IllegalStateException(
                    operation
                            + " on "
                            + this
                            + ", which belongs to "
                            + loop
                            + ", by "
                            + (task == null
                                    ? "thread \"" + Thread.currentThread().getName() + "\""
                                    : task + " of " + task.loop())
                            + ": a stream is used by tasks of its own loop only");
        }
        return task;
    }

    void checkOpen(String operation) throws IOException {
        if (closed) {
            throw closedByUs(operation);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void markClosed() {
        closed = true;
        closedBy = Task.current();
    }

    /// The reset that was seen. The operating system tells of it only once: if a write is told, the
    /// next read sees an end that looks clean.
    @Nullable DisconnectedException reset() {
        return reset;
    }

    IllegalStateException busy(String operation, Task<?> caller, Task<?> other) {
        return new IllegalStateException(
                operation
                        + " on "
                        + this
                        + " by "
                        + caller
                        + (caller == other
                                ? " inside another operation of its own"
                                : " while " + other + " is at it")
                        + ": one task at a time may read, and one may write");
    }

    private StreamClosedException closedByUs(String operation) {
        return new StreamClosedException(
                operation
                        + " on "
                        + this
                        + ", which was closed by us"
                        + (closedBy == null ? "" : " (" + closedBy + ")"));
    }

    /// The same error in the stream's terms.
    IOException explain(String operation, IOException error) {
        if (error instanceof ClosedChannelException) {
            return closedByUs(operation);
        }
        if (error instanceof DisconnectedException) {
            return error;
        }
        String message = String.valueOf(error.getMessage());
        // Texts of the JDK and of the operating system; NIO has no types for these.
        if (message.contains("Connection reset")) {
            reset = new DisconnectedException(this + " was reset by the peer", error);
            return reset;
        }
        if (message.contains("Broken pipe")) {
            return new DisconnectedException(this + " was closed by the peer", error);
        }
        if (message.contains("timed out") || message.contains("unreachable")) {
            return new DisconnectedException(this + " was lost: " + message, error);
        }
        return new IOException(operation + " on " + this + " failed: " + message, error);
    }

    @Override
    public String toString() {
        return "connection "
                + Addresses.text(wire.local())
                + " to "
                + Addresses.text(wire.remote());
    }
}
