package dev.heddle;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A coroutine scheduled on an [EventLoop]: ordinary Java code on a virtual thread that runs when
/// its loop comes to it, and gives way where it waits.
///
/// A task always has an owner that outlives it: the [TaskGroup] it was spawned in, or the loop. It
/// ends in one of three ways, and stays so: *done* (its body returned), *failed* (its body threw),
/// or *cancelled* (a [Cancelled] reached its top).
///
/// [#await] is for tasks, of any loop. The other methods may be called from any thread: to the rest
/// of the world a task is a [Future] and a [java.util.concurrent.CompletionStage].
///
/// @param <T> what the task returns
public final class Task<T extends @Nullable Object> extends Strand implements Future<T>, Stage<T> {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final @Nullable String name;
    private final @Nullable SpawnSite site;
    private final @Nullable TaskGroup group;

    /// Null for a stranger, whose body is not ours to run.
    private final @Nullable Body<? extends T, ?> body;

    private final Promise<T> result = new Promise<>();

    private Task(
            EventLoop loop,
            @Nullable String name,
            @Nullable CancelScope parent,
            @Nullable TaskGroup group,
            @Nullable SpawnSite site,
            @Nullable Body<? extends T, ?> body,
            @Nullable Thread thread) {
        super(loop, parent, name, thread);
        this.name = name;
        this.group = group;
        this.site = site;
        this.body = body;
        if (site != null) {
            context = Context.capture();
        }
    }

    static <T extends @Nullable Object> Task<T> of(
            EventLoop loop,
            @Nullable String name,
            CancelScope parent,
            @Nullable TaskGroup group,
            @Nullable SpawnSite site,
            Body<? extends T, ?> body) {
        return new Task<>(loop, name, parent, group, site, body, null);
    }

    /// The task at the top of a loop's tree. Never runs.
    static Task<Void> root(EventLoop loop, String name, Thread thread) {
        return new Task<>(loop, name, null, null, null, null, thread);
    }

    /// A virtual thread that foreign code started inside a task of this loop.
    static Task<Void> stranger(EventLoop loop, CancelScope parent, Thread thread) {
        return new Task<>(loop, "stranger " + thread, parent, null, null, null, thread);
    }

    /// The task that the caller runs in.
    ///
    /// @return the current task, null outside of any loop
    public static @Nullable Task<?> current() {
        LoopThread carrier = LoopThread.carrier();
        return carrier == null ? null : carrier.current;
    }

    /// The task that the caller runs in, or an error that says what to do.
    static Task<?> currentFor(String operation) {
        Task<?> current = current();
        if (current == null) {
            throw new IllegalStateException(
                    operation
                            + " suspends a task, and thread \""
                            + Thread.currentThread().getName()
                            + "\" is not in one. Call it inside Heddle.run(() -> …) or a task that"
                            + " was given to EventLoop.spawn(() -> …).");
        }
        return current;
    }

    /// Waits for this task to end.
    ///
    /// Cancelling the caller ends the waiting, not this task. When this task ends in the instant in
    /// which the caller is cancelled, its result is delivered.
    ///
    /// @return what the task returned
    /// @throws CancellationException if this task was cancelled
    /// @throws TaskFailedException if this task failed with a checked exception, its cause
    /// @throws Cancelled if the caller is cancelled
    /// @throws IllegalStateException if the caller is this task or not in a task
    public T await() {
        refuseOwnEnd();
        return result.await();
    }

    private void refuseOwnEnd() {
        if (current() == this) {
            throw new IllegalStateException(this + " waits for itself, which would never end");
        }
    }

    /// Cancels the scope that this whole task is. Does nothing when the task has ended.
    public void cancel() {
        whole.cancel("the task was cancelled");
    }

    /// Cancels the scope that this whole task is. Does nothing when the task has ended.
    ///
    /// @param reason what [Cancelled#getMessage] will say
    public void cancel(String reason) {
        whole.cancel(reason);
    }

