package dev.heddle;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Lets tasks wait until a non-blocking channel can be read or written: the one I/O primitive of
/// the core, on which all streams are built.
///
/// Try the operation first, and wait when it has moved nothing:
///
/// ```java
/// int n;
/// while ((n = channel.read(buffer)) == 0) {
///     readiness.awaitReadable();
/// }
/// ```
///
/// A wait may end without reason, so wait in a loop. Close the channel through [#close], which
/// wakes those who wait; closing the channel itself does not.
///
/// All methods are for tasks of the loop on which it was made.
public final class Readiness implements AutoCloseable {
    private static final int IN = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int OUT = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final EventLoop loop;
    private final SelectableChannel channel;
    private final SelectionKey key;
    private final int in;

    /// What the selector is told to look for. It stays set while nobody waits, until an event comes
    /// that nobody waits for: a connection that is read again and again needs no system call for
    /// it.
    private int interest;

    /// An event came that nobody waited for.
    private boolean pendingIn;

    private @Nullable Task<?> reader;
    private @Nullable Task<?> writer;
    private boolean closed;

    private Readiness(EventLoop loop, SelectableChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.in = channel.validOps() & IN;
        this.key = loop.carrier().register(channel, this);
    }

    /// Registers a channel with the current loop.
    ///
    /// @param channel an open channel in non-blocking mode
    /// @return its readiness, to be closed by the caller
    /// @throws IOException if the channel is closed or the operating system refuses
    /// @throws java.nio.channels.IllegalBlockingModeException if the channel is in blocking mode
    /// @throws IllegalStateException if the caller is on no loop, or the channel has a readiness on
    ///   this loop already
    public static Readiness of(SelectableChannel channel) throws IOException {
        return new Readiness(EventLoop.current(), channel);
    }

    /// Waits until the channel may have something to read or to accept, or has failed.
    ///
    /// @throws ClosedChannelException if this was closed, before or meanwhile
    /// @throws IllegalStateException if another task waits for the same
    /// @throws Cancelled if the caller is cancelled
    public void awaitReadable() throws ClosedChannelException {
        Task<?> task = begin("awaitReadable", reader);
        if (pendingIn) {
            pendingIn = false;
            return;
        }
        want(in);
        reader = task;
        task.beginWait();
        boolean signalled = task.awaitSignal();
        reader = null;
        end(task, signalled);
    }

    /// Waits until the channel may take bytes, or has connected or failed to.
    ///
    /// @throws ClosedChannelException if this was closed, before or meanwhile
    /// @throws IllegalStateException if another task waits for the same
    /// @throws Cancelled if the caller is cancelled
    public void awaitWritable() throws ClosedChannelException {
        Task<?> task = begin("awaitWritable", writer);
        boolean connecting = channel instanceof SocketChannel socket && !socket.isConnected();
        want(connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE);
        writer = task;
        task.beginWait();
        boolean signalled = task.awaitSignal();
        writer = null;
        end(task, signalled);
    }

    private Task<?> begin(String operation, @Nullable Task<?> other) throws ClosedChannelException {
        Task<?> task = Task.currentFor(operation);
        if (task.loop != loop) {
            throw new IllegalStateException(
                    "this channel belongs to " + loop + ", and " + task + " is on " + task.loop);
        }
        task.checkCancelled();
        if (closed) {
            throw new ClosedChannelException();
        }
        if (other != null) {
            throw new IllegalStateException(
                    operation + " by " + task + " while " + other + " waits for the same");
        }
        return task;
    }

    private void end(Task<?> task, boolean signalled) throws ClosedChannelException {
        if (!signalled) {
            task.checkCancelled();
        }
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /// By the selector, on the carrier.
    void ready(int ops) {
        if ((ops & IN) != 0) {
            if (reader != null) {
                reader.signal();
            } else {
                pendingIn = true;
                drop(IN);
            }
        }
        if ((ops & OUT) != 0) {
            // Unlike input, room for output is there nearly always.
            drop(OUT);
            if (writer != null) {
                writer.signal();
            }
        }
    }

    private void want(int ops) throws ClosedChannelException {
        if ((interest & ops) != ops) {
            try {
                key.interestOps(interest | ops);
                interest |= ops;
            } catch (CancelledKeyException e) {
                throw closedByOthers(e);
            }
        }
    }

    private void drop(int ops) {
        interest &= ~ops;
        if (key.isValid()) {
            key.interestOps(interest);
        }
    }

    private static ClosedChannelException closedByOthers(CancelledKeyException e) {
        ClosedChannelException closed = new ClosedChannelException();
        closed.initCause(e);
        return closed;
    }

    /// Closes the channel and wakes those who wait for it, with a [ClosedChannelException]. Does
    /// nothing when it is closed already.
    ///
    /// @throws IOException if closing the channel fails
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        loop.carrier().deregistered();
        if (reader != null) {
            reader.signal();
        }
        if (writer != null) {
            writer.signal();
        }
        channel.close();
        if (channel instanceof ServerSocketChannel) {
            // It would hold its port, and complete connections that nobody will ever accept.
            loop.carrier().releaseClosed();
        }
    }
}
