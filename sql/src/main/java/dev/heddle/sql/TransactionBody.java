package dev.heddle.sql;

import org.jspecify.annotations.Nullable;

/// What a transaction does.
///
/// @param <T> what it returns
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface TransactionBody<T extends @Nullable Object, X extends Exception> {
    /// Runs the body. Returning commits, throwing rolls back.
    ///
    /// @param tx the open transaction; of no use when the body has ended
    /// @return the result
    /// @throws X if it fails
    T run(Transaction tx) throws X;
}
