package dev.heddle;

import java.util.HashMap;
import java.util.Map;
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

    /// Tasks that have not said yet that they are ready.
    private @Nullable Map<Task<?>, Start<?>> starting;

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

    /// Adds a task and waits until it says that it is ready: a server that listens, a connection
    /// that is set up.
    ///
    /// ```java
    /// group(g -> {
    ///     int port = g.start(ready -> {
    ///         var server = openServer();
    ///         ready.started(server.port());
    ///         server.serve();
    ///     });
    ///     println("listening on " + port);
    ///     g.cancel();
    /// });
    /// ```
    ///
    /// Until then the task belongs to the caller of this method: its failure is thrown here and
    /// does not fail the group, and if the caller is cancelled, so is the task, and waited for.
    /// From then on it is a task of the group. When it calls `started` in the instant in which the
    /// caller is cancelled, the first of both counts.
    ///
    /// @param <V> what it says it with
    /// @param body what it does; it is given what to call
    /// @return the value it has called `started` with
    /// @throws TaskFailedException if it fails before with a checked exception, its cause;
    ///   unchecked ones are thrown as themselves
    /// @throws java.util.concurrent.CancellationException if it was cancelled before, alone or with
    ///   its group
    /// @throws IllegalStateException if it ends without having called `started`, which names the
    ///   task; or as [#spawn(Body)]
    /// @throws Cancelled if the caller is cancelled
    public <V extends @Nullable Object> V start(StartBody<V, ?> body) {
        return startAndWait(null, body);
    }

    /// Adds a task with a name and waits until it says that it is ready. See [#start(StartBody)].
    ///
    /// @param <V> what it says it with
    /// @param name the task's name
    /// @param body what it does; it is given what to call
    /// @return the value it has called `started` with
    public <V extends @Nullable Object> V start(String name, StartBody<V, ?> body) {
        return startAndWait(name, body);
    }

    private <V extends @Nullable Object> V startAndWait(
            @Nullable String name, StartBody<V, ?> body) {
        Task.currentFor("start").checkCancelled();
        Start<V> start = new Start<>(this);
        Task<?> task = add(name, asBody(() -> body.run(start)));
        if (starting == null) {
            starting = new HashMap<>();
        }
        starting.put(task, start);
        return start.await(task);
    }

    /// From here on the task is this group's.
    void hasStarted(Task<?> task) {
        if (starting != null) {
            starting.remove(task);
        }
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
    void childEnded(Task<?> task, Outcome<?> outcome) {
        alive--;
        if (outcome instanceof Outcome.Cancellation<?> && scope.isCancelled()) {
            taskWasCut = true;
        }
        Start<?> start = starting == null ? null : starting.remove(task);
        if (start == null) {
            rule.ended(this, outcome);
        } else {
            start.ended(outcome);
        }
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
