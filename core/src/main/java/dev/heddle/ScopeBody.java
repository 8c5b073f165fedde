package dev.heddle;

import org.jspecify.annotations.Nullable;

/// The body of a [CancelScope].
///
/// @param <T> what it returns
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface ScopeBody<T extends @Nullable Object, X extends Exception> {
    /// Runs the body.
    ///
    /// @param scope the scope, for someone to cancel
    /// @return the result
    /// @throws X if the body fails
    T run(CancelScope scope) throws X;
}
