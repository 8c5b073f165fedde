package dev.heddle;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One platform thread that runs tasks, one at a time, each until it waits.
///
/// Two tasks of a loop never run at the same moment, so what they share needs no lock. They run
/// first in, first out; timers and I/O are looked at after at most 61 turns or 50 µs, whichever
/// comes first.
///
/// Most programs need one loop and get it from [Heddle#run]. Several loops, one a core, are the way
/// to more cores; a task stays on its loop.
///
/// ```java
/// try (var loop = EventLoop.open("background")) {
///     loop.spawn(() -> refreshForEver());
///     int answer = loop.run(() -> compute());
/// }
/// ```
///
/// Methods may be called from any thread unless they say otherwise.
public final class EventLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.heddle");

    private final String name;
    private final Clock clock;
    private final Carrier carrier;
    private final Task<Void> root;
    private volatile FailureHandler failureHandler = EventLoop::log;

    private volatile StallHandler stallHandler = stall -> Watchdog.log(this, stall);

    /// Owner of both: the loop thread.
    final Timers timers;

    private @Nullable Object[] locals = new Object[4];

    /// Written by whoever closes the loop, once.
    private volatile boolean closing;

    private EventLoop(String name, Clock clock) {
        VirtualThreads.check();
        this.name = name;
        this.clock = clock;
        this.carrier = new Carrier(this);
        this.timers = carrier.timers;
        this.root = Task.root(this, "loop " + name, carrier.thread());
    }

    /// Starts a loop on a thread of its own.
    ///
    /// @param name the name of its thread
    /// @return the running loop, to be closed by the caller
    /// @throws IllegalStateException if the JVM flag is missing that lets Heddle schedule virtual
    ///   threads; the message says how to give it
    public static EventLoop open(String name) {
        return open(name, Clock.system());
    }

    /// Starts a loop with a clock of its own.
    ///
    /// @param name the name of its thread
    /// @param clock where its timers take the time from, such as a [VirtualClock]
    /// @return the running loop, to be closed by the caller
    /// @throws IllegalStateException if the JVM flag is missing
    public static EventLoop open(String name, Clock clock) {
        EventLoop loop = new EventLoop(name, clock);
        loop.carrier.thread().start();
        return loop;
    }

    /// The loop that the caller runs on.
    ///
    /// @return the current loop
    /// @throws IllegalStateException if the caller is on none
    public static EventLoop current() {
        LoopThread carrier = LoopThread.carrier();
        if (carrier == null) {
            throw new IllegalStateException(
                    "thread \""
                            + Thread.currentThread().getName()
                            + "\" is not on an event loop. Call this inside Heddle.run(() -> …).");
        }
        return carrier.loop;
    }

    /// Runs a body as a task of this loop and blocks the calling thread until it ends. For threads
    /// that are on no loop; tasks call [Task#await]. When the calling thread is interrupted, the
    /// task is cancelled and still waited for.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws java.util.concurrent.CancellationException if the task was cancelled
    /// @throws IllegalStateException if the caller is on a loop
    /// @throws RejectedExecutionException if this loop is closed
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body) throws X {
        if (LoopThread.carrier() != null) {
            throw new IllegalStateException(
                    "run() blocks its caller, and the caller is on an event loop already: call the"
                            + " body directly, or use EventLoop.spawn(…).await()");
        }
        Task<T> task = Task.of(this, "main", root.whole, null, SpawnSite.here(), body);
        boolean interrupted = false;
        Promise<T> result = task.promise();
        CountDownLatch ended = result.latch();
        submitOrThrow(task::start);
        for (; ; ) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                task.cancel("the thread that called run() was interrupted");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result.<X>resultAsThrown();
    }

    /// Runs a body that returns nothing. See [#run(Body)].
    ///
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @throws X if the body fails
    public <X extends Exception> void run(Action<X> body) throws X {
        this.<@Nullable Void, X>run(() -> {
            body.run();
            return null;
        });
    }

    /// Adds a background task, which belongs to this loop: it is cancelled when the loop closes,
    /// and if it fails while nobody awaits it, the failure goes to the loop's [FailureHandler].
    ///
    /// @param <T> what it returns
    /// @param body what it does
    /// @return the task
    /// @throws RejectedExecutionException if this loop is closed
    public <T extends @Nullable Object> Task<T> spawn(Body<? extends T, ?> body) {
        return add(null, body);
    }

    /// Adds a background task that returns nothing. See [#spawn(Body)].
    ///
    /// @param body what it does
    /// @return the task
    public Task<@Nullable Void> spawn(Action<?> body) {
        return add(null, TaskGroup.asBody(body));
    }

    /// Adds a background task with a name. See [#spawn(Body)].
    ///
    /// @param <T> what it returns
    /// @param taskName the task's name
    /// @param body what it does
    /// @return the task
    public <T extends @Nullable Object> Task<T> spawn(String taskName, Body<? extends T, ?> body) {
        return add(taskName, body);
    }

    /// Adds a background task with a name that returns nothing. See [#spawn(Body)].
    ///
    /// @param taskName the task's name
    /// @param body what it does
    /// @return the task
    public Task<@Nullable Void> spawn(String taskName, Action<?> body) {
        return add(taskName, TaskGroup.asBody(body));
    }

    private <T extends @Nullable Object> Task<T> add(
            @Nullable String taskName, Body<? extends T, ?> body) {
        Task<T> task = Task.of(this, taskName, root.whole, null, SpawnSite.here(), body);
        if (!isCurrent()) {
            submitOrThrow(task::start);
        } else if (closing) {
            throw closed();
        } else {
            task.start();
        }
        return task;
    }

    /// Calls a function at the loop's next turn, after all that is ready now. It runs in a task, so
    /// it may suspend; others then go on. What it throws goes to the [FailureHandler].
    ///
    /// @param body the function
    /// @throws RejectedExecutionException if this loop is closed
    public void callSoon(Runnable body) {
        if (!ready(new Callback(body, Context.capture()))) {
            throw closed();
        }
    }

    /// Calls a function after a delay, as [#callSoon] does. For tasks of this loop and its
    /// callbacks.
    ///
    /// @param delay zero or more
    /// @param body the function
    /// @return lets the call be taken back
    /// @throws IllegalStateException if the caller is not on this loop
    public TimerHandle callLater(Duration delay, Runnable body) {
        if (!isCurrent()) {
            throw new IllegalStateException(
                    "callLater is for callers on loop \""
                            + name
                            + "\". From elsewhere:"
                            + " loop.callSoon(() -> loop.callLater(…)).");
        }
        CallbackTimer timer = new CallbackTimer(this, clock.after(delay), body);
        timers.add(timer);
        return timer;
    }

    /// Sets who is told of failures that nobody awaits. The default logs them as errors.
    ///
    /// @param handler the handler
    public void onUnhandled(FailureHandler handler) {
        failureHandler = handler;
    }

    /// Sets who is told of tasks that hold this loop for more than 100 ms, with the place where
    /// they are at that moment. The default logs them as warnings.
    ///
    /// The limit is the same for all loops, and is set by the system property
    /// `heddle.watchdog.millis`; 0 switches the watchdog off.
    ///
    /// @param handler the handler
    public void onStall(StallHandler handler) {
        stallHandler = handler;
    }

    /// Whether the caller runs on this loop.
    ///
    /// @return true in this loop's tasks and callbacks
    public boolean isCurrent() {
        return carrier.isCurrent();
    }

    /// The name of the loop and of its thread.
    ///
    /// @return the name
    public String name() {
        return name;
    }

    /// Where the loop takes its time from.
    ///
    /// @return the clock
    public Clock clock() {
        return clock;
    }

    /// Counts of what the loop has and has done. Cheap; from another thread, slightly out of date.
    ///
    /// @return a snapshot
    public LoopStatistics statistics() {
        return carrier.statistics();
    }

    /// Cancels all background tasks, waits until every task has ended and stops the thread. Does
    /// nothing when the loop is closed already.
    ///
    /// A task that holds a shield, or that swallows [Cancelled], is waited for as long as it takes.
    ///
    /// @throws IllegalStateException if the caller is on this loop, which would wait for itself
    @Override
    public void close() {
        refuseToCloseFromWithin();
        beginToClose();
        boolean interrupted = false;
        Thread thread = carrier.thread();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "loop \"" + name + "\"";
    }

    // ---- for the rest of the core ----

    void refuseToCloseFromWithin() {
        if (isCurrent()) {
            throw new IllegalStateException(
                    "a task cannot close the loop it runs on: return from the main task instead");
        }
    }

    /// Cancels all background tasks and takes no more, and waits for nothing.
    void beginToClose() {
        if (!closing) {
            closing = true;
            ready(new Callback(() -> root.whole.cancel("loop \"" + name + "\" is closing")));
        }
    }

    /// Refuses callers that are not on this loop.
    void requireCurrent(String operation) {
        if (!isCurrent()) {
            throw new IllegalStateException(
                    operation
                            + ": this belongs to loop \""
                            + name
                            + "\" and is not safe from elsewhere, here from "
                            + Thread.currentThread()
                            + ". Use loop.callSoon(…) or loop.spawn(…) to get there.");
        }
    }

    /// The task that runs now. On the loop thread.
    @Nullable Task<?> running() {
        return carrier.running();
    }

    CancelScope rootScope() {
        return root.whole;
    }

    /// Queues a callback of the core's own, also while closing. From any thread.
    void submit(Runnable body) {
        ready(new Callback(body));
    }

    private void submitOrThrow(Runnable body) {
        if (closing || !ready(new Callback(body))) {
            throw closed();
        }
    }

    private RejectedExecutionException closed() {
        return new RejectedExecutionException("loop \"" + name + "\" is closed");
    }

    /// The inside of this loop.
    Carrier carrier() {
        return carrier;
    }

    /// Hands a node to the loop, from any thread.
    ///
    /// @return false if the loop has stopped
    private boolean ready(Ready node) {
        return carrier.ready(node);
    }

    StallHandler stallHandler() {
        return stallHandler;
    }

    boolean isClosing() {
        return closing;
    }

    @Nullable Object local(int index) {
        return index < locals.length ? locals[index] : null;
    }

    void local(int index, @Nullable Object value) {
        if (index >= locals.length) {
            locals = Arrays.copyOf(locals, Math.max(index + 1, locals.length * 2));
        }
        locals[index] = value;
    }

    /// Tells the handler, in a task of this loop.
    void reportUnhandled(String where, Throwable failure) {
        FailureHandler handler = failureHandler;
        try {
            handler.unhandled(where, failure);
        } catch (Throwable second) {
            if (second != failure) {
                failure.addSuppressed(second);
            }
            log(where, failure);
        }
    }

    private static void log(String where, Throwable failure) {
        LOG.log(Level.ERROR, where + " failed, and nobody awaits it", failure);
    }

    private static final class CallbackTimer extends Timer implements TimerHandle {
        private final EventLoop loop;
        private final Runnable body;
        private final Context context = Context.capture();

        /// Taken back, perhaps while the call stands in the ready queue.
        private boolean cancelled;

        CallbackTimer(EventLoop loop, long deadline, Runnable body) {
            super(deadline);
            this.loop = loop;
            this.body = body;
        }

        @Override
        void fire() {
            loop.carrier.enqueue(new Callback(this::call, context));
        }

        private void call() {
            if (!cancelled) {
                body.run();
            }
        }

        @Override
        public void cancel() {
            if (loop.isCurrent()) {
                cancelHere();
            } else {
                loop.submit(this::cancelHere);
            }
        }

        private void cancelHere() {
            cancelled = true;
            loop.timers.remove(this);
        }
    }
}
