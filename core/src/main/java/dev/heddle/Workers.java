package dev.heddle;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The bounded pool of platform threads for what the JDK cannot suspend: files, name look-ups,
/// native code, long computations. One pool serves all loops of the process. Its queue needs no
/// bound of its own: each entry is a task that waits.
final class Workers {
    static final int SIZE = Integer.getInteger("heddle.workers", defaultSize());

    private static final long IDLE_SECONDS = 10;
    private static final ThreadPoolExecutor POOL = pool();

    /// Jobs given up since the last sweep.
    private static final AtomicInteger ABANDONED = new AtomicInteger();

    private Workers() {}

    // Mostly they wait for disks, so there are more than cores; and a bound, because each has a
    // stack.
    private static int defaultSize() {
        return Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
    }

    private static ThreadPoolExecutor pool() {
        AtomicInteger numbers = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        SIZE,
                        SIZE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> {
                            Thread thread =
                                    new Thread(work, "heddle-worker-" + numbers.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static <T extends @Nullable Object, X extends Exception> T offload(
            Body<T, X> body, boolean interruptible) throws X {
        Task<?> task = Task.currentFor("offload");
        task.checkCancelled();
        Job<T> job = new Job<>(task, body);
        task.loop.carrier().offloadStarted();
        try {
            POOL.execute(job);
            job.await(interruptible);
        } finally {
            task.loop.carrier().offloadEnded();
        }
        return job.result();
    }

    /// Takes abandoned jobs out of the queue once they are half of it: one by one would be
    /// quadratic when thousands of tasks are cancelled at once.
    private static void sweep() {
        if (ABANDONED.incrementAndGet() * 2 > POOL.getQueue().size()) {
            ABANDONED.set(0);
            boolean ignored = POOL.getQueue().removeIf(job -> ((Job<?>) job).isAbandoned());
        }
    }

    private enum State {
        QUEUED,
        RUNNING,
        ABANDONED,
        ENDED
    }

    /// ```
    /// QUEUED ──worker──▶ RUNNING ──worker──▶ ENDED
    ///    └──task is cancelled──▶ ABANDONED
    /// ```
    private static final class Job<T extends @Nullable Object> implements Runnable {
        private final Task<?> task;
        private final Body<T, ?> body;
        private final Context context = Context.capture();

        /// Guard: compare-and-set.
        private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

        /// Written by the worker before ENDED, read by the task behind it.
        private @Nullable Outcome<T> outcome;

        /// The worker that runs this job. Guard: the monitor of this job, so that an interrupt
        /// cannot hit the worker's next one.
        private @Nullable Thread worker;

        Job(Task<?> task, Body<T, ?> body) {
            this.task = task;
            this.body = body;
        }

        @Override
        public void run() {
            synchronized (this) { // who sees RUNNING and takes the monitor finds the worker
                if (!state.compareAndSet(State.QUEUED, State.RUNNING)) {
                    return;
                }
                worker = Thread.currentThread();
            }
            try {
                try {
                    context.enter();
                    outcome = new Outcome.Value<>(body.run());
                } finally {
                    context.leave();
                }
            } catch (Throwable thrown) {
                outcome = new Outcome.Failure<>(thrown);
            }
            synchronized (this) {
                worker = null;
                boolean ignored = Thread.interrupted();
            }
            state.set(State.ENDED);
            task.unpark();
        }

        /// Waits for the end. A job that has begun is waited for, whether the task is cancelled or
        /// not: what it does cannot be taken back, and its result is not lost.
        void await(boolean interruptible) {
            boolean interrupted = false;
            task.beginWait();
            try {
                while (state.get() != State.ENDED) {
                    if (task.scope.isCancelled()) {
                        if (state.compareAndSet(State.QUEUED, State.ABANDONED)) {
                            sweep();
                            throw task.scope.error();
                        }
                        if (interruptible && !interrupted) {
                            interrupted = interruptWorker();
                        }
                    }
                    task.park();
                }
            } finally {
                task.endWait();
            }
            if (interrupted
                    && outcome instanceof Outcome.Failure<T>(Throwable error)
                    && CancelScope.comesFromInterrupt(error)) {
                Cancelled cancelled = task.scope.error();
                cancelled.initCause(error);
                throw cancelled;
            }
        }

        boolean isAbandoned() {
            return state.get() == State.ABANDONED;
        }

        private synchronized boolean interruptWorker() {
            if (worker == null) {
                return false;
            }
            worker.interrupt();
            return true;
        }

        <X extends Exception> T result() throws X {
            Outcome<T> ended = outcome;
            return switch (ended) {
                case Outcome.Value<T>(T value) -> value;
                case Outcome.Failure<T>(Throwable error) -> {
                    showCaller(error);
                    throw Scopes.<X>sneaky(error);
                }
                case Outcome.Cancellation<T> c -> throw new AssertionError(c);
                case null -> throw new AssertionError("ended without an outcome");
            };
        }

        /// Puts the frames of the waiting task where the worker's own start stood.
        private static void showCaller(Throwable error) {
            StackTraceElement[] onWorker = error.getStackTrace();
            if (onWorker.length == 0) {
                return;
            }
            int own = 0;
            while (own < onWorker.length
                    && !onWorker[own].getClassName().equals(Job.class.getName())) {
                own++;
            }
            if (own == onWorker.length) {
                // Made elsewhere, or thrown and marked before: to add frames again and again would
                // let the trace of an exception that is kept grow for ever.
                return;
            }
            StackTraceElement[] caller = new Throwable().getStackTrace();
            int skip = 0;
            while (skip < caller.length
                    && (caller[skip].getClassName().startsWith(Workers.class.getName())
                            || caller[skip].getClassName().equals(Heddle.class.getName()))) {
                skip++;
            }
            StackTraceElement[] joined = new StackTraceElement[own + 1 + caller.length - skip];
            System.arraycopy(onWorker, 0, joined, 0, own);
            joined[own] = new StackTraceElement("offloaded to a worker", "by", null, -1);
            System.arraycopy(caller, skip, joined, own + 1, caller.length - skip);
            error.setStackTrace(joined);
        }
    }
}
