package dev.heddle.benchmarks.core;

import dev.heddle.EventLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A timer started and taken back while a million others are pending.
///
/// All deadlines are spread evenly over the second hour from now, so that none passes meanwhile and
/// a new one belongs anywhere among the others.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Loop.TIMES)
public class TimerStartCancel {
    private static final int PENDING = 1_000_000;
    private static final long FIRST = TimeUnit.HOURS.toNanos(1);
    private static final long SPREAD = TimeUnit.HOURS.toNanos(1);
    private static final long SEED = 42;

    /// The delays, made beforehand.
    private static final long[] DELAYS =
            new SplittableRandom(SEED).longs(Loop.TIMES, FIRST, FIRST + SPREAD).toArray();

    /// A loop with its pending timers.
    @State(Scope.Benchmark)
    public static class BusyLoop {
        final EventLoop loop = EventLoop.open("benchmark");

        /// Starts the timers.
        @Setup
        public void fill() {
            loop.run(() -> {
                new SplittableRandom(SEED)
                        .longs(PENDING, FIRST, FIRST + SPREAD)
                        .forEach(delay ->
                                loop.callLater(Duration.ofNanos(delay), TimerStartCancel::nothing));
                return true;
            });
        }

        /// Closes the loop.
        @TearDown
        public void close() {
            loop.close();
        }
    }

    /// The JDK's scheduled executor with its pending timers. It removes what is cancelled, as a
    /// loop does.
    @State(Scope.Benchmark)
    public static class BusyExecutor {
        final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);

        /// Starts the timers.
        @Setup
        public void fill() {
            executor.setRemoveOnCancelPolicy(true);
            var delays =
                    new SplittableRandom(SEED).longs(PENDING, FIRST, FIRST + SPREAD).iterator();
            while (delays.hasNext()) {
                var _ =
                        executor.schedule(
                                TimerStartCancel::nothing, delays.nextLong(), TimeUnit.NANOSECONDS);
            }
        }

        /// Closes the executor.
        @TearDown
        public void close() {
            executor.shutdownNow();
        }
    }

    /// With [EventLoop#callLater].
    @Benchmark
    public void heddle(BusyLoop on) {
        EventLoop loop = on.loop;
        loop.run(() -> {
            for (long delay : DELAYS) {
                loop.callLater(Duration.ofNanos(delay), TimerStartCancel::nothing).cancel();
            }
            return true;
        });
    }

    /// With [ScheduledThreadPoolExecutor].
    @Benchmark
    public void jdk(BusyExecutor on) throws Exception {
        Jdk.run(() -> {
            for (long delay : DELAYS) {
                on.executor
                        .schedule(TimerStartCancel::nothing, delay, TimeUnit.NANOSECONDS)
                        .cancel(false);
            }
            return true;
        });
    }

    private static void nothing() {}
}
