package dev.heddle;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A value that someone will set once, and that any number of tasks can wait for.
///
/// Also a [CompletionStage], so that other libraries can go on with it. May be completed from any
/// thread. The first completion counts; the `try`-methods say whether theirs was it. Tasks that
/// wait are woken in the order in which they came.
///
/// ```java
/// var answer = new Promise<Integer>();
/// thirdParty.onAnswer(answer::complete);
/// int value = answer.await();
/// ```
///
/// @param <T> the value's type
public final class Promise<T extends @Nullable Object> implements Stage<T> {
    /// Null until completed, then set once. Written under the monitor, read without.
    private volatile @Nullable Outcome<T> outcome;

    /// Who waits, first come first; a ring through this sentinel. Guard: the monitor of this
    /// promise, which is held for a few instructions only and never by the carrier.
    private final Waiter waiters = Waiter.sentinel();

    /// A promise that is not completed.
    public Promise() {
        waiters.previous = waiters;
        waiters.next = waiters;
    }

    /// A promise that takes the outcome of a stage of someone else's.
    ///
    /// @param <T> the value's type
    /// @param stage a future of the JDK or of another library
    /// @return a promise completed by the stage
    public static <T extends @Nullable Object> Promise<T> of(CompletionStage<T> stage) {
        Promise<T> promise = new Promise<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                promise.tryComplete(value);
            } else {
                promise.tryFail(unwrapped(failure));
            }
        });
        return promise;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /// Sets the value.
    ///
    /// @param value the value
    /// @throws IllegalStateException if this promise is completed already
    public void complete(T value) {
        if (!tryComplete(value)) {
            throw alreadyCompleted();
        }
    }

    /// Sets the value if nothing is set.
    ///
    /// @param value the value
    /// @return whether this call has set it
    public boolean tryComplete(T value) {
        return settle(new Outcome.Value<>(value));
    }

    /// Sets a failure, which [#await] throws.
    ///
    /// @param failure the failure; a [CancellationException] marks the promise as cancelled
    /// @throws IllegalStateException if this promise is completed already
    public void fail(Throwable failure) {
        if (!tryFail(failure)) {
            throw alreadyCompleted();
        }
    }

    /// Sets a failure if nothing is set.
    ///
    /// @param failure the failure; a [CancellationException] marks the promise as cancelled
    /// @return whether this call has set it
    public boolean tryFail(Throwable failure) {
        return settle(
                failure instanceof CancellationException
                        ? new Outcome.Cancellation<>(failure.getMessage())
                        : new Outcome.Failure<>(failure));
    }

    private IllegalStateException alreadyCompleted() {
        return new IllegalStateException(
                "this promise is completed already: "
                        + outcome
                        + ". Use tryComplete or tryFail"
                        + " where several may complete it.");
    }

    /// Whether there is an outcome.
    ///
    /// @return true once [#await] would not wait
    public boolean isDone() {
        return outcome != null;
    }

    /// Waits for the outcome.
    ///
    /// Cancelling the caller ends the waiting and leaves the promise as it is. A value that is set
    /// in the instant in which the caller is cancelled is delivered.
    ///
    /// @return the value
    /// @throws CancellationException if the promise was cancelled
    /// @throws TaskFailedException if it failed with a checked exception, its cause; unchecked ones
    ///   are thrown as themselves
    /// @throws Cancelled if the caller is cancelled
    /// @throws IllegalStateException if the caller is not in a task
    public T await() {
        awaitOutcome("await");
        return result();
    }

    /// Waits until there is an outcome, whatever it is.
    void awaitOutcome(String operation) {
        Task<?> task = Task.currentFor(operation);
        task.checkCancelled();
        if (outcome == null) {
            awaitOutcome(task);
        }
    }

    private void awaitOutcome(Task<?> task) {
        Waiter waiter = Waiter.of(task);
        task.beginWait();
        try {
            if (!add(waiter)) {
                return;
            }
            while (outcome == null) {
                if (task.scope.isCancelled() && remove(waiter)) {
                    throw task.scope.error();
                }
                task.park();
            }
        } finally {
            task.endWait();
        }
    }

    /// The outcome as a future of the JDK, for other threads and libraries. Cancelling or
    /// completing the future does not reach this promise.
    ///
    /// @return a new future
    @Override
    public CompletableFuture<T> toCompletableFuture() {
        CompletableFuture<T> future = new CompletableFuture<>();
        Waiter waiter = Waiter.of(() -> deliver(future));
        if (!add(waiter)) {
            deliver(future);
        }
        return future;
    }

    private void deliver(CompletableFuture<T> future) {
        Outcome<T> now = outcome;
        switch (now) {
            case null -> throw new AssertionError("woken without an outcome");
            case Outcome.Value<T>(T value) -> future.complete(value);
            case Outcome.Failure<T>(Throwable error) -> future.completeExceptionally(error);
            case Outcome.Cancellation<T>(String reason) ->
                    future.completeExceptionally(new CancellationException(reason));
        }
    }

    /// Opens when there is an outcome: for a thread that is in no task.
    CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        if (!add(Waiter.of(latch::countDown))) {
            latch.countDown();
        }
        return latch;
    }

    /// What [#await] returns or throws, once there is an outcome.
    T result() {
        Outcome<T> now = outcome;
        assert now != null;
        return now.get();
    }

    /// The value, or the failure just as it was thrown.
    ///
    /// @param <X> the checked exception that the one who failed may have thrown
    <X extends Exception> T resultAsThrown() throws X {
        Outcome<T> now = outcome;
        assert now != null;
        if (now instanceof Outcome.Failure<T>(Throwable error)) {
            throw Scopes.<X>sneaky(error);
        }
        return now.get();
    }

    @Nullable Outcome<T> outcome() {
        return outcome;
    }

    /// Unchecked failures are thrown as themselves, checked ones as the cause of one named
    /// exception.
    static Throwable asUnchecked(Throwable error) {
        return error instanceof RuntimeException || error instanceof Error
                ? error
                : new TaskFailedException(error);
    }

    /// Sets the outcome and wakes the waiters.
    ///
    /// @return false if there was an outcome
    private boolean settle(Outcome<T> settled) {
        Waiter first;
        synchronized (this) {
            if (outcome != null) {
                return false;
            }
            outcome = settled;
            first = waiters.next;
            waiters.previous = waiters;
            waiters.next = waiters;
        }
        wakeAll(first);
        return true;
    }

    /// Sets the outcome of the task that owns this promise.
    ///
    /// @return whether anyone waited for it
    boolean complete(Outcome<T> settled) {
        boolean awaited;
        synchronized (this) {
            Waiter waiter = waiters.next;
            while (waiter != null && waiter.watches) {
                waiter = waiter.next;
            }
            awaited = waiter != waiters;
        }
        settle(settled);
        return awaited;
    }

    private void wakeAll(@Nullable Waiter first) {
        Waiter waiter = first;
        while (waiter != null && waiter != waiters) {
            Waiter behind = waiter.next;
            waiter.wake();
            waiter = behind;
        }
    }

    /// Lets a waiter wait.
    ///
    /// @return false if there is an outcome: nothing will wake it
    synchronized boolean add(Waiter waiter) {
        if (outcome != null) {
            return false;
        }
        Waiter last = waiters.previous;
        waiter.previous = last;
        waiter.next = waiters;
        if (last != null) {
            last.next = waiter;
        }
        waiters.previous = waiter;
        return true;
    }

    /// Takes out a waiter that was added, and not removed.
    ///
    /// @return false if there is an outcome: it was woken, or will be
    synchronized boolean remove(Waiter waiter) {
        if (outcome != null) {
            return false;
        }
        Waiter before = waiter.previous;
        Waiter behind = waiter.next;
        if (before != null && behind != null) {
            before.next = behind;
            behind.previous = before;
        }
        return true;
    }

    /// Who waits: a task, or a function that must neither suspend nor throw.
    static final class Waiter {
        private final @Nullable Task<?> task;
        private final @Nullable Runnable callback;

        /// Wants to know of the end, but not what it is: a failure is still nobody's.
        private final boolean watches;

        @Nullable Waiter previous;
        @Nullable Waiter next;

        private Waiter(@Nullable Task<?> task, @Nullable Runnable callback, boolean watches) {
            this.task = task;
            this.callback = callback;
            this.watches = watches;
        }

        static Waiter sentinel() {
            return new Waiter(null, null, false);
        }

        static Waiter of(Task<?> task) {
            return new Waiter(task, null, false);
        }

        static Waiter of(Runnable callback) {
            return new Waiter(null, callback, false);
        }

        static Waiter watching(Runnable callback) {
            return new Waiter(null, callback, true);
        }

        void wake() {
            if (task != null) {
                task.unpark();
            } else if (callback != null) {
                callback.run();
            }
        }
    }
}
