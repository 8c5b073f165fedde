package dev.heddle;

import java.time.Duration;

/// A clock for tests: it stands still while a task can run, and jumps to the next deadline when all
/// tasks of its loop wait. Waiting for offloaded work is not "all tasks wait": the loop stays where
/// it is until the work is done. Waiting for a real socket is: the clock does not wait for the
/// network.
///
/// Time starts at zero. One clock serves one loop.
///
/// ```java
/// var clock = new VirtualClock();
/// try (var loop = EventLoop.open("test", clock)) {
///     loop.run(() -> Heddle.sleep(Duration.ofHours(1))); // returns at once
/// }
/// ```
public final class VirtualClock implements Clock {
    /// Written by the loop thread, read by anyone.
    private volatile long now;

    /// A clock at zero.
    public VirtualClock() {}

    @Override
    public long nanoTime() {
        return now;
    }

    /// By the loop thread, when nothing is ready.
    void jumpTo(long deadline) {
        now = Math.max(now, deadline);
    }

    /// The time that has passed on this clock.
    ///
    /// @return time since the clock was made
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }
}
