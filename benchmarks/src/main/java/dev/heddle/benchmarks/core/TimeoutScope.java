package dev.heddle.benchmarks.core;

import dev.heddle.Heddle;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// A body with a deadline that does not pass: what most timeouts are.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Loop.TIMES)
public class TimeoutScope {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// With [Heddle#timeout].
    @Benchmark
    public int heddle(Loop on) {
        return on.loop.run(() -> {
            int sum = 0;
            for (int i = 0; i < Loop.TIMES; i++) {
                int value = i;
                sum += Heddle.timeout(LIMIT, () -> value);
            }
            return sum;
        });
    }

    /// With a thread for the body, and a wait for it with a limit.
    @Benchmark
    public int jdk() throws Exception {
        return Jdk.run(() -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                int sum = 0;
                for (int i = 0; i < Loop.TIMES; i++) {
                    int value = i;
                    sum += executor.submit(() -> value).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
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
