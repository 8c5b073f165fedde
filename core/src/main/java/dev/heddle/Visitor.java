package dev.heddle;

import org.jspecify.annotations.Nullable;

/// A [Mapper] that returns nothing; see [Heddle#forEachConcurrently].
///
/// @param <A> what it takes
/// @param <X> the checked exception it may throw
@FunctionalInterface
public interface Visitor<A extends @Nullable Object, X extends Exception> {
    /// Visits one item.
    ///
    /// @param item the item
    /// @throws X if that fails
    void visit(A item) throws X;
}
