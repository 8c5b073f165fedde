package dev.heddle;

/// An entry of [Timers]. Owner: the loop thread.
abstract class Timer {
    static final int IDLE = -1;

    final long deadline;

    /// Breaks ties: of two timers that are due at the same instant, the older one fires first.
    long sequence;

    /// Where the heap holds this timer, [#IDLE] when it does not.
    int index = IDLE;

    Timer(long deadline) {
        this.deadline = deadline;
    }

    /// Runs on the carrier: wakes, cancels or queues, and calls no user code.
    abstract void fire();

    final boolean isBefore(Timer other) {
        return deadline < other.deadline
                || (deadline == other.deadline && sequence < other.sequence);
    }
}
