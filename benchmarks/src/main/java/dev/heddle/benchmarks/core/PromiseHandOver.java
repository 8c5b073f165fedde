package dev.heddle.benchmarks.core;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// A value handed to a task that waits for it, which then hands one back.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Loop.TIMES)
public class PromiseHandOver {
    /// With [Promise].
    @Benchmark
    public int heddle(Loop on) {
        return on.loop.run(() ->
                Heddle.group(g -> {
                    List<Promise<Integer>> values =
                            Stream.generate(Promise<Integer>::new).limit(Loop.TIMES).toList();
                    var _ =
                            g.spawn(() -> {
                                for (int i = 0; i < Loop.TIMES; i += 2) {
                                    values.get(i + 1).complete(values.get(i).await());
                                }
                            });
                    int sum = 0;
                    for (int i = 0; i < Loop.TIMES; i += 2) {
                        values.get(i).complete(1);
                        sum += values.get(i + 1).await();
                    }
                    return sum;
                }));
    }

    /// With [CompletableFuture].
    @Benchmark
    public int jdk() throws Exception {
        return Jdk.run(() -> {
            List<CompletableFuture<Integer>> values =
                    Stream.generate(CompletableFuture<Integer>::new).limit(Loop.TIMES).toList();
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < Loop.TIMES; i += 2) {
                    values.get(i + 1).complete(values.get(i).join());
                }
            });
            int sum = 0;
            for (int i = 0; i < Loop.TIMES; i += 2) {
                values.get(i).complete(1);
                sum += values.get(i + 1).join();
            }
            return sum;
        });
    }

    /// The same on one carrier.
    @Benchmark
    @Fork(jvmArgsAppend = {Jdk.ONE_CARRIER, Jdk.ONE_CARRIER_AT_MOST})
    public int jdkOneCarrier() throws Exception {
        return jdk();
    }
}
