package dev.heddle.sql;

/// What a transaction does that returns nothing.
///
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface TransactionAction<X extends Exception> {
    /// Runs the body. Returning commits, throwing rolls back.
    ///
    /// @param tx the open transaction; of no use when the body has ended
    /// @throws X if it fails
    void run(Transaction tx) throws X;
}
