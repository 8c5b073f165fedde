package dev.heddle.benchmarks.core;

import dev.heddle.EventLoop;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The event loop of a trial.
@State(Scope.Benchmark)
public class Loop {
    /// How many operations one invocation does.
    static final int TIMES = 10_000;

    final EventLoop loop = EventLoop.open("benchmark");

    /// Closes the loop.
    @TearDown
    public void close() {
        loop.close();
    }
}
