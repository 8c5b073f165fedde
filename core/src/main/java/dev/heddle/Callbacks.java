package dev.heddle;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Runs callbacks in tasks of the loop's own, so that no user code runs on the carrier: there, a
/// lock held by a parked task would stop the loop for good. If a callback suspends, the next one
/// gets another task. Owner: the loop thread.
final class Callbacks {
    private static final int MOST_IDLE = 8;

    private final EventLoop loop;
    private final Carrier carrier;
    private final ArrayDeque<Runner> idle = new ArrayDeque<>();
    private boolean closed;

    /// Runners that have a callback in hand, which may have suspended.
    private int busy;

    /// While the carrier wakes a runner: the runner is resumed at once instead of being queued,
    /// since its callback has stood in the queue already.
    private @Nullable Task<?> expected;

    private boolean taken;

    Callbacks(EventLoop loop, Carrier carrier) {
        this.loop = loop;
        this.carrier = carrier;
    }

    /// On the carrier.
    void dispatch(Callback callback) {
        Runner runner = pollIdle();
        if (runner == null) {
            runner = new Runner();
        }
        runner.next = callback;
        busy++;
        wake(runner);
    }

    /// One that was cancelled while it was idle would hand its fate to the callback: it ends.
    private @Nullable Runner pollIdle() {
        Runner runner = idle.pollLast();
        while (runner != null && runner.task.scope.isCancelled()) {
            wake(runner);
            runner = idle.pollLast();
        }
        return runner;
    }

    /// Whether no callback is suspended.
    boolean areDone() {
        return busy == 0;
    }

    private void wake(Runner runner) {
        expected = runner.task;
        taken = false;
        runner.wake();
        expected = null;
        if (taken) {
            carrier.resume(runner.task);
        }
        // else it was runnable already (an unpark from outside) and comes in its turn
    }

    /// Whether `node` is the runner that the carrier is just waking.
    boolean takeDirect(Ready node) {
        if (node != expected) {
            return false;
        }
        taken = true;
        return true;
    }

    /// Ends the idle runners. On the carrier.
    void close() {
        closed = true;
        Runner runner;
        while ((runner = idle.pollLast()) != null) {
            wake(runner);
        }
    }

    private final class Runner {
        final Task<@Nullable Void> task =
                Task.of(loop, "callbacks", loop.rootScope(), null, null, this::run);
        private boolean started;

        /// What to run next; null tells the runner to end.
        @Nullable Callback next;

        void wake() {
            if (started) {
                task.signal();
            } else {
                started = true;
                task.start();
            }
        }

        private @Nullable Void run() {
            for (; ; ) {
                Callback callback = next;
                next = null;
                if (callback == null) {
                    return null;
                }
                while (callback != null) {
                    call(callback);
                    // Not behind one that some callback has cancelled: the next is not to blame.
                    callback = task.scope.isCancelled() ? null : carrier.pollCallback();
                }
                busy--;
                if (closed || idle.size() >= MOST_IDLE || task.scope.isCancelled()) {
                    return null;
                }
                task.beginWait();
                idle.addLast(this);
                task.awaitSignalShielded();
            }
        }

        private void call(Callback callback) {
            try {
                try {
                    callback.context.enter();
                    callback.body.run();
                } finally {
                    callback.context.leave();
                }
            } catch (Cancelled cancelled) {
                if (!task.scope.isCancelled()) {
                    loop.reportUnhandled("a callback", cancelled);
                }
            } catch (Throwable failure) {
                loop.reportUnhandled("a callback", failure);
            } finally {
                // An interrupt that it has left behind is not the next one's.
                boolean ignored = Thread.interrupted();
            }
        }
    }
}
