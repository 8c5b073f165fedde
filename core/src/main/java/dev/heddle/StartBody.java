package dev.heddle;

import org.jspecify.annotations.Nullable;

/// The body of a task that says when it is ready; see [TaskGroup#start].
///
/// @param <V> what it says it with
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface StartBody<V extends @Nullable Object, X extends Exception> {
    /// Runs the body.
    ///
    /// @param ready to be told once, when this is ready
    /// @throws X if the body fails
    void run(Started<V> ready) throws X;
}
