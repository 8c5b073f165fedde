package dev.heddle;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One call of [TaskGroup#start]: a task that is not its group's business until it has said that it
/// is ready. Owner of all fields: the loop thread.
final class Start<V extends @Nullable Object> implements Started<V> {
    /// ```
    /// STARTING ──started──▶ STARTED
    ///     └──the task has ended, or the caller was cancelled──▶ OVER
    /// ```
    private enum State {
        STARTING,
        STARTED,
        OVER
    }

    private State state = State.STARTING;
    private boolean called;
    private final Suspension<@Nullable Void> starter = Suspension.ofCurrent();
    private final TaskGroup group;
    private @Nullable Task<?> task;
    private @Nullable V value;
    private @Nullable Outcome<?> end;

    /// While the cancelled caller waits for the task's end.
    private @Nullable Suspension<@Nullable Void> leaver;

    Start(TaskGroup group) {
        this.group = group;
    }

    @Override
    public void started(V ready) {
        Task<?> child = task;
        if (child == null || Task.current() != child) {
            throw new IllegalStateException(
                    "started() is for " + child + " itself, and was called by " + Task.current());
        }
        if (called) {
            throw new IllegalStateException(child + " has called started() already");
        }
        called = true;
        if (state == State.STARTING && starter.resume(null)) {
            state = State.STARTED;
            value = ready;
            group.hasStarted(child);
        }
    }

    /// The task has ended, and had not started.
    void ended(Outcome<?> outcome) {
        end = outcome;
        if (leaver != null) {
            boolean ignored = leaver.resume(null);
        } else {
            boolean ignored = starter.resume(null);
        }
    }

    /// On the task of the caller of start.
    @SuppressWarnings("NullAway") // set by started, and as nullable as V
    V await(Task<?> child) {
        task = child;
        try {
            starter.await();
        } catch (Cancelled cancelled) {
            leave(child);
            throw cancelled;
        }
        if (state == State.STARTED) {
            return value;
        }
        state = State.OVER;
        throw failure(child);
    }

    /// The caller is cancelled: so is the task, and a failure of its clean-up counts more.
    private void leave(Task<?> child) {
        state = State.OVER;
        if (end == null) {
            child.cancel("who waited for its start was cancelled");
            leaver = Suspension.ofCurrent();
            leaver.awaitShielded();
        }
        if (end instanceof Outcome.Failure<?>(Throwable error)) {
            throw Scopes.<RuntimeException>sneaky(Promise.asUnchecked(error));
        }
    }

    private RuntimeException failure(Task<?> child) {
        return switch (end) {
            case Outcome.Failure<?>(Throwable error) ->
                    Scopes.<RuntimeException>sneaky(Promise.asUnchecked(error));
            case Outcome.Cancellation<?>(String reason) ->
                    new CancellationException(
                            child.describe() + " was cancelled before it had started: " + reason);
            case Outcome.Value<?> ignored ->
                    new IllegalStateException(
                            child.describe()
                                    + " has ended without calling started(): call it when the"
                                    + " task is ready, or use spawn");
            case null -> throw new AssertionError("woken without an end");
        };
    }
}
