package dev.heddle.benchmarks.core;

import dev.heddle.Heddle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// One of two tasks that take turns gives way to the other.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Loop.TIMES)
public class TaskSwitch {
    /// With [Heddle#checkpoint].
    @Benchmark
    public void heddle(Loop on) {
        on.loop.run(() -> {
            Heddle.group(g -> {
                g.spawn(TaskSwitch::giveWay);
                g.spawn(TaskSwitch::giveWay);
            });
            return true;
        });
    }

    private static void giveWay() {
        for (int i = 0; i < Loop.TIMES / 2; i++) {
            Heddle.checkpoint();
        }
    }

    /// With [Thread#yield].
    @Benchmark
    public void jdk() throws Exception {
        Jdk.run(() -> {
            Thread one = Thread.startVirtualThread(TaskSwitch::takeTurns);
            Thread other = Thread.startVirtualThread(TaskSwitch::takeTurns);
            one.join();
            other.join();
            return true;
        });
    }

    /// The same on one carrier.
    @Benchmark
    @Fork(jvmArgsAppend = {Jdk.ONE_CARRIER, Jdk.ONE_CARRIER_AT_MOST})
    public void jdkOneCarrier() throws Exception {
        jdk();
    }

    @SuppressWarnings("ThreadPriorityCheck") // to yield is what is measured
    private static void takeTurns() {
        for (int i = 0; i < Loop.TIMES / 2; i++) {
            Thread.yield();
        }
    }
}
