package dev.heddle;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Tasks in the order in which they end; see [Heddle#asCompleted].
///
/// It can be gone through once. Asking for the next one suspends until there is one. Leaving the
/// loop early leaves the tasks alone; for tasks that go on for long, [#close] then takes back what
/// this has hung to them.
///
/// ```java
/// var tasks = List.of(task("news"), task("weather"));
/// try (var completions = asCompleted(tasks)) {
///     for (var task : completions) {
///         if (!task.await().isEmpty()) break;
///     }
/// }
/// ```
///
/// For one task at a time.
///
/// @param <T> what the tasks return
public final class Completions<T extends @Nullable Object>
        implements Iterable<Task<T>>, AutoCloseable {
    /// Those that have ended and were not handed out. Any thread adds, the consumer takes.
    private final ConcurrentLinkedQueue<Task<T>> ended = new ConcurrentLinkedQueue<>();

    /// What hangs to the tasks that had not ended. Owner: the consumer.
    private final Map<Task<T>, Promise.Waiter> waiters = new HashMap<>();

    private final Iterator<Task<T>> iterator = new Ends();
    private int left;

    /// Who waits. Written by the consumer before it looks into `ended`, read by others after they
    /// have added to it: whoever comes second sees the other.
    private volatile @Nullable Task<?> consumer;

    Completions(Collection<? extends Task<? extends T>> tasks) {
        for (Task<? extends T> each : new LinkedHashSet<>(tasks)) {
            @SuppressWarnings("unchecked") // a task only hands out
            Task<T> task = (Task<T>) each;
            left++;
            Promise.Waiter waiter = Promise.Waiter.of(() -> hasEnded(task));
            if (task.promise().add(waiter)) {
                waiters.put(task, waiter);
            } else {
                ended.add(task);
            }
        }
    }

    private void hasEnded(Task<T> task) {
        ended.add(task);
        Task<?> waiting = consumer;
        if (waiting != null) {
            waiting.unpark();
        }
    }

    /// The tasks that are left; always the same iterator. Its `next` throws [Cancelled] if the
    /// caller is cancelled and no task has ended.
    @Override
    public Iterator<Task<T>> iterator() {
        return iterator;
    }

    /// Lets go of the tasks that have not ended. There are no more to iterate over then.
    @Override
    public void close() {
        left = 0;
        waiters.forEach((task, waiter) -> task.promise().remove(waiter));
        waiters.clear();
    }

    private final class Ends implements Iterator<Task<T>> {
        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Task<T> next() {
            if (left == 0) {
                throw new NoSuchElementException("all tasks have been handed out");
            }
            Task<?> current = Task.currentFor("next");
            current.checkCancelled();
            Task<T> task = ended.poll();
            if (task == null) {
                task = await(current);
            } else {
                Heddle.cooperate();
            }
            left--;
            waiters.remove(task);
            return task;
        }

        private Task<T> await(Task<?> current) {
            consumer = current;
            current.beginWait();
            try {
                for (; ; ) {
                    Task<T> task = ended.poll();
                    if (task != null) {
                        return task;
                    }
                    if (current.scope.isCancelled()) {
                        throw current.scope.error();
                    }
                    current.park();
                }
            } finally {
                current.endWait();
                consumer = null;
            }
        }
    }
}
