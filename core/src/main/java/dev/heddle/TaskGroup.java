package dev.heddle;

import org.jspecify.annotations.Nullable;

/// Tasks that live and end together, opened by [Heddle#group].
///
/// The group ends when its body and all its tasks have ended. The first failure, of the body or of
/// a task, cancels the rest and is thrown by the group, with the others suppressed. Tasks may be
/// added while the group is open, by its body or by any of its tasks, and not after it was
/// cancelled.
///
/// All methods are for tasks of the group's loop.
public final class TaskGroup {
    private final Task<?> host;
    private final CancelScope scope;
    private final GroupRule rule;

    /// Owner of all below: the loop thread.
    private int alive;

    private boolean closed;
    private boolean hostWaits;

    /// A task ended by the cancellation of this group, or of what is around it.
    private boolean taskWasCut;

    private @Nullable Throwable failure;

    private TaskGroup(Task<?> host, CancelScope scope, GroupRule rule) {
        this.host = host;
        this.scope = scope;
        this.rule = rule;
    }

    /// Adds a task, which gets its first turn after those that are ready now.
    ///
    /// @param <T> what it returns
    /// @param body what it does
    /// @return the task
    /// @throws IllegalStateException if the group has ended or was cancelled, or the caller is on
    ///   another loop
    /// @throws Cancelled if the caller itself is cancelled
    public <T extends @Nullable Object> Task<T> spawn(Body<? extends T, ?> body) {
        return add(null, body);
    }

    /// Adds a task that returns nothing. See [#spawn(Body)].
    ///
    /// @param body what it does
    /// @return the task
    public Task<@Nullable Void> spawn(Action<?> body) {
        return add(null, asBody(body));
    }

    /// Adds a task with a name, which its traces show. See [#spawn(Body)].
    ///
    /// @param <T> what it returns
    /// @param name the task's name
    /// @param body what it does
    /// @return the task
    public <T extends @Nullable Object> Task<T> spawn(String name, Body<? extends T, ?> body) {
        return add(name, body);
    }

    /// Adds a task with a name that returns nothing. See [#spawn(Body)].
    ///
    /// @param name the task's name
    /// @param body what it does
    /// @return the task
    public Task<@Nullable Void> spawn(String name, Action<?> body) {
        return add(name, asBody(body));
    }

    /// Cancels the body and all tasks of this group. The group then ends without a failure of its
    /// own.
    public void cancel() {
        scope.cancel("its group was cancelled");
    }

    /// The scope that the body and all tasks are in.
    ///
    /// @return the scope
    public CancelScope scope() {
        return scope;
    }

    static Body<@Nullable Void, Exception> asBody(Action<?> action) {
        return () -> {
            action.run();
            return null;
        };
    }

    private <T extends @Nullable Object> Task<T> add(
            @Nullable String name, Body<? extends T, ?> body) {
        if (!scope.loop.isCurrent()) {
            throw new IllegalStateException(
                    "this group belongs to loop \""
                            + scope.loop.name()
                            + "\", and the caller is not on it. From elsewhere, use"
                            + " EventLoop.spawn.");
        }
        if (closed) {
            throw new IllegalStateException(
                    "this group has ended: spawn inside its body or in one of its tasks");
        }
        if (scope.isCancelled()) {
            Task.currentFor("spawn").checkCancelled();
            throw new IllegalStateException(
                    "this group is cancelled and takes no more tasks", scope.error());
        }
        Task<T> task = Task.of(scope.loop, name, scope, this, SpawnSite.here(), body);
        task.start();
        alive++;
        return task;
    }

    /// A task of this group has ended; on its own thread.
    void childEnded(Outcome<?> outcome) {
        alive--;
        if (outcome instanceof Outcome.Cancellation<?> && scope.isCancelled()) {
            taskWasCut = true;
        }
        rule.ended(this, outcome);
        if (alive == 0 && hostWaits) {
            host.signal();
        }
    }

    /// Keeps the first failure, hangs the others to it, and cancels what is left.
    void record(Throwable error) {
        Throwable first = failure;
        if (first == null) {
            failure = error;
            scope.cancel(
                    "another task of its group failed: " + TaskFailedException.describe(error));
        } else if (!isSame(first, error)) {
            first.addSuppressed(error);
        }
    }

    // The body that awaits a failed task throws that task's failure again, perhaps wrapped.
    private static boolean isSame(Throwable first, Throwable error) {
        return unwrapped(first) == unwrapped(error);
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof TaskFailedException && cause != null ? cause : error;
    }

    /// Runs the body of a group on the caller's own stack.
    @SuppressWarnings("NullAway") // null when cut by cancel(), as group() says
    static <T extends @Nullable Object, X extends Exception> T run(
            GroupRule rule, GroupBody<T, X> body) throws X {
        Task<?> host = Task.currentFor("group");
        CancelScope scope = CancelScope.enter(host, false);
        TaskGroup group = new TaskGroup(host, scope, rule);
        T value = null;
        Throwable outerCut = null;
        try {
            value = body.run(group);
        } catch (Throwable thrown) {
            // A Cancelled that was kept from somewhere else is a failure like any other.
            if (!scope.isCancelled() || !scope.isCancellation(thrown)) {
                group.record(thrown);
            } else if (!scope.consumes(thrown)) {
                outerCut = thrown;
            }
        }
        group.awaitChildren();
        if (outerCut == null && group.taskWasCut && scope.isCancelledFromOutside()) {
            // The body has returned, its group has not done its work: that is no result.
            outerCut = scope.error();
        }
        scope.exit();
        Throwable thrown = group.failure != null ? group.failure : outerCut;
        if (thrown != null) {
            throw Scopes.<X>sneaky(thrown);
        }
        return value;
    }

    private void awaitChildren() {
        // Again, because others may add tasks between the end of the last one and this task's turn.
        while (alive > 0) {
            hostWaits = true;
            host.beginWait();
            host.awaitSignalShielded();
            hostWaits = false;
        }
        closed = true;
    }
}
