package dev.heddle;

import org.jspecify.annotations.Nullable;

/// With what a task says that it is ready; see [TaskGroup#start].
///
/// @param <V> what it says it with
@FunctionalInterface
public interface Started<V extends @Nullable Object> {
    /// Ends the wait of [TaskGroup#start]; from here on this is a task of the group like any other.
    /// Has no effect when the one who waits is cancelled: this task is cancelled then, too.
    ///
    /// @param value what `start` returns, such as the port of a server
    /// @throws IllegalStateException if called before, or not by the task
    void started(V value);
}