    /// Cancels the scope that this whole task is, as [#cancel()] does.
    ///
    /// @param mayInterruptIfRunning has no effect: a task is always told at its next suspension
    ///   point
    /// @return whether the task had not ended
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean alive = !isDone();
        cancel();
        return alive;
    }

    /// Waits for this task to end; outside of any task it blocks the calling thread.
    ///
    /// @return what the task returned
    /// @throws ExecutionException if the task failed, with the failure as its cause
    /// @throws CancellationException if the task was cancelled
    /// @throws InterruptedException if the calling thread, in no task, is interrupted
    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (current() == null) {
            result.latch().await();
        } else {
            refuseOwnEnd();
            result.awaitOutcome("get");
        }
        return resultForFuture();
    }

    /// Waits for this task to end, but not longer than a limit. The task goes on when it is over.
    ///
    /// @param limit the limit
    /// @param unit its unit
    /// @return what the task returned
    /// @throws java.util.concurrent.TimeoutException if the limit is over
    /// @throws ExecutionException if the task failed, with the failure as its cause
    /// @throws CancellationException if the task was cancelled
    /// @throws InterruptedException if the calling thread, in no task, is interrupted
    @Override
    public T get(long limit, TimeUnit unit)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        boolean over = false;
        if (current() == null) {
            over = !result.latch().await(limit, unit);
        } else {
            refuseOwnEnd();
            try {
                Duration time = Duration.ofNanos(unit.toNanos(limit));
                Scopes.<@Nullable Void, RuntimeException>timeout(
                        time,
                        scope -> {
                            result.awaitOutcome("get");
                            return null;
                        });
            } catch (TimeoutException e) {
                over = true;
            }
        }
        if (over && !isDone()) {
            throw new java.util.concurrent.TimeoutException(
                    this + " has not ended within " + limit + " " + unit);
        }
        return resultForFuture();
    }

    private T resultForFuture() throws ExecutionException {
        if (result.outcome() instanceof Outcome.Failure<T>(Throwable error)) {
            throw new ExecutionException(error);
        }
        return result.result();
    }

    /// Calls a function when this task has ended, or soon if it has: in a callback of this task's
    /// loop, never at once, in the order in which functions were added. It may suspend; what it
    /// throws goes to the [FailureHandler]. It sees the [ContextVar]s of the one who adds it.
    ///
    /// Watching is not awaiting: a failure that nobody awaits is still reported.
    ///
    /// ```java
    /// task("news").onDone(t -> println(t.name() + " has ended"));
    /// ```
    ///
    /// @param callback the function; it is given this task
    /// @throws java.util.concurrent.RejectedExecutionException if this task has ended and its loop
    ///   is closed
    public void onDone(Consumer<? super Task<T>> callback) {
        Callback call = new Callback(() -> callback.accept(this), Context.capture());
        if (!result.add(Promise.Waiter.watching(() -> loop.carrier().ready(call)))
                && !loop.carrier().ready(call)) {
            throw new RejectedExecutionException(
                    this + " has ended, and its " + loop + " is closed: it runs no callbacks more");
        }
    }

    /// The outcome as a future of the JDK. Cancelling that future does not reach this task.
    ///
    /// @return a new future
    @Override
    public CompletableFuture<T> toCompletableFuture() {
        return result.toCompletableFuture();
    }

    /// Whether the task was cancelled, and ended by that.
    ///
    /// @return true if [#await] throws a [CancellationException]
    @Override
    public boolean isCancelled() {
        return result.outcome() instanceof Outcome.Cancellation;
    }

    /// Whether the task has ended, in whichever way.
    ///
    /// @return true once [#await] would not wait
    @Override
    public boolean isDone() {
        return result.isDone();
    }

    /// The outcome as a promise, which other threads can wait for or chain on.
    ///
    /// @return the promise, completed when this task ends
    public Promise<T> promise() {
        return result;
    }

    /// The loop that runs this task.
    ///
    /// @return the loop
    public EventLoop loop() {
        return loop;
    }

    /// The name given at its spawn, else `task-` and a number.
    ///
    /// @return the name
    public String name() {
        return name == null ? "task-" + id : name;
    }

    @Override
    public String toString() {
        return "task \"" + name() + "\"";
    }

    /// Its name, and the line that spawned it.
    String describe() {
        return site == null ? toString() : this + " (spawned at " + site + ")";
    }

    // ---- starting and running ----

    /// Puts the task into the tree and into the ready queue. On the loop thread.
    void start() {
        whole.link();
        try {
            startThread();
        } catch (Throwable e) { // out of memory: it never was
            whole.unlink();
            throw e;
        }
        if (isCounted()) {
            loop.carrier().taskStarted();
        }
    }

    /// The loop's own tasks have no place of spawn, and do not keep it alive.
    private boolean isCounted() {
        return site != null;
    }

    @Override
    void runBody() {
        Outcome<T> outcome;
        try {
            Body<? extends T, ?> toRun = body;
            assert toRun != null;
            context.enter();
            outcome = new Outcome.Value<>(toRun.run());
        } catch (Throwable thrown) {
            outcome = outcomeOf(thrown);
        }
        end(outcome);
    }

    private Outcome<T> outcomeOf(Throwable thrown) {
        if (scope.isCancelled() && scope.isCancellation(thrown)) {
            return new Outcome.Cancellation<>(scope.error().getMessage());
        }
        SpawnSite from = site;
        if (from != null) {
            try {
                from.appendTo(thrown, this);
            } catch (Throwable second) { // its trace is of its own making
                if (second != thrown) {
                    thrown.addSuppressed(second);
                }
            }
        }
        return new Outcome.Failure<>(thrown);
    }

    private void end(Outcome<T> outcome) {
        markEnded();
        try {
            boolean awaited = result.complete(outcome);
            if (group == null && !awaited && outcome instanceof Outcome.Failure<T> failure) {
                loop.reportUnhandled(describe(), failure.error());
            }
        } finally {
            if (group != null) {
                group.childEnded(this, outcome);
            }
            if (isCounted()) {
                loop.carrier().taskEnded();
            }
        }
    }
}
