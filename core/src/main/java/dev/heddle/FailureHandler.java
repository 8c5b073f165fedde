package dev.heddle;

/// Told of failures that nobody awaits: those of background tasks and of callbacks.
@FunctionalInterface
public interface FailureHandler {
    /// Called once for each such failure, at the moment it happens, in a task of the loop. May
    /// suspend. What it throws is logged together with `failure`.
    ///
    /// @param where what failed, with its name and the place where it was spawned
    /// @param failure what it threw
    void unhandled(String where, Throwable failure);
}
