package dev.heddle.sync;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands values from task to task, in order: with room for some in between, or from hand to hand.
///
/// A full channel makes the sender wait, an empty one the receiver. When sending or receiving meets
/// a cancellation, either the value has changed hands and the call returns, or it has not and the
/// call throws: no value is lost or delivered twice.
///
/// ```java
/// var lines = new Channel<String>(16);
/// group(g -> {
///     g.spawn(() -> {
///         for (var line : read()) lines.send(line);
///         lines.close();
///     });
///     for (var line : lines) print(line);
/// });
/// ```
///
/// For tasks of one loop.
///
/// @param <T> what it carries, never null
public final class Channel<T> implements Iterable<T>, AutoCloseable {
    private final Exchange<T> exchange;

    /// Owner: the loop thread.
    private int senders;

    /// A channel.
    ///
    /// @param capacity how many values it holds while nobody receives; 0 for a rendezvous
    /// @throws IllegalArgumentException if the capacity is negative
    public Channel(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity < 0: " + capacity);
        }
        exchange = new Exchange<>("channel", capacity, new ArrayDeque<>());
    }

    /// A channel from hand to hand: a sender waits for its receiver.
    ///
    /// @param <T> what it carries
    /// @return the channel
    public static <T> Channel<T> rendezvous() {
        return new Channel<>(0);
    }

    /// A channel that holds as much as there is memory. Nothing slows its senders down: use it
    /// where something else bounds them.
    ///
    /// @param <T> what it carries
    /// @return the channel
    public static <T> Channel<T> unbounded() {
        return new Channel<>(Integer.MAX_VALUE);
    }

    /// Sends a value, after all who wait to send.
    ///
    /// @param value the value
    /// @throws ClosedException if the channel is closed, or is closed while the caller waits:
    ///   nobody receives the value then
    /// @throws dev.heddle.Cancelled if the caller is cancelled: nobody receives the value then
    public void send(T value) {
        exchange.send(value);
    }

    /// Sends a value if that needs no waiting.
    ///
    /// @param value the value
    /// @return whether it was sent
    /// @throws ClosedException if the channel is closed
    public boolean trySend(T value) {
        return exchange.offer(value);
    }

    /// Receives the next value.
    ///
    /// @return the value
    /// @throws ClosedException if the channel is closed and nothing is left in it
    /// @throws dev.heddle.Cancelled if the caller is cancelled
    public T receive() {
        T value = exchange.receive();
        if (value == null) {
            throw exchange.closed();
        }
        return value;
    }

    /// Receives a value if one is there.
    ///
    /// @return the value, or null
    public @Nullable T tryReceive() {
        return exchange.take();
    }

    /// Takes no more values. What is in the channel can still be received; senders that wait are
    /// refused. Does nothing the second time.
    @Override
    public void close() {
        exchange.close();
    }

    /// One of several senders of this channel: when all of them are closed, the channel is.
    ///
    /// @return a sender, to be closed by whoever uses it
    public Sender<T> sender() {
        senders++;
        return new Sender<>(this);
    }

    /// The values to come, until the channel is closed; waits for each.
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable T ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null) {
                    ahead = exchange.receive();
                }
                return ahead != null;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the channel is closed");
                }
                T value = ahead;
                assert value != null;
                ahead = null;
                return value;
            }
        };
    }

    /// For [Select]: to receive from this channel.
    ///
    /// @param <R> the result of the selection
    /// @param then what to do with the value
    /// @return one of the alternatives
    public <R extends @Nullable Object> Clause<R> onReceive(Function<? super T, ? extends R> then) {
        return new Clause.Receive<>(exchange, then);
    }

    /// For [Select]: to send into this channel.
    ///
    /// @param <R> the result of the selection
    /// @param value what to send
    /// @param then what to do when it was sent
    /// @return one of the alternatives
    public <R extends @Nullable Object> Clause<R> onSend(T value, Supplier<? extends R> then) {
        return new Clause.Send<>(exchange, value, then);
    }

    /// What the channel has now.
    ///
    /// @return a snapshot
    public Statistics statistics() {
        return new Statistics(
                exchange.buffered(),
                exchange.capacity(),
                exchange.senders.size(),
                exchange.receivers.size(),
                exchange.isClosed());
    }

    /// What a channel has.
    ///
    /// @param buffered values that were sent and not received
    /// @param capacity how many it can hold
    /// @param senders tasks that wait to send
    /// @param receivers tasks that wait to receive
    /// @param closed whether it takes no more
    public record Statistics(
            int buffered, int capacity, int senders, int receivers, boolean closed) {}

    /// One of several senders of a channel.
    ///
    /// @param <T> what the channel carries
    public static final class Sender<T> implements AutoCloseable {
        private final Channel<T> channel;
        private boolean closed;

        private Sender(Channel<T> channel) {
            this.channel = channel;
        }

        /// Sends a value. See [Channel#send].
        ///
        /// @param value the value
        /// @throws ClosedException if this sender or the channel is closed
        public void send(T value) {
            if (closed) {
                throw new ClosedException("this sender is closed");
            }
            channel.send(value);
        }

        /// Closes this sender, and the channel if it was the last one. Does nothing the second
        /// time.
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                if (--channel.senders == 0) {
                    channel.close();
                }
            }
        }
    }
}
