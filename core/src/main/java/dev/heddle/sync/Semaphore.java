package dev.heddle.sync;

import dev.heddle.Action;
import dev.heddle.Body;
import dev.heddle.Heddle;
import org.jspecify.annotations.Nullable;

/// A number of permits: lets so many tasks through at a time.
///
/// First come, first served: a permit that is given back goes to the first in line, never to a task
/// that comes later. It cannot be given back more often than it was taken ([#unbounded] lifts
/// that).
public final class Semaphore {
    private final Turns line = new Turns();
    private final int limit;

    /// Owner: the loop thread.
    private int available;

    /// A semaphore all permits of which are there.
    ///
    /// @param permits one or more
    /// @throws IllegalArgumentException if there is none
    public Semaphore(int permits) {
        this(permits, permits);
        if (permits < 1) {
            throw new IllegalArgumentException("permits < 1: " + permits);
        }
    }

    private Semaphore(int permits, int limit) {
        this.available = permits;
        this.limit = limit;
    }

    /// A semaphore used as a counter: [#release] may be called without an acquire before it.
    ///
    /// @param permits how many there are at first, zero or more
    /// @return the semaphore
    /// @throws IllegalArgumentException if the number is negative
    public static Semaphore unbounded(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits < 0: " + permits);
        }
        return new Semaphore(permits, Integer.MAX_VALUE);
    }

    /// Takes a permit, after all who came before.
    ///
    /// @throws dev.heddle.Cancelled if the caller is cancelled; it has no permit then
    public void acquire() {
        if (available > 0) {
            Heddle.checkCancelled();
            available--;
        } else {
            line.await();
        }
    }

    /// Takes a permit if there is one. Never suspends.
    ///
    /// @return whether the caller has one now
    public boolean tryAcquire() {
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }

    /// Gives a permit to the first in line, or back.
    ///
    /// @throws IllegalStateException if all permits are there already
    public void release() {
        if (available >= limit) {
            throw new IllegalStateException(
                    "released more often than acquired: all " + limit + " permits are there");
        }
        if (!line.give()) {
            available++;
        }
    }

    /// Runs a body with a permit.
    ///
    /// @param <T> what it returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the body's result
    /// @throws X if the body fails
    public <T extends @Nullable Object, X extends Exception> T with(Body<T, X> body) throws X {
        acquire();
        try {
            return body.run();
        } finally {
            release();
        }
    }

    /// Runs a body that returns nothing with a permit.
    ///
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @throws X if the body fails
    public <X extends Exception> void with(Action<X> body) throws X {
        acquire();
        try {
            body.run();
        } finally {
            release();
        }
    }

    /// How many permits are there.
    ///
    /// @return zero or more
    public int available() {
        return available;
    }

    /// How many tasks wait.
    ///
    /// @return zero or more
    public int waiting() {
        return line.size();
    }
}
