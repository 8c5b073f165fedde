package dev.heddle.sync;

import dev.heddle.Body;
import dev.heddle.Heddle;
import dev.heddle.Task;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A number of tokens that tasks borrow, which can be changed while it is in use: for a limit on
/// how much of something is done at a time.
///
/// Unlike a [Semaphore] it knows who has borrowed: a borrower has one token at most, and nobody can
/// give back what another has.
public final class CapacityLimiter {
    private final Turns line = new Turns();

    // Owner of these: the loop thread.
    private final Set<Object> borrowers = new HashSet<>();

    /// Given to the first in line, and not yet in its hands.
    private int onTheWay;

    private int total;

    /// A limiter.
    ///
    /// @param total how many tokens there are, one or more
    /// @throws IllegalArgumentException if there is none
    public CapacityLimiter(int total) {
        setTotal(total);
    }

    /// Changes the number of tokens. With more, waiting tasks go on; with fewer, borrowed ones stay
    /// borrowed until they are given back.
    ///
    /// @param tokens the new number, one or more
    /// @throws IllegalArgumentException if it is less than one
    public void setTotal(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens < 1: " + tokens);
        }
        total = tokens;
        giveOut();
    }

    /// Borrows a token for the current task.
    ///
    /// @throws dev.heddle.Cancelled if the caller is cancelled; it has no token then
    /// @throws IllegalStateException if the task has one already
    public void acquire() {
        acquireFor(Tasks.current("acquire"));
    }

    /// Borrows a token for someone, who may give it back from another task.
    ///
    /// @param borrower who has the token then
    /// @throws dev.heddle.Cancelled if the caller is cancelled
    /// @throws IllegalStateException if the borrower has one already
    public void acquireFor(Object borrower) {
        if (borrowers.contains(borrower)) {
            throw new IllegalStateException(borrower + " has borrowed a token already");
        }
        Heddle.checkCancelled();
        if (isFree()) {
            borrowers.add(borrower);
            return;
        }
        line.await();
        onTheWay--;
        borrowers.add(borrower);
    }

    /// Borrows a token for the current task if there is one.
    ///
    /// @return whether the task has one now
    public boolean tryAcquire() {
        Task<?> task = Tasks.current("tryAcquire");
        return isFree() && borrowers.add(task);
    }

    /// Gives the current task's token back.
    ///
    /// @throws IllegalStateException if the task has none
    public void release() {
        releaseFor(Tasks.current("release"));
    }

    /// Gives someone's token back.
    ///
    /// @param borrower who has the token
    /// @throws IllegalStateException if the borrower has none
    public void releaseFor(Object borrower) {
        if (!borrowers.remove(borrower)) {
            throw new IllegalStateException(borrower + " has borrowed no token of this limiter");
        }
        giveOut();
    }

    /// Runs a body with a token.
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

    private boolean isFree() {
        return borrowers.size() + onTheWay < total;
    }

    private void giveOut() {
        while (isFree() && line.give()) {
            onTheWay++;
        }
    }

    /// What the limiter has now.
    ///
    /// @return a snapshot
    public Statistics statistics() {
        return new Statistics(total, borrowers.size() + onTheWay, line.size());
    }

    /// What a limiter has.
    ///
    /// @param total all tokens
    /// @param borrowed those that are borrowed
    /// @param waiting tasks that wait for one
    public record Statistics(int total, int borrowed, int waiting) {}
}
