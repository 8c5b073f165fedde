package dev.heddle;

import java.util.ArrayList;
import java.util.IdentityHashMap;

/// Virtual threads that foreign code has started inside tasks. The JDK lets them inherit the task's
/// scheduler, so they run on this loop: as anonymous tasks, owned by nobody but counted and
/// visible. Owner: the loop thread.
final class Strangers {
    private final EventLoop loop;
    private final IdentityHashMap<Runnable, Task<?>> byContinuation = new IdentityHashMap<>();

    /// When the closing loop stops waiting for them; 0 until it has begun to.
    private long deadline;

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
        }
        carrier.current = task;
        continuation.run();
        carrier.current = null;
        if (task.isThreadOver()) {
            byContinuation.remove(continuation);
        }
    }

    /// The loop is closing and has no tasks: interrupts the strangers and gives them some time.
    ///
    /// @return whether the loop may stop
    boolean leave(long graceNanos) {
        if (byContinuation.isEmpty()) {
            return true;
        }
        if (deadline == 0) {
            deadline = System.nanoTime() + graceNanos;
            for (Task<?> stranger : new ArrayList<>(byContinuation.values())) {
                loop.submit(stranger::interruptThread);
            }
            loop.timers.add(new GraceOver(loop.clock().nanoTime() + graceNanos));
            return false;
        }
        return System.nanoTime() >= deadline;
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
