package dev.heddle;

import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Instants at a fixed distance, without drift: the n-th lies n periods after the start, however
/// long the work at each takes. Instants that have passed meanwhile are skipped and counted.
///
/// ```java
/// for (var tick : Ticker.every(ofSeconds(1))) {
///     println("instant " + tick.number() + ", missed before: " + tick.skipped());
///     if (tick.number() >= 3) break;
/// }
/// ```
///
/// Between two ticks it holds nothing, so it needs no closing. For tasks of the loop it was made
/// on.
public final class Ticker implements Iterable<Ticker.Tick> {
    /// One instant that was met.
    ///
    /// @param number which one: it lies `number` periods after the start
    /// @param skipped how many were skipped right before it
    public record Tick(long number, long skipped) {}

    private final EventLoop loop;
    private final long start;
    private final long period;

    // Owner of both: the loop thread.
    private long last;
    private long skipped;

    private final Iterator<Tick> ticks =
            new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Tick next() {
                    return await();
                }
            };

    private Ticker(EventLoop loop, long period) {
        this.loop = loop;
        this.period = period;
        this.start = loop.clock().nanoTime();
    }

    /// A ticker that starts now; its first instant is one period ahead.
    ///
    /// @param period the distance of two instants, more than zero; on the loop's clock
    /// @return the ticker
    /// @throws IllegalArgumentException if `period` is zero or less
    /// @throws IllegalStateException if the caller is on no loop
    public static Ticker every(Duration period) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException(
                    "a ticker every " + period + " would never rest: give a period above zero");
        }
        return new Ticker(EventLoop.current(), Timers.nanos(period));
    }

    /// Waits for the next instant. If some have passed, returns at once, with the latest of them.
    /// When several tasks wait, each instant is given to one of them.
    ///
    /// @return the instant
    /// @throws Cancelled if the caller is cancelled
    /// @throws IllegalStateException if the caller is in no task of the ticker's loop
    public Tick await() {
        loop.requireCurrent("await");
        Task<?> task = Task.currentFor("await");
        task.checkCancelled();
        @Nullable Tick due = poll();
        if (due != null) {
            Heddle.cooperate();
            return due;
        }
        while (due == null) {
            Heddle.sleepUntil(task, nextInstant());
            due = poll();
        }
        return due;
    }

    private @Nullable Tick poll() {
        long now = (loop.clock().nanoTime() - start) / period;
        if (now <= last) {
            return null;
        }
        long missed = now - last - 1;
        last = now;
        skipped += missed;
        return new Tick(now, missed);
    }

    private long nextInstant() {
        long before = start + last * period;
        long next = before + period;
        return next < before ? Long.MAX_VALUE : next;
    }

    /// The ticks, which never end; always the same iterator. Its `next` is [#await].
    @Override
    public Iterator<Tick> iterator() {
        return ticks;
    }

    /// How many instants were skipped since the start. On the ticker's loop.
    ///
    /// @return the sum of all [Tick#skipped]
    public long skipped() {
        loop.requireCurrent("skipped");
        return skipped;
    }
}
