package dev.heddle.sql;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.TimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Work with the connection of one place, done on a worker while a task waits for it and another
/// one watches whether that is cancelled.
///
/// Never by interrupt: a thread that is interrupted while it reads a file through a channel closes
/// the channel, and embedded H2 with it its database.
final class Job<T extends @Nullable Object> {
    /// A cancellation that comes between two steps of a driver may be missed, so it is repeated.
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final Place place;
    private final Source source;
    private final int mostRows;
    private final Work<T> work;

    private final Promise<@Nullable Void> ended = new Promise<>();

    /// Written by the worker, read by the watching task.
    private volatile @Nullable Session session;

    /// Written by the watching task, read by the worker.
    private volatile boolean cancelled;

    Job(Place place, Source source, int mostRows, Work<T> work) {
        this.place = place;
        this.source = source;
        this.mostRows = mostRows;
        this.work = work;
    }

    /// Runs the work; in the task that holds the place.
    T await() throws Exception {
        return Heddle.<T, Exception>group(g -> {
            g.spawn("watches a statement", this::watch);
            try {
                return Heddle.offload(this::run);
            } finally {
                ended.complete(null);
            }
        });
    }

    private T run() throws Exception {
        Session begun = place.begin(source, mostRows);
        session = begun;
        if (cancelled) {
            begun.cancel();
        }
        boolean failed = true;
        try {
            T value = work.run(begun);
            failed = false;
            return value;
        } finally {
            place.end(begun, failed);
        }
    }

    private void watch() {
        try {
            ended.await();
        } finally {
            if (!ended.isDone()) {
                Heddle.shield(this::cancelUntilEnded);
            }
        }
    }

    private void cancelUntilEnded() {
        cancelled = true;
        while (!ended.isDone()) {
            Session running = session;
            if (running != null) {
                running.cancel();
            }
            try {
                Heddle.timeout(
                        AGAIN,
                        () -> {
                            ended.await();
                        });
            } catch (TimeoutException e) {
                // Not yet: once more.
            }
        }
    }
}
