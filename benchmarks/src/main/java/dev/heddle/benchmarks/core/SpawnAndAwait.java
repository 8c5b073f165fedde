package dev.heddle.benchmarks.core;

import dev.heddle.Heddle;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// Starts a task and waits for its result, one after the other.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Loop.TIMES)
public class SpawnAndAwait {
    /// With a task of a group.
    @Benchmark
    public int heddle(Loop on) {
        return on.loop.run(() ->
                Heddle.group(g -> {
                    int sum = 0;
                    for (int i = 0; i < Loop.TIMES; i++) {
                        int value = i;
                        sum += g.spawn(() -> value).await();
                    }
                    return sum;
                }));
    }

    /// With an executor that starts a thread for each task.
    @Benchmark
    public int jdk() throws Exception {
        return Jdk.run(() -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                int sum = 0;
                for (int i = 0; i < Loop.TIMES; i++) {
                    int value = i;
                    sum += executor.submit(() -> value).get();
                }
                return sum;
            }
        });
    }

    /// The same on one carrier.
    @Benchmark
    @Fork(jvmArgsAppend = {Jdk.ONE_CARRIER, Jdk.ONE_CARRIER_AT_MOST})
    public int jdkOneCarrier() throws Exception {
        return jdk();
    }
}
