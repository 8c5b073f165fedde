package dev.heddle;

import org.jspecify.annotations.Nullable;

/// How a task or a promise has ended.
sealed interface Outcome<T extends @Nullable Object> {
    record Value<T extends @Nullable Object>(T value) implements Outcome<T> {}

    record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {}

    record Cancellation<T extends @Nullable Object>(@Nullable String reason)
            implements Outcome<T> {}
}
