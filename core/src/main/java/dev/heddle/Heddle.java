package dev.heddle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The words of the language: meant for `import static dev.heddle.Heddle.*`.
///
/// ```java
/// void main() {
///     run(() -> {
///         var sum = timeout(Duration.ofSeconds(5), () -> group(g -> {
///             var a = g.spawn(() -> slowly(1));
///             var b = g.spawn(() -> slowly(2));
///             return a.await() + b.await();
///         }));
///         System.out.println(sum);
///     });
/// }
/// ```
///
/// All but [#run] are for tasks.
public final class Heddle {
    private Heddle() {}

    /// Runs a program: starts a loop, runs `main` as its main task, and closes the loop when that
    /// ends. Background tasks that are left are cancelled and waited for.
    ///
    /// @param <T> what the program returns
    /// @param <X> the checked exception it may throw
    /// @param main the program
    /// @return what it returned
    /// @throws X if it fails
    /// @throws IllegalStateException if the caller is on a loop already, or the JVM flag is missing
    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main)
            throws X {
        if (LoopThread.carrier() != null) {
            throw new IllegalStateException(
                    "run() starts a loop and blocks its caller, and the caller is on one already:"
                            + " call the body directly, or spawn it");
        }
        try (EventLoop loop = EventLoop.open("heddle")) {
            return loop.run(main);
        }
    }

    /// Runs a program that returns nothing. See [#run(Body)].
    ///
    /// @param <X> the checked exception it may throw
    /// @param main the program
    /// @throws X if it fails
    public static <X extends Exception> void run(Action<X> main) throws X {
        Heddle.<@Nullable Void, X>run(() -> {
            main.run();
            return null;
        });
    }

    /// Waits for a while. Zero or less gives each ready task a turn first, and that is all.
    ///
    /// @param time how long; on the loop's clock
    /// @throws Cancelled if the caller is cancelled before the time is over
    public static void sleep(Duration time) {
        Task<?> task = Task.currentFor("sleep");
        if (time.isNegative() || time.isZero()) {
            checkpoint();
            return;
        }
        task.checkCancelled();
        Timers timers = task.loop.timers;
        Alarm alarm = new Alarm(task, task.loop.clock().after(time));
        timers.add(alarm);
        task.beginWait();
        if (!task.awaitSignal()) {
            timers.remove(alarm);
            throw task.scope.error();
        }
    }

    private static final class Alarm extends Timer {
        private final Task<?> task;

        Alarm(Task<?> task, long deadline) {
            super(deadline);
            this.task = task;
        }

        @Override
        void fire() {
            task.signal();
        }
    }

    /// Gives each ready task a turn first: for long computations that must stay on the loop.
    ///
    /// @throws Cancelled if the caller is cancelled
    @SuppressWarnings(
            "ThreadPriorityCheck") // the scheduler is ours: to yield is to queue behind all
    public static void checkpoint() {
        Task<?> task = Task.currentFor("checkpoint");
        task.checkCancelled();
        Thread.yield();
        task.checkCancelled();
    }

    /// Throws if the caller is cancelled; never gives way. For operations that may finish at once,
    /// and for long computations that should notice.
    ///
    /// @throws Cancelled if the caller is cancelled
    public static void checkCancelled() {
        Task.currentFor("checkCancelled").checkCancelled();
    }

    /// Counts an operation that has finished without waiting, and gives way after 61 of them in a
    /// row: for streams and the like, so that a source that always has something does not keep the
    /// loop.
    ///
    /// @throws Cancelled if the caller is cancelled and it was its turn to give way
    public static void cooperate() {
        Task<?> task = Task.currentFor("cooperate");
        if (task.loop.carrier().isSliceUsedUp()) {
            checkpoint();
        }
    }

    /// Runs a body with a deadline.
    ///
    /// When the time is over, every suspension point in the body throws [Cancelled] until the body
    /// is left. If it returns all the same, its result counts. With a limit of zero or less it runs
    /// to its first suspension point.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param limit how long the body may take; on the loop's clock
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws TimeoutException if this deadline, and not an outer cancellation, has cut the body
    public static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, Body<T, X> body) throws X {
        return Scopes.timeout(limit, body);
    }

    /// Runs a body that returns nothing with a deadline. See [#timeout(Duration, Body)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param limit how long the body may take
    /// @param body what to do
    /// @throws X if the body fails
    /// @throws TimeoutException if this deadline has cut the body
    public static <X extends Exception> void timeout(Duration limit, Action<X> body) throws X {
        Scopes.<@Nullable Void, X>timeout(limit, asBody(body));
    }

    /// Runs a body that cancellation from outside does not reach, such as clean-up that has to
    /// wait. It delays the cancellation: the first suspension point behind the shield throws.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    public static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body)
            throws X {
        return Scopes.shield(body);
    }

    /// Runs a shielded body that returns nothing. See [#shield(Body)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param body what to do
    /// @throws X if the body fails
    public static <X extends Exception> void shield(Action<X> body) throws X {
        Scopes.<@Nullable Void, X>shield(asBody(body));
    }

    /// Runs a shielded body with a deadline of its own: clean-up that must not take for ever.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param limit how long the body may take
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws TimeoutException if the deadline has cut the body
    public static <T extends @Nullable Object, X extends Exception> T shield(
            Duration limit, Body<T, X> body) throws X {
        return Scopes.shield(limit, body);
    }

    /// Runs a shielded body that returns nothing, with a deadline. See [#shield(Duration, Body)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param limit how long the body may take
    /// @param body what to do
    /// @throws X if the body fails
    /// @throws TimeoutException if the deadline has cut the body
    public static <X extends Exception> void shield(Duration limit, Action<X> body) throws X {
        Scopes.<@Nullable Void, X>shield(limit, asBody(body));
    }

    /// Runs a body that others can cancel as a whole, and goes on behind it.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do; it is given the scope
    /// @return the result of the body, null if the scope was cancelled and has cut it
    /// @throws X if the body fails
    public static <T extends @Nullable Object, X extends Exception> @Nullable T scope(
            ScopeBody<T, X> body) throws X {
        return Scopes.scope(body);
    }

    /// Runs a body that may spawn tasks, and waits for all of them. See [TaskGroup].
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do; it is given the open group
    /// @return the result of the body, null if [TaskGroup#cancel] has cut it
    /// @throws X if the body fails
    /// @throws TaskFailedException if a task fails with a checked exception, its cause; unchecked
    ///   ones are thrown as themselves
    public static <T extends @Nullable Object, X extends Exception> T group(GroupBody<T, X> body)
            throws X {
        return TaskGroup.run(body);
    }

    /// Runs a group whose body returns nothing. See [#group(GroupBody)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param body what to do; it is given the open group
    /// @throws X if the body fails
    public static <X extends Exception> void group(GroupAction<X> body) throws X {
        TaskGroup.<@Nullable Void, X>run(g -> {
            body.run(g);
            return null;
        });
    }

    /// Runs a body on a thread of the bounded worker pool and waits for it: for what the JDK cannot
    /// suspend, such as files and native code, and for long computations.
    ///
    /// Cancelling the caller takes the body out of the queue; once it runs, it is waited for, and
    /// its result is delivered.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do; it is in no task, so it cannot call what suspends
    /// @return the result of the body
    /// @throws X if the body fails; its trace goes on with the frames of the caller
    /// @throws Cancelled if the caller was cancelled before the body began
    public static <T extends @Nullable Object, X extends Exception> T offload(Body<T, X> body)
            throws X {
        return Workers.offload(body, false);
    }

    /// Runs a body that returns nothing on a worker. See [#offload(Body)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param body what to do
    /// @throws X if the body fails
    public static <X extends Exception> void offload(Action<X> body) throws X {
        Workers.<@Nullable Void, X>offload(asBody(body), false);
    }

    /// Like [#offload(Body)], for a body that reacts to interrupts: cancelling the caller
    /// interrupts the worker and waits for the body to give up.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws Cancelled if the caller was cancelled, and the body did not begin or gave up because
    ///   of it
    public static <T extends @Nullable Object, X extends Exception> T offloadInterruptibly(
            Body<T, X> body) throws X {
        return Workers.offload(body, true);
    }

    private static <X extends Exception> Body<@Nullable Void, X> asBody(Action<X> action) {
        return () -> {
            action.run();
            return null;
        };
    }
}
