package dev.heddle;

import org.jspecify.annotations.Nullable;

/// One wait of one task, ended by whoever hands it a value: what locks, queues and channels are
/// made of.
///
/// When the hand-over and a cancellation meet, whichever came first wins. Once handed over, a value
/// is delivered, and the task's next suspension point throws; once cancelled, the task gets no
/// value, and [#resume] says so: it goes to the next in line. So nothing is lost, and nothing is
/// given to someone who has left.
///
/// ```java
/// var wait = Suspension.<String>ofCurrent();
/// waiters.add(wait);
/// try {
///     return wait.await();      // someone else: waiters.removeFirst().resume("value")
/// } finally {
///     waiters.remove(wait);
/// }
/// ```
///
/// All methods are for tasks and callbacks of one loop. To wait for another thread, use a
/// [Promise].
///
/// @param <T> what is handed over
public final class Suspension<T extends @Nullable Object> {
    /// ```
    /// PENDING ──resume──▶ RESUMED
    ///    └──the task is cancelled──▶ GONE
    /// ```
    ///
    /// Owner: the loop thread.
    private enum State {
        PENDING,
        RESUMED,
        GONE
    }

    private final Task<?> task;
    private State state = State.PENDING;
    private @Nullable T value;

    /// The wait does not end by cancellation.
    private boolean shielded;

    private Suspension(Task<?> task) {
        this.task = task;
    }

    /// Announces a wait of the current task.
    ///
    /// @param <T> what will be handed over
    /// @return the wait
    /// @throws IllegalStateException if the caller is not in a task
    public static <T extends @Nullable Object> Suspension<T> ofCurrent() {
        return new Suspension<>(Task.currentFor("waiting"));
    }

    /// Waits for the value. To be called once, by the task that announced the wait.
    ///
    /// @return the value
    /// @throws Cancelled if the caller is cancelled, before or meanwhile, and no value has come
    @SuppressWarnings("NullAway") // set by resume, and as nullable as T
    public T await() {
        if (state == State.PENDING) {
            task.beginWait();
            if (!task.awaitSignal()) {
                state = State.GONE;
                throw task.scope.error();
            }
        }
        return value;
    }

    /// Waits for the value whatever happens: for what must be got back before the task can go on,
    /// such as the lock of a condition.
    ///
    /// @return the value
    @SuppressWarnings("NullAway") // set by resume, and as nullable as T
    public T awaitShielded() {
        shielded = true;
        if (state == State.PENDING) {
            task.beginWait();
            task.awaitSignalShielded();
        }
        return value;
    }

    /// Hands the value over; the task goes on in its turn.
    ///
    /// @param handed the value
    /// @return false if the wait is over; the value is still the caller's then
    /// @throws IllegalStateException if the caller is not on the task's loop
    public boolean resume(T handed) {
        task.loop.requireCurrent("resume");
        if (isOver()) {
            return false;
        }
        state = State.RESUMED;
        value = handed;
        task.signal();
        return true;
    }

    /// Whether it was resumed, or its task is cancelled and leaves.
    ///
    /// @return true if [#resume] would have no effect
    public boolean isOver() {
        return state != State.PENDING || (!shielded && task.scope.isCancelled());
    }

    /// The task that waits.
    ///
    /// @return the task
    public Task<?> task() {
        return task;
    }
}
