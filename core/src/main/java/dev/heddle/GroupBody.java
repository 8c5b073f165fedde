package dev.heddle;

import org.jspecify.annotations.Nullable;

/// The body of a [TaskGroup].
///
/// @param <T> what it returns
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface GroupBody<T extends @Nullable Object, X extends Exception> {
    /// Runs the body.
    ///
    /// @param group the open group
    /// @return the result of the group
    /// @throws X if the body fails
    T run(TaskGroup group) throws X;
}
