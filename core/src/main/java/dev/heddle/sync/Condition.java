package dev.heddle.sync;

import dev.heddle.Task;
import java.util.function.BooleanSupplier;

/// Lets tasks that share a [Lock] wait until one of them says that something has changed.
///
/// Wait in a loop, or with [#awaitUntil]: between the notification and the lock's return, others
/// may have changed it again.
public final class Condition {
    private final Lock lock;
    private final Turns line = new Turns();

    /// A condition on a lock.
    ///
    /// @param lock the lock that guards what the condition is about
    public Condition(Lock lock) {
        this.lock = lock;
    }

    /// Gives the lock up, waits to be notified, and takes the lock again, whatever happens: also
    /// when the caller is cancelled, so that the code behind can rely on it. A caller that is
    /// cancelled in the instant in which it is notified returns; nobody else loses a notification
    /// by it.
    ///
    /// @throws dev.heddle.Cancelled if the caller is cancelled; it has the lock then
    /// @throws IllegalStateException if the caller does not have the lock
    public void await() {
        requireLock("await");
        lock.release();
        try {
            line.await();
        } finally {
            lock.acquireShielded();
        }
    }

    /// Waits until something is true.
    ///
    /// @param ready what to wait for; called with the lock held
    /// @throws dev.heddle.Cancelled if the caller is cancelled; it has the lock then
    /// @throws IllegalStateException if the caller does not have the lock
    public void awaitUntil(BooleanSupplier ready) {
        requireLock("awaitUntil");
        while (!ready.getAsBoolean()) {
            await();
        }
    }

    /// Wakes the task that has waited longest, if any.
    ///
    /// @throws IllegalStateException if the caller does not have the lock
    public void signal() {
        requireLock("signal");
        boolean ignored = line.give();
    }

    /// Wakes all tasks that wait.
    ///
    /// @throws IllegalStateException if the caller does not have the lock
    public void signalAll() {
        requireLock("signalAll");
        line.giveAll();
    }

    /// How many tasks wait.
    ///
    /// @return zero or more
    public int waiting() {
        return line.size();
    }

    private void requireLock(String operation) {
        Task<?> task = Tasks.current(operation);
        if (lock.owner() != task) {
            throw new IllegalStateException(
                    operation + " needs the condition's lock, and " + task + " does not have it");
        }
    }
}
