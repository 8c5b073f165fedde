package dev.heddle.web;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Passes each value on to all who listen at that moment, such as the clients of a stream of
/// server-sent events.
///
/// Whoever publishes never waits: each subscription has a queue of a fixed length, and one that is
/// full loses its *oldest* value. A subscription of length 1 thus always has the newest.
///
/// ```java
/// var progress = new Broadcast<Progress>();
///
/// router.get("/progress", request -> ServerSentEvents.stream(out ->
///         progress.subscribe(16, updates -> {
///             while (true) {
///                 out.send(SseEvent.of("progress", Json.text(updates.next())));
///             }
///         })));
///
/// progress.publish(new Progress(done, total));
/// ```
///
/// Any thread may publish, and tasks of any loop may subscribe.
///
/// @param <T> the type of the values
public final class Broadcast<T> {
    private final List<Subscription<T>> subscriptions = new CopyOnWriteArrayList<>();

    /// A hub that nobody listens to.
    public Broadcast() {}

    /// What a subscriber does for as long as it listens.
    ///
    /// @param <T> the type of the values
    /// @param <X> the checked exception it may throw
    @FunctionalInterface
    public interface Subscriber<T, X extends Exception> {
        /// Takes values; the subscription ends when this returns.
        ///
        /// @param subscription where the values are
        /// @throws X if it fails
        void run(Subscription<T> subscription) throws X;
    }

    /// Adds a value to the queue of everyone who listens now.
    ///
    /// @param value the value; shared by all who get it, so best immutable
    public void publish(T value) {
        for (Subscription<T> subscription : subscriptions) {
            subscription.offer(value);
        }
    }

    /// Listens for as long as the body runs. For tasks.
    ///
    /// @param <X> the checked exception that the body may throw
    /// @param capacity how many values wait for the body at most; at least 1
    /// @param body takes the values
    /// @throws X if the body fails
    /// @throws IllegalArgumentException if the capacity is less than 1
    public <X extends Exception> void subscribe(int capacity, Subscriber<T, X> body) throws X {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity is 1 or more, not " + capacity);
        }
        Subscription<T> subscription = new Subscription<>(capacity);
        subscriptions.add(subscription);
        try {
            body.run(subscription);
        } finally {
            subscriptions.remove(subscription);
        }
    }

    /// How many listen now.
    ///
    /// @return zero or more
    public int subscribers() {
        return subscriptions.size();
    }

    /// One who listens. For one task at a time.
    ///
    /// @param <T> the type of the values
    public static final class Subscription<T> {
        private final int capacity;

        /// Guard of all below: the monitor of this object, held for a few instructions only.
        private final ArrayDeque<T> queue = new ArrayDeque<>();

        private long missed;

        /// There when somebody waits for a value.
        private @Nullable Promise<@Nullable Void> arrival;

        private Subscription(int capacity) {
            this.capacity = capacity;
        }

        private void offer(T value) {
            Promise<@Nullable Void> waited;
            synchronized (this) {
                if (queue.size() == capacity) {
                    queue.poll();
                    missed++;
                }
                queue.add(value);
                waited = arrival;
                arrival = null;
            }
            if (waited != null) {
                waited.complete(null);
            }
        }

        /// Takes the oldest value that is left; waits until there is one.
        ///
        /// @return the value
        /// @throws dev.heddle.Cancelled if the caller is cancelled; no value is lost
        public T next() {
            Heddle.checkCancelled();
            Heddle.cooperate();
            while (true) {
                Promise<@Nullable Void> wait;
                synchronized (this) {
                    T value = queue.poll();
                    if (value != null) {
                        return value;
                    }
                    wait = arrival == null ? new Promise<>() : arrival;
                    arrival = wait;
                }
                wait.await();
            }
        }

        /// How many values were lost because the queue was full.
        ///
        /// @return a count since the subscription began
        public synchronized long missed() {
            return missed;
        }
    }
}
