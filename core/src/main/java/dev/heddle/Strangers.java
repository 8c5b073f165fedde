package dev.heddle;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// Virtual threads that foreign code has started inside tasks. The JDK lets them inherit the task's
/// scheduler, so they run on this loop: as anonymous tasks, owned by nobody but counted and
/// visible. Owner: the loop thread.
final class Strangers {
    private final EventLoop loop;
    private final IdentityHashMap<Runnable, Task<?>> byContinuation = new IdentityHashMap<>();

    /// Set when the closing loop begins to wait for them.
    private @Nullable GraceOver graceOver;

    Strangers(EventLoop loop) {
        this.loop = loop;
    }

    int size() {
        return byContinuation.size();
    }

    /// On the carrier.
    void step(StrangerStep step, LoopThread carrier) {
        Runnable continuation = step.continuation;
        Task<?> task = byContinuation.get(continuation);
        if (task == null) {
            Thread thread = VirtualThreads.threadOf(continuation);
            if (thread == null) {
                continuation.run();
                return;
            }
            task = Task.stranger(loop, loop.rootScope(), thread);
            byContinuation.put(continuation, task);
            task.strangerBegan();
        }
        carrier.current = task;
        continuation.run();
        carrier.current = null;
        if (task.isThreadOver()) {
            byContinuation.remove(continuation);
            task.strangerEnded();
        } else {
            task.afterStep();
        }
    }

    /// The loop is closing and has no tasks. Its strangers are cancelled with it; this gives them
    /// some time to end, on the loop's clock.
    ///
    /// @return whether the loop may stop
    boolean leave(long graceNanos) {
        if (byContinuation.isEmpty()) {
            return true;
        }
        if (graceOver == null) {
            graceOver = new GraceOver(loop.clock().nanoTime() + graceNanos);
            loop.timers.add(graceOver);
        }
        return loop.clock().nanoTime() >= graceOver.deadline;
    }

    /// Wakes the loop, which then looks again.
    private static final class GraceOver extends Timer {
        GraceOver(long deadline) {
            super(deadline);
        }

        @Override
        void fire() {}
    }
}
