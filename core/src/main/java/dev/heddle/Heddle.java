package dev.heddle;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
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
        sleepUntil(task, task.loop.clock().after(time));
    }

    /// Waits until an instant of the loop's clock; does not look whether it has passed.
    static void sleepUntil(Task<?> task, long instant) {
        Timers timers = task.loop.timers;
        Alarm alarm = new Alarm(task, instant);
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
        return Scopes.timeout(limit, scope -> body.run());
    }

    /// Runs a body that returns nothing with a deadline. See [#timeout(Duration, Body)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param limit how long the body may take
    /// @param body what to do
    /// @throws X if the body fails
    /// @throws TimeoutException if this deadline has cut the body
    public static <X extends Exception> void timeout(Duration limit, Action<X> body) throws X {
        Scopes.<@Nullable Void, X>timeout(
                limit,
                scope -> {
                    body.run();
                    return null;
                });
    }

    /// Runs a body with a deadline that it can set anew. See [CancelScope#reschedule].
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param limit how long the body may take at first; on the loop's clock
    /// @param body what to do; it is given the scope, for itself or others to reschedule or cancel
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws TimeoutException if the deadline has cut the body
    /// @throws Cancelled if [CancelScope#cancel] has cut it
    public static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, ScopeBody<T, X> body) throws X {
        return Scopes.timeout(limit, body);
    }

    /// Runs a body for a while, and goes on behind it when the time is over: what is wanted if it
    /// can be had in time. For a deadline that can be set anew, see [#scope] and
    /// [CancelScope#reschedule].
    ///
    /// ```java
    /// boolean inTime = moveOnAfter(ofMillis(200), () -> warmUp());
    /// ```
    ///
    /// @param <X> the checked exception the body may throw
    /// @param limit how long the body may take; at zero or less it runs to its first suspension
    /// @param body what to do
    /// @return whether the body came to its end, false if the deadline has cut it
    /// @throws X if the body fails
    /// @throws Cancelled if the caller is cancelled
    public static <X extends Exception> boolean moveOnAfter(Duration limit, Action<X> body)
            throws X {
        return Scopes.moveOnAfter(limit, body);
    }

    /// Runs a body for a while, and goes on without its result when the time is over.
    ///
    /// ```java
    /// String title = moveOnAfter(ofMillis(200), () -> fetch("title")).orElse("untitled");
    /// ```
    ///
    /// @param <T> what the body returns, never null
    /// @param <X> the checked exception it may throw
    /// @param limit how long the body may take; at zero or less it runs to its first suspension
    /// @param body what to do
    /// @return its result, empty if the deadline has cut it
    /// @throws X if the body fails
    /// @throws Cancelled if the caller is cancelled
    public static <T, X extends Exception> Optional<T> moveOnAfter(Duration limit, Body<T, X> body)
            throws X {
        return Scopes.moveOnAfter(limit, body);
    }

    /// The instant at which the caller will be cancelled if it does nothing: the earliest deadline
    /// of all scopes around it, up to the next shield. For passing it on, to a database or another
    /// service.
    ///
    /// @return a time on the loop's clock, in nanoseconds; the present one if the caller is
    ///   cancelled, empty if there is no deadline
    public static OptionalLong currentDeadline() {
        return Task.currentFor("currentDeadline").scope.effectiveDeadline();
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
    /// There is a variant for bodies that return nothing. A body that could be meant for both,
    /// since it is a single call or never ends, says which by the type of its parameter:
    /// `group((TaskGroup g) -> serve(g))`.
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
        return TaskGroup.run(GroupRule.FAILURES_CANCEL, body);
    }

    /// Runs a group whose body returns nothing. See [#group(GroupBody)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param body what to do; it is given the open group
    /// @throws X if the body fails
    public static <X extends Exception> void group(GroupAction<X> body) throws X {
        TaskGroup.<@Nullable Void, X>run(
                GroupRule.FAILURES_CANCEL,
                g -> {
                    body.run(g);
                    return null;
                });
    }

    /// Runs several bodies at once, each in a task, to their ends, however they end.
    ///
    /// If the caller is cancelled, so are they; failures that were there are then suppressed in the
    /// [Cancelled] that is thrown. When all have returned in spite of that, their outcomes count.
    ///
    /// @param <T> what they return
    /// @param bodies what to do; one that is there twice runs twice
    /// @return how each has ended, in the order of `bodies`
    /// @throws Cancelled if the caller is cancelled
    public static <T extends @Nullable Object> List<Outcome<T>> gather(
            List<? extends Body<? extends T, ?>> bodies) {
        return Together.gather(bodies);
    }

    /// Runs several bodies at once to their ends. See [#gather(List)].
    ///
    /// @param <T> what they return
    /// @param bodies what to do
    /// @return how each has ended, in the order of `bodies`
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<Outcome<T>> gather(
            Body<? extends T, ?>... bodies) {
        return Together.gather(List.of(bodies));
    }

    /// Runs several bodies at once, each in a task, and waits for all their results. The first
    /// failure cancels the rest.
    ///
    /// ```java
    /// var pages = all(() -> fetch("news"), () -> fetch("weather"));
    /// println(pages.getFirst());
    /// ```
    ///
    /// @param <T> what they return
    /// @param bodies what to do; one that is there twice runs twice
    /// @return the results, in the order of `bodies`
    /// @throws TaskFailedException if one fails with a checked exception, its cause; unchecked ones
    ///   are thrown as themselves, each with those that came after it suppressed
    /// @throws java.util.concurrent.CancellationException if the task of one was cancelled alone
    /// @throws Cancelled if the caller is cancelled
    public static <T extends @Nullable Object> List<T> all(
            List<? extends Body<? extends T, ?>> bodies) {
        return Together.all(bodies);
    }

    /// Runs several bodies at once and waits for all their results. See [#all(List)].
    ///
    /// @param <T> what they return
    /// @param bodies what to do
    /// @return the results, in the order of `bodies`
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<T> all(Body<? extends T, ?>... bodies) {
        return Together.all(List.of(bodies));
    }

    /// Runs several bodies at once, each in a task, and returns the first result. The others are
    /// cancelled and waited for.
    ///
    /// Exceptions of those that lose are not reported: that one way fails is why there are others.
    /// An [Error] is a defect, and goes to the [FailureHandler]. A loser that returns all the same,
    /// because it had its value or could not be stopped, has its value closed if that is
    /// [AutoCloseable] and not the winner's; [#firstOf(List, Consumer)] lets you decide that.
    ///
    /// The first is the one that had its turn first. A result that is there is returned, also when
    /// the caller is cancelled meanwhile.
    ///
    /// ```java
    /// String page = firstOf(() -> fetch("mirror-1"), () -> fetch("mirror-2"));
    /// ```
    ///
    /// @param <T> what they return
    /// @param bodies what to try, at least one
    /// @return the first result
    /// @throws TaskFailedException if all fail, and the first with a checked exception, its cause;
    ///   an unchecked one is thrown as itself, with the others suppressed in the order of their
    ///   coming. To be cancelled alone counts as a failure.
    /// @throws Cancelled if the caller is cancelled before there is a result
    /// @throws IllegalArgumentException if `bodies` is empty
    public static <T extends @Nullable Object> T firstOf(
            List<? extends Body<? extends T, ?>> bodies) {
        return new Race<T>(bodies, null, Race::close).run();
    }

    /// Returns the first result of several bodies. See [#firstOf(List)].
    ///
    /// @param <T> what they return
    /// @param bodies what to try, at least one
    /// @return the first result
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> T firstOf(Body<? extends T, ?>... bodies) {
        return new Race<T>(List.of(bodies), null, Race::close).run();
    }

    /// Returns the first result of several bodies. See [#firstOf(List)].
    ///
    /// @param <T> what they return
    /// @param bodies what to try, at least one
    /// @param release takes each value that came too late, in the caller's task and shielded; what
    ///   it throws goes to the [FailureHandler]
    /// @return the first result
    public static <T extends @Nullable Object> T firstOf(
            List<? extends Body<? extends T, ?>> bodies, Consumer<? super T> release) {
        return new Race<T>(bodies, null, release).run();
    }

    /// Like [#firstOf(List)], but starts with one, and the next when one has failed or the delay is
    /// over: ways to one thing in the order of preference, as the "happy eyeballs" of RFC 8305.
    ///
    /// ```java
    /// String page = staggered(ofMillis(250), List.of(() -> fetch("near"), () -> fetch("far")));
    /// ```
    ///
    /// @param <T> what they return
    /// @param delay how long to wait for the last that was started; zero or less starts all at once
    /// @param bodies what to try, the best first, at least one
    /// @return the first result
    /// @throws Cancelled if the caller is cancelled before there is a result
    /// @throws IllegalArgumentException if `bodies` is empty
    public static <T extends @Nullable Object> T staggered(
            Duration delay, List<? extends Body<? extends T, ?>> bodies) {
        return new Race<T>(bodies, delay, Race::close).run();
    }

    /// Like [#staggered(Duration, List)], and says what becomes of values that come too late.
    ///
    /// @param <T> what they return
    /// @param delay how long to wait for the last that was started
    /// @param bodies what to try, the best first, at least one
    /// @param release takes each value that came too late; see [#firstOf(List, Consumer)]
    /// @return the first result
    public static <T extends @Nullable Object> T staggered(
            Duration delay,
            List<? extends Body<? extends T, ?>> bodies,
            Consumer<? super T> release) {
        return new Race<T>(bodies, delay, release).run();
    }

    /// Hands out tasks in the order in which they end, whoever runs them: the loop's own, and those
    /// of other loops.
    ///
    /// ```java
    /// var tasks = List.of(task("news"), task("weather"));
    /// for (var task : asCompleted(tasks)) {
    ///     println(task.name() + ": " + task.await());
    /// }
    /// ```
    ///
    /// @param <T> what they return
    /// @param tasks the tasks; one that is there twice is handed out once
    /// @return the same tasks; `next` suspends until one has ended, and throws [Cancelled] if the
    ///   caller is cancelled before
    public static <T extends @Nullable Object> Completions<T> asCompleted(
            Collection<? extends Task<? extends T>> tasks) {
        return new Completions<>(tasks);
    }

    /// Maps the items of a source, several at once, each in a task. The first failure, of the
    /// source too, cancels the rest.
    ///
    /// The next item is taken when there is a place for it, so a source may be long and may
    /// suspend; only the results are kept.
    ///
    /// ```java
    /// List<String> pages = mapConcurrently(List.of("news", "weather"), 8, name -> fetch(name));
    /// ```
    ///
    /// @param <A> what the source has
    /// @param <B> what becomes of it
    /// @param source the items; gone through by the caller's task
    /// @param limit how many at most at a time, 1 or more
    /// @param mapper what to do with each
    /// @return the results, in the order of the source
    /// @throws TaskFailedException if one fails with a checked exception, its cause; unchecked ones
    ///   are thrown as themselves
    /// @throws java.util.concurrent.CancellationException if the task of one was cancelled alone
    /// @throws Cancelled if the caller is cancelled
    public static <A extends @Nullable Object, B extends @Nullable Object> List<B> mapConcurrently(
            Iterable<? extends A> source, int limit, Mapper<? super A, ? extends B, ?> mapper) {
        return Workforce.<A, B>map(source, limit, mapper);
    }

    /// Visits the items of a source, several at once, each in a task. The first failure, of the
    /// source too, cancels the rest.
    ///
    /// Keeps nothing but what is being visited, so the source may be endless.
    ///
    /// ```java
    /// forEachConcurrently(List.of("news", "weather"), 8, name -> store(name, fetch(name)));
    /// ```
    ///
    /// @param <A> what the source has
    /// @param source the items; gone through by the caller's task, each when there is a place for
    ///   it
    /// @param limit how many at most at a time, 1 or more
    /// @param visitor what to do with each
    /// @throws TaskFailedException if one fails with a checked exception, its cause; unchecked ones
    ///   are thrown as themselves
    /// @throws java.util.concurrent.CancellationException if the task of one was cancelled alone
    /// @throws Cancelled if the caller is cancelled
    public static <A extends @Nullable Object> void forEachConcurrently(
            Iterable<? extends A> source, int limit, Visitor<? super A, ?> visitor) {
        Workforce.<A>forEach(source, limit, visitor);
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
