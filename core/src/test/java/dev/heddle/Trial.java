package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/// Runs a test's body in virtual time, and looks afterwards whether it has left anything behind.
final class Trial {
    private Trial() {}

    static <T, X extends Exception> T run(Body<T, X> body) throws X {
        try (EventLoop loop = EventLoop.open("trial", new VirtualClock())) {
            T result = loop.run(body);
            assertThatNothingIsLeft(loop);
            return result;
        }
    }

    static <X extends Exception> void run(Action<X> body) throws X {
        Trial.<Object, X>run(() -> {
            body.run();
            return "done";
        });
    }

    /// No task, no timer and no queued work is left but the caller's question itself.
    static void assertThatNothingIsLeft(EventLoop loop) {
        LoopStatistics left = loop.run(loop::statistics);
        assertThat(left.tasks()).as("tasks left").isEqualTo(1);
        assertThat(left.timers()).as("timers left").isZero();
        assertThat(left.strangers()).as("strangers left").isZero();
    }

    /// The time on the current loop's virtual clock.
    static Duration now() {
        return Duration.ofNanos(EventLoop.current().clock().nanoTime());
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /// Lets every other ready task come to its next wait.
    static void settle() {
        for (int i = 0; i < 10; i++) {
            Heddle.checkpoint();
        }
    }
}
