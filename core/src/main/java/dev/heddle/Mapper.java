package dev.heddle;

import org.jspecify.annotations.Nullable;

/// A function of one parameter that may suspend and may fail; see [Heddle#mapConcurrently].
///
/// @param <A> what it takes
/// @param <B> what it returns
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface Mapper<
        A extends @Nullable Object, B extends @Nullable Object, X extends Exception> {
    /// Maps one item.
    ///
    /// @param item the item
    /// @return what becomes of it
    /// @throws X if that fails
    B map(A item) throws X;
}
