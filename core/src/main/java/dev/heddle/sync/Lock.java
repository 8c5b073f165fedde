package dev.heddle.sync;

import dev.heddle.Action;
import dev.heddle.Body;
import dev.heddle.Heddle;
import dev.heddle.Task;
import org.jspecify.annotations.Nullable;

/// Lets one task at a time through code that suspends in the middle.
///
/// Code that does not suspend needs no lock: two tasks of a loop never run at the same moment. Not
/// reentrant: a lock taken twice by one task is a mistake in the making, and is refused.
///
/// ```java
/// lock.with(() -> {
///     var balance = account.read();
///     account.write(balance + 1);
/// });
/// ```
public final class Lock {
    private final Turns line = new Turns();

    /// True from a hand-over on, before the next owner has had its turn. Owner: the loop thread.
    private boolean locked;

    private @Nullable Task<?> owner;

    /// A lock that is free.
    public Lock() {}

    /// Takes the lock, after all who came before.
    ///
    /// @throws dev.heddle.Cancelled if the caller is cancelled; it has not got the lock then
    /// @throws IllegalStateException if the caller has it already
    public void acquire() {
        Task<?> task = Tasks.current("acquire");
        if (owner == task) {
            throw new IllegalStateException(
                    task + " has this lock already, and it is not reentrant");
        }
        if (locked) {
            line.await();
        } else {
            Heddle.checkCancelled();
            locked = true;
        }
        owner = task;
    }

    /// Takes the lock back whatever happens, for a condition that has given it up.
    void acquireShielded() {
        Task<?> task = Tasks.current("acquire");
        if (locked) {
            line.awaitShielded();
        } else {
            locked = true;
        }
        owner = task;
    }

    /// Takes the lock if it is free. Never suspends.
    ///
    /// @return whether the caller has it now
    public boolean tryAcquire() {
        if (locked) {
            return false;
        }
        locked = true;
        owner = Tasks.current("tryAcquire");
        return true;
    }

    /// Gives the lock to the first in line, or back.
    ///
    /// @throws IllegalStateException if the caller does not have it
    public void release() {
        Task<?> task = Tasks.current("release");
        if (owner != task) {
            throw new IllegalStateException(
                    task
                            + " cannot release a lock that "
                            + (owner == null ? "nobody" : owner)
                            + " has");
        }
        owner = null;
        locked = line.give();
    }

    /// Runs a body with the lock.
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

    /// Runs a body that returns nothing with the lock.
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

    /// Who has the lock.
    ///
    /// @return the owner; null if it is free, or on its way to the first in line
    public @Nullable Task<?> owner() {
        return owner;
    }

    /// Whether it is taken.
    ///
    /// @return true if [#tryAcquire] would fail
    public boolean isLocked() {
        return locked;
    }

    /// What the lock has now.
    ///
    /// @return a snapshot
    public Statistics statistics() {
        return new Statistics(locked, owner, line.size());
    }

    /// What a lock has.
    ///
    /// @param locked whether it is taken
    /// @param owner who has it; null if it is free, or on its way to the first in line
    /// @param waiting tasks that wait for it
    public record Statistics(boolean locked, @Nullable Task<?> owner, int waiting) {}
}
