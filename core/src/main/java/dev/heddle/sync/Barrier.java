package dev.heddle.sync;

import dev.heddle.Heddle;

/// A place where a number of tasks meet: each waits until all are there, and all go on together.
/// Then it can be used again.
///
/// A task that is cancelled while it waits leaves, and the others wait for one more.
public final class Barrier {
    private final Turns line = new Turns();
    private final int parties;

    /// A barrier.
    ///
    /// @param parties how many tasks have to come, one or more
    /// @throws IllegalArgumentException if it is less than one
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties < 1: " + parties);
        }
        this.parties = parties;
    }

    /// Waits until all are there.
    ///
    /// @return whether the caller was the last to come: a way to choose one of them
    /// @throws dev.heddle.Cancelled if the caller is cancelled before
    public boolean await() {
        if (line.size() + 1 < parties) {
            line.await();
            return false;
        }
        Heddle.checkCancelled();
        line.giveAll();
        return true;
    }

    /// How many tasks wait now.
    ///
    /// @return zero to one less than the parties
    public int waiting() {
        return line.size();
    }

    /// How many tasks have to come.
    ///
    /// @return one or more
    public int parties() {
        return parties;
    }
}
