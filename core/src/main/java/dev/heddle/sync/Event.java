package dev.heddle.sync;

import dev.heddle.Heddle;

/// Something that happens once, and that any number of tasks can wait for.
///
/// It cannot be taken back: a flag that goes up and down makes waiters miss it. For something that
/// happens again and again, use a [Condition], a [Channel], or a new event each time.
public final class Event {
    private final Turns line = new Turns();

    /// Owner: the loop thread.
    private boolean set;

    /// An event that has not happened.
    public Event() {}

    /// It has happened: all who wait go on, in the order in which they came. Does nothing the
    /// second time.
    public void set() {
        if (!set) {
            set = true;
            line.giveAll();
        }
    }

    /// Waits until it has happened.
    ///
    /// @throws dev.heddle.Cancelled if the caller is cancelled
    public void await() {
        if (set) {
            Heddle.checkCancelled();
        } else {
            line.await();
        }
    }

    /// Whether it has happened.
    ///
    /// @return true once [#set] was called
    public boolean isSet() {
        return set;
    }

    /// How many tasks wait.
    ///
    /// @return zero or more
    public int waiting() {
        return line.size();
    }
}
