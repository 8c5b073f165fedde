package dev.heddle;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// How a task or a promise has ended: with a value, by a failure, or cancelled.
///
/// ```java
/// for (var outcome : gather(() -> fetch("news"), () -> fetch("weather"))) {
///     String shown = switch (outcome) {
///         case Outcome.Value<String>(var page) -> page;
///         case Outcome.Failure<String>(var error) -> "not available: " + error.getMessage();
///         case Outcome.Cancellation<String>(var reason) -> "given up: " + reason;
///     };
///     println(shown);
/// }
/// ```
///
/// @param <T> the value's type
public sealed interface Outcome<T extends @Nullable Object> {
    /// The value, or the failure thrown as [Task#await] throws it.
    ///
    /// @return the value
    /// @throws CancellationException if it was cancelled
    /// @throws TaskFailedException if it failed with a checked exception, its cause; unchecked ones
    ///   are thrown as themselves
    T get();

    /// It has returned, or was completed with a value.
    ///
    /// @param <T> the value's type
    /// @param value the value
    record Value<T extends @Nullable Object>(T value) implements Outcome<T> {
        @Override
        public T get() {
            return value;
        }
    }

    /// It has thrown, or was completed with a failure.
    ///
    /// @param <T> the type of the value that did not come
    /// @param error what was thrown, as it was thrown
    record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {
        @Override
        public T get() {
            throw Scopes.<RuntimeException>sneaky(Promise.asUnchecked(error));
        }
    }

    /// It was cancelled, and ended by that.
    ///
    /// @param <T> the type of the value that did not come
    /// @param reason why, for the person who reads it
    record Cancellation<T extends @Nullable Object>(@Nullable String reason) implements Outcome<T> {
        @Override
        public T get() {
            throw new CancellationException(reason);
        }
    }
}
