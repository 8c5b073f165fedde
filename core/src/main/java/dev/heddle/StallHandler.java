package dev.heddle;

/// Told of tasks that hold their loop too long; see [EventLoop#onStall].
@FunctionalInterface
public interface StallHandler {
    /// Called once for each such turn, while it lasts, on the watchdog's thread: not in a task, and
    /// the loop cannot be asked anything meanwhile.
    ///
    /// @param stall which task, and where it is
    void stalled(Stall stall);
}
