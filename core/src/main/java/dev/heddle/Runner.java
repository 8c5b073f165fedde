package dev.heddle;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A loop for several runs, one after the other: for programs that call into Heddle now and then,
/// for prompts and tests, and for programs that want Ctrl-C to cancel them.
///
/// ```java
/// try (var runner = Runner.open()) {
///     String user = runner.run(() -> fetch("user"));
///     runner.run(() -> println("hello " + user));
/// }
/// ```
///
/// What a run sets in a [ContextVar], the next one sees; background tasks go on between two runs if
/// they can, and are cancelled by [#close]. A single run is [Heddle#run].
///
/// With [Options#withSignals], the first Ctrl-C (`SIGINT`) or `SIGTERM` during a run cancels its
/// main task, so that each `finally` runs and the program ends in good order; the second ends the
/// process at once, with exit code 130 or 143. Without, and between runs, signals do what they did
/// before. [Signals#awaitTermination] takes precedence while a task waits there.
///
/// For threads that are on no loop, one run at a time.
public final class Runner implements AutoCloseable {
    /// How a runner is made; `with…` makes a changed copy.
    ///
    /// @param name the name of the loop and its thread
    /// @param clock where the loop takes its time from
    /// @param signals whether Ctrl-C and `SIGTERM` cancel a run
    public record Options(String name, Clock clock, boolean signals) {
        /// A loop called `heddle`, the system's clock, signals left alone.
        public static final Options DEFAULT = new Options("heddle", Clock.system(), false);

        /// With another name.
        ///
        /// @param other the name of the loop and its thread
        /// @return changed options
        public Options withName(String other) {
            return new Options(other, clock, signals);
        }

        /// With another clock.
        ///
        /// @param other where the loop takes its time from
        /// @return changed options
        public Options withClock(Clock other) {
            return new Options(name, other, signals);
        }

        /// Lets Ctrl-C and `SIGTERM` cancel a run, and their second end the process. For the one
        /// runner of a program; a second that runs at the same time is refused.
        ///
        /// @return changed options
        public Options withSignals() {
            return new Options(name, clock, true);
        }
    }

    private final EventLoop loop;
    private final boolean signals;

    /// Guard: compare-and-set; whoever has set it owns `kept`.
    private final AtomicBoolean running = new AtomicBoolean();

    /// What the last run has left in context variables; null before the first.
    private @Nullable Context kept;

    /// Written when a signal comes.
    private volatile int exitCode;

    private Runner(Options options) {
        this.loop = EventLoop.open(options.name(), options.clock());
        this.signals = options.signals();
    }

    /// Opens a runner with the default options.
    ///
    /// @return the runner, to be closed by the caller
    /// @throws IllegalStateException if the JVM flag is missing
    public static Runner open() {
        return open(Options.DEFAULT);
    }

    /// Opens a runner.
    ///
    /// @param options how
    /// @return the runner, to be closed by the caller
    /// @throws IllegalStateException if the JVM flag is missing
    public static Runner open(Options options) {
        return new Runner(options);
    }

    /// The loop that all runs are on.
    ///
    /// @return the loop
    public EventLoop loop() {
        return loop;
    }

    /// Runs a body as the main task and blocks the calling thread until it ends. See
    /// [EventLoop#run(Body)].
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws java.util.concurrent.CancellationException if it was cancelled, by a signal perhaps:
    ///   the message says which
    /// @throws IllegalStateException if the caller is on a loop, another run is in progress, or
    ///   another runner has the signals
    /// @throws java.util.concurrent.RejectedExecutionException if this runner is closed
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body) throws X {
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "this runner runs something already: use one for each thread, or spawn on its"
                            + " loop()");
        }
        try {
            if (!signals) {
                return loop.run(() -> inKeptContext(body));
            }
            exitCode = 0;
            try (var stop = new StopSignals(code -> exitCode = code)) {
                return loop.run(() -> {
                    Task<?> main = Task.currentFor("run");
                    stop.cancels(main);
                    return inKeptContext(body);
                });
            }
        } finally {
            running.set(false);
        }
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

    private <T extends @Nullable Object, X extends Exception> T inKeptContext(Body<T, X> body)
            throws X {
        if (kept != null) {
            Context.become(kept);
        }
        try {
            return body.run();
        } finally {
            kept = Context.current();
        }
    }

    /// What the process should exit with, by convention, after the last run.
    ///
    /// @return 130 if Ctrl-C came during the run, 143 if `SIGTERM` did, else 0
    public int exitCode() {
        return exitCode;
    }

    /// Cancels all background tasks and closes the loop. See [EventLoop#close].
    @Override
    public void close() {
        loop.close();
    }
}
