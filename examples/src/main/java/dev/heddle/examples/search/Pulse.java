package dev.heddle.examples.search;

import static dev.heddle.Heddle.sleep;

import dev.heddle.EventLoop;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Feels the pulse of the loop that it runs on: once a second, for as long as a page looks.
///
/// Lag is how late a short sleep ends: what any task of the loop would have had to wait at that
/// moment because others ran. The worst of each second counts.
final class Pulse {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_PER_MILLI = 1e6;

    private final EventLoop loop = EventLoop.current();
    private final LongSupplier requests;
    private final Pages pages;

    /// A second of the loop's life.
    ///
    /// @param tasks tasks alive at its end
    /// @param lagMillis the worst lag in it
    /// @param requestsPerSecond requests that began in it
    record Beat(long tasks, double lagMillis, double requestsPerSecond) {}

    /// @param requests how many requests the server has had so far
    /// @param pages who looks
    Pulse(LongSupplier requests, Pages pages) {
        this.requests = requests;
        this.pages = pages;
    }

    /// Runs until it is cancelled.
    void run() {
        while (true) {
            pages.awaitOne();
            beatWhileSomeoneLooks();
        }
    }

    private void beatWhileSomeoneLooks() {
        long since = loop.clock().nanoTime();
        long requestsBefore = requests.getAsLong();
        long worst = 0;
        while (pages.areThere()) {
            long due = loop.clock().nanoTime() + TICK.toNanos();
            sleep(TICK);
            long now = loop.clock().nanoTime();
            worst = Math.max(worst, now - due);
            if (now - since >= SECOND) {
                long requestsNow = requests.getAsLong();
                double perSecond = (requestsNow - requestsBefore) * (double) SECOND / (now - since);
                pages.send(
                        "pulse",
                        new Beat(loop.statistics().tasks(), worst / NANOS_PER_MILLI, perSecond));
                since = now;
                requestsBefore = requestsNow;
                worst = 0;
            }
        }
    }
}
