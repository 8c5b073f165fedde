package dev.heddle.benchmarks.core;

import dev.heddle.EventLoop;
import dev.heddle.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// A callback that has itself called again.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Loop.TIMES)
public class CallSoon {
    /// With [EventLoop#callSoon].
    @Benchmark
    public boolean heddle(Loop on) {
        EventLoop loop = on.loop;
        return loop.run(() -> {
            Promise<Boolean> done = new Promise<>();
            loop.callSoon(new Chain(loop::callSoon, () -> done.complete(true)));
            return done.await();
        });
    }

    /// With a virtual thread for each call.
    @Benchmark
    public boolean jdk() throws Exception {
        return Jdk.run(() -> {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            Thread.startVirtualThread(
                    new Chain(Thread::startVirtualThread, () -> done.complete(true)));
            return done.get();
        });
    }

    /// The same on one carrier.
    @Benchmark
    @Fork(jvmArgsAppend = {Jdk.ONE_CARRIER, Jdk.ONE_CARRIER_AT_MOST})
    public boolean jdkOneCarrier() throws Exception {
        return jdk();
    }

    private static final class Chain implements Runnable {
        private final Consumer<Runnable> caller;
        private final Runnable end;
        private int left = Loop.TIMES;

        Chain(Consumer<Runnable> caller, Runnable end) {
            this.caller = caller;
            this.end = end;
        }

        @Override
        public void run() {
            left--;
            if (left == 0) {
                end.run();
            } else {
                caller.accept(this);
            }
        }
    }
}
