package dev.heddle.benchmarks.core;

import java.util.concurrent.FutureTask;

/// The same, without Heddle.
final class Jdk {
    /// Gives the JDK's scheduler one thread instead of one a core.
    static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.parallelism=1";

    static final String ONE_CARRIER_AT_MOST = "-Djdk.virtualThreadScheduler.maxPoolSize=1";

    private Jdk() {}

    /// What a benchmark does on a virtual thread.
    interface Body<T> {
        T run() throws Exception;
    }

    /// Runs a body on a virtual thread, as [dev.heddle.EventLoop#run] does on a loop.
    static <T> T run(Body<T> body) throws Exception {
        var task = new FutureTask<>(body::run);
        Thread.startVirtualThread(task).join();
        return task.get();
    }
}
