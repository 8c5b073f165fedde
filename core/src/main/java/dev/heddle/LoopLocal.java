package dev.heddle;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A value of which every loop has its own: a buffer, a cache, a counter that its tasks share
/// without a lock. Meant for `static final` fields; each takes a slot in every loop for as long as
/// it lives.
///
/// @param <T> the value's type
public final class LoopLocal<T> {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int index = NEXT.getAndIncrement();
    private final Supplier<? extends T> initial;

    private LoopLocal(Supplier<? extends T> initial) {
        this.initial = initial;
    }

    /// Declares a loop-local value.
    ///
    /// @param <T> the value's type
    /// @param initial makes the value when a loop asks for it first; must not suspend
    /// @return the declaration
    public static <T> LoopLocal<T> of(Supplier<? extends T> initial) {
        return new LoopLocal<>(initial);
    }

    /// The current loop's value.
    ///
    /// @return the value
    /// @throws IllegalStateException if the caller is on no loop
    public T get() {
        return get(EventLoop.current());
    }

    /// A loop's value, for callers on it that have the loop at hand.
    ///
    /// @param loop the loop that the caller is on
    /// @return the value
    @SuppressWarnings("unchecked") // only this object writes the slot
    public T get(EventLoop loop) {
        T value = (T) loop.local(index);
        if (value == null) {
            value = initial.get();
            loop.local(index, value);
        }
        return value;
    }
}
