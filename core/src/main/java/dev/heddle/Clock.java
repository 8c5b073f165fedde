package dev.heddle;

import java.time.Duration;

/// Where a loop takes its time from: a monotonic clock whose zero means nothing.
///
/// [#system] is the machine's; a [VirtualClock] jumps to the next deadline when every task waits,
/// so that a test of an hour takes a millisecond. Sealed, because the loop has to know how to sleep
/// until an instant of its clock.
public sealed interface Clock permits SystemClock, VirtualClock {
    /// The time since some fixed instant; never goes backwards. May be called from any thread.
    ///
    /// @return nanoseconds
    long nanoTime();

    /// The machine's monotonic clock.
    ///
    /// @return [System#nanoTime] as a clock
    static Clock system() {
        return SystemClock.INSTANCE;
    }

    /// The deadline that lies `delay` ahead; a delay too long for the clock means "never".
    ///
    /// @param delay zero or more
    /// @return a time on this clock
    default long after(Duration delay) {
        long now = nanoTime();
        long deadline = now + Timers.nanos(delay);
        return deadline < now && !delay.isNegative() ? Long.MAX_VALUE : deadline;
    }
}
