package dev.heddle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Several loops, so that a program can use several cores. A task stays on the loop it was given
/// to; what tasks of different loops share needs locks, or a [Promise].
///
/// ```java
/// try (var loops = EventLoopGroup.open("worker", 2)) {
///     var news = loops.spawn(() -> fetch("news"));
///     var weather = loops.spawn(() -> fetch("weather"));
///     println(news.get() + weather.get());
/// }
/// ```
///
/// All methods may be called from any thread, [#close] from none of its loops.
public final class EventLoopGroup implements AutoCloseable {
    private final List<EventLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    private EventLoopGroup(List<EventLoop> loops) {
        this.loops = loops;
    }

    /// Opens a loop for each core.
    ///
    /// @param name what their threads are called, each with its number behind it
    /// @return the running loops, to be closed by the caller
    /// @throws IllegalStateException if the JVM flag is missing
    public static EventLoopGroup open(String name) {
        return open(name, Runtime.getRuntime().availableProcessors());
    }

    /// Opens some loops.
    ///
    /// @param name what their threads are called, each with its number behind it
    /// @param size how many, 1 or more
    /// @return the running loops, to be closed by the caller
    /// @throws IllegalArgumentException if `size` is less than 1
    /// @throws IllegalStateException if the JVM flag is missing
    public static EventLoopGroup open(String name, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "a group of " + size + " loops: at least 1 is needed");
        }
        List<EventLoop> loops = new ArrayList<>(size);
        try {
            for (int i = 0; i < size; i++) {
                loops.add(EventLoop.open(name + "-" + i));
            }
        } catch (Throwable failure) {
            closeAll(loops);
            throw failure;
        }
        return new EventLoopGroup(List.copyOf(loops));
    }

    /// The loops, in the order of their numbers.
    ///
    /// @return an unmodifiable list
    public List<EventLoop> loops() {
        return loops;
    }

    /// The loops in turn.
    ///
    /// @return the one whose turn it is
    public EventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /// Adds a background task to the next loop. See [EventLoop#spawn(Body)].
    ///
    /// @param <T> what it returns
    /// @param body what it does
    /// @return the task
    public <T extends @Nullable Object> Task<T> spawn(Body<? extends T, ?> body) {
        return next().spawn(body);
    }

    /// Adds a background task that returns nothing to the next loop. See [EventLoop#spawn(Body)].
    ///
    /// @param body what it does
    /// @return the task
    public Task<@Nullable Void> spawn(Action<?> body) {
        return next().spawn(body);
    }

    /// Cancels the background tasks of all loops, and waits for the loops to end, in their order.
    /// All are told before the first is waited for, since a task may wait for one of another loop.
    ///
    /// @throws IllegalStateException if the caller is on one of the loops, which would wait for
    ///   itself; none is closed then
    @Override
    public void close() {
        for (EventLoop loop : loops) {
            loop.refuseToCloseFromWithin();
        }
        closeAll(loops);
    }

    private static void closeAll(List<EventLoop> loops) {
        for (EventLoop loop : loops) {
            loop.beginToClose();
        }
        for (EventLoop loop : loops) {
            loop.close();
        }
    }
}
