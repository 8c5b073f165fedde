package dev.heddle;

/// A [Body] that returns nothing.
///
/// @param <X> the checked exception it may throw; the compiler infers it from a lambda
@FunctionalInterface
public interface Action<X extends Exception> {
    /// Runs the action.
    ///
    /// @throws X if the action fails
    void run() throws X;
}
