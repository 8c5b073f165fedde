package dev.heddle;

import org.jspecify.annotations.Nullable;

/// What a task, a scope or a worker runs: a function without parameters that may fail.
///
/// @param <T> what it returns
/// @param <X> the checked exception it may throw; the compiler infers it from a lambda
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception> {
    /// Runs the body.
    ///
    /// @return the result
    /// @throws X if the body fails
    T run() throws X;
}
