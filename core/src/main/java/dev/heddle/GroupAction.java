package dev.heddle;

/// The body of a [TaskGroup] that returns nothing.
///
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface GroupAction<X extends Exception> {
    /// Runs the body.
    ///
    /// @param group the open group
    /// @throws X if the body fails
    void run(TaskGroup group) throws X;
}
