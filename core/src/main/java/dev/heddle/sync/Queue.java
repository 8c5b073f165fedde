package dev.heddle.sync;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Work for tasks to share: values wait in it in some order until a task gets them, and someone can
/// wait until all of them are done.
///
/// Like a [Channel], with an order of choice and a count of unfinished work.
///
/// ```java
/// var urls = Queue.<String>fifo(100);
/// for (int i = 0; i < 8; i++) {
///     g.spawn(() -> { while (true) { var url = urls.get(); try { fetch(url); } finally { urls.done(); } } });
/// }
/// urls.put("http://…");
/// urls.join();                  // all that was put has been done
/// ```
///
/// For tasks of one loop.
///
/// @param <T> what it holds, never null
public final class Queue<T> {
    private final Exchange<T> exchange;
    private final Turns joiners = new Turns();

    /// Put and not done. Owner: the loop thread.
    private long unfinished;

    private Queue(int capacity, java.util.Queue<T> buffer) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "capacity < 1: " + capacity + ". For a rendezvous, use a Channel.");
        }
        exchange = new Exchange<>("queue", capacity, buffer);
    }

    /// A queue that gives what was put first.
    ///
    /// @param <T> what it holds
    /// @param capacity how many values it holds, one or more
    /// @return the queue
    public static <T> Queue<T> fifo(int capacity) {
        return new Queue<>(capacity, new ArrayDeque<>());
    }

    /// A queue that gives what was put last.
    ///
    /// @param <T> what it holds
    /// @param capacity how many values it holds, one or more
    /// @return the queue
    public static <T> Queue<T> lifo(int capacity) {
        return new Queue<>(capacity, Collections.asLifoQueue(new ArrayDeque<>()));
    }

    /// A queue that gives the least first; of equal ones any.
    ///
    /// @param <T> what it holds
    /// @param capacity how many values it holds, one or more
    /// @param order what is less
    /// @return the queue
    public static <T> Queue<T> priority(int capacity, Comparator<? super T> order) {
        return new Queue<>(capacity, new PriorityQueue<>(order));
    }

    /// Puts a value in, after all who wait to.
    ///
    /// @param value the value
    /// @throws ClosedException if the queue is shut down, before or while the caller waits
    /// @throws dev.heddle.Cancelled if the caller is cancelled: the value is not in the queue then
    public void put(T value) {
        unfinished++;
        boolean in = false;
        try {
            exchange.send(value);
            in = true;
        } finally {
            if (!in) {
                countDown();
            }
        }
    }

    /// Puts a value in if there is room.
    ///
    /// @param value the value
    /// @return whether it is in
    /// @throws ClosedException if the queue is shut down
    public boolean tryPut(T value) {
        if (!exchange.offer(value)) {
            return false;
        }
        unfinished++;
        return true;
    }

    /// Gets the next value; waits for one.
    ///
    /// @return the value
    /// @throws ClosedException if the queue is shut down and empty
    /// @throws dev.heddle.Cancelled if the caller is cancelled: no value is lost by it
    public T get() {
        T value = exchange.receive();
        if (value == null) {
            throw exchange.closed();
        }
        return value;
    }

    /// Gets a value if there is one.
    ///
    /// @return the value, or null
    public @Nullable T tryGet() {
        return exchange.take();
    }

    /// Says that the work for one value is done.
    ///
    /// @throws IllegalStateException if it is said more often than values were put
    public void done() {
        if (unfinished == 0) {
            throw new IllegalStateException("done() was called more often than values were put");
        }
        countDown();
    }

    private void countDown() {
        unfinished--;
        if (unfinished == 0) {
            joiners.giveAll();
        }
    }

    /// Waits until all that was put is done.
    ///
    /// @throws dev.heddle.Cancelled if the caller is cancelled
    public void join() {
        dev.heddle.Heddle.checkCancelled();
        while (unfinished > 0) {
            joiners.await();
        }
    }

    /// Takes no more values. What is in the queue can still be got; who waits to put is refused.
    public void shutdown() {
        exchange.close();
    }

    /// Takes no more values, drops what is in the queue, and counts it as done.
    public void shutdownNow() {
        int dropped = exchange.closeNow();
        for (int i = 0; i < dropped; i++) {
            countDown();
        }
    }

    /// What the queue has now.
    ///
    /// @return a snapshot
    public Statistics statistics() {
        return new Statistics(
                exchange.buffered(),
                exchange.capacity(),
                exchange.senders.size(),
                exchange.receivers.size(),
                unfinished,
                exchange.isClosed());
    }

    /// What a queue has.
    ///
    /// @param size values that are in it
    /// @param capacity how many it can hold
    /// @param putting tasks that wait to put
    /// @param getting tasks that wait to get
    /// @param unfinished values that were put and not said to be done
    /// @param shutDown whether it takes no more
    public record Statistics(
            int size, int capacity, int putting, int getting, long unfinished, boolean shutDown) {}
}
