package dev.heddle;

import org.jspecify.annotations.Nullable;

/// The platform thread of one event loop; it carries the loop's tasks, one at a time.
final class LoopThread extends Thread {
    final EventLoop loop;

    /// The task that this thread carries now, null between two. Owner: this thread.
    @Nullable Task<?> current;

    LoopThread(EventLoop loop, String name, Runnable body) {
        super(null, body, name, 0, false);
        this.loop = loop;
    }

    /// The loop thread that runs the caller, directly or as its carrier; null outside of any loop.
    static @Nullable LoopThread carrier() {
        return VirtualThreads.carrier() instanceof LoopThread thread ? thread : null;
    }
}
