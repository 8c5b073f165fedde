package dev.heddle;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A function that hands out one value after the other, each when it is asked for.
///
/// ```java
/// var fib = Generator.<Integer>of(out -> {
///     for (int a = 0, b = 1; ; b = a + (a = b)) {
///         out.yield(a);
///     }
/// });
/// for (int n : fib) {
///     if (n > 100) break;
///     System.out.println(n);
/// }
/// ```
///
/// It can be gone through once: a second `for` goes on where the first has stopped. Between two
/// values it holds its state and nothing else; [#close] ends it where it pauses, and runs its
/// `finally` blocks. In a task it may suspend between two values. See [Coroutine] for what is
/// refused.
///
/// @param <T> what it hands out
public final class Generator<T extends @Nullable Object> implements Iterable<T>, AutoCloseable {
    /// The body of a generator.
    ///
    /// @param <T> what it hands out
    @FunctionalInterface
    public interface Routine<T extends @Nullable Object> {
        /// Runs from the first value to the end.
        ///
        /// @param out where to put values
        /// @throws Exception if the body fails; the one who asked for the next value gets it
        void run(Out<T> out) throws Exception;
    }

    /// Where the body of a generator puts its values.
    ///
    /// @param <T> what it hands out
    public interface Out<T extends @Nullable Object> {
        /// Hands out a value and pauses until the next one is asked for.
        ///
        /// @param value the value
        @SuppressWarnings("NamedLikeContextualKeyword") // the word of the field, and Java takes it
        void yield(T value);

        /// Hands out all of another source. A generator given here is closed when this one is.
        ///
        /// @param source the values
        default void yieldAll(Iterable<? extends T> source) {
            try {
                for (T value : source) {
                    this.yield(value);
                }
            } finally {
                if (source instanceof Generator<?> inner) {
                    inner.close();
                }
            }
        }
    }

    private final Coroutine<@Nullable Void, T> coroutine;

    /// Whether the next value is there and has not been handed out.
    private boolean ahead;

    private final Iterator<T> values = new Values();

    private Generator(Coroutine<@Nullable Void, T> coroutine) {
        this.coroutine = coroutine;
    }

    /// Makes a generator. Nothing runs before the first value is asked for.
    ///
    /// @param <T> what it hands out
    /// @param body what it does
    /// @return the generator
    public static <T extends @Nullable Object> Generator<T> of(Routine<T> body) {
        return new Generator<>(
                Coroutine.of(self ->
                        body.run(value -> {
                            Void ignored = self.yield(value);
                        })));
    }

    /// The values that are left. Always the same iterator: a generator has one state.
    @Override
    public Iterator<T> iterator() {
        return values;
    }

    private final class Values implements Iterator<T> {
        @Override
        public boolean hasNext() {
            if (!ahead && !coroutine.isDone()) {
                ahead = coroutine.isNew() ? coroutine.startIfValue() : coroutine.sendIfValue(null);
            }
            return ahead;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the generator has ended");
            }
            ahead = false;
            return coroutine.value();
        }
    }

    /// Ends the body where it pauses: its `finally` blocks run. Does nothing when it has ended.
    @Override
    public void close() {
        ahead = false;
        coroutine.close();
    }

    /// The values that are left, as a stream that is as lazy as this generator; closing it closes
    /// this.
    ///
    /// @return a sequential stream
    public Stream<T> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(values, Spliterator.ORDERED), false)
                .onClose(this::close);
    }
}
