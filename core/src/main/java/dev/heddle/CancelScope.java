package dev.heddle;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A part of a task, or of several, that can be cancelled as a whole.
///
/// A scope is cancelled once, for ever: by [#cancel], by its deadline, or because the scope around
/// it is. From then on every suspension point in it throws [Cancelled], until the scope is left.
/// Leaving it consumes the cancellation if it was this scope's own, and passes it on if it came
/// from outside.
///
/// Scopes are opened by [Heddle#scope], [Heddle#timeout], [Heddle#shield] and [Heddle#group]; each
/// task is one, too. Scopes form a tree, and a group's scope has its children's tasks below it.
///
/// Methods may be called from any thread unless they say otherwise; from outside of the scope's
/// loop, [#cancel] takes effect at the loop's next turn.
public final class CancelScope {
    final EventLoop loop;
    final @Nullable CancelScope parent;

    /// The task that opened this scope.
    final Task<?> task;

    private final boolean shield;

    /// The scope whose cancellation reaches this one: null until cancelled, then set once. Copied
    /// down the tree when a scope is cancelled and when one is opened, so that a suspension point
    /// reads one field. Written by the loop thread.
    private volatile @Nullable CancelScope cause;

    /// Why [#cancel] was called. Written by the loop thread before `cause`.
    private @Nullable String reason;

    /// Owner of all below: the loop thread.
    private boolean cutByDeadline;

    private boolean left;

    private @Nullable Deadline deadline;

    /// What the deadline was set to last, counted from then.
    private @Nullable Duration limit;

    private @Nullable CancelScope firstChild;
    private @Nullable CancelScope lastChild;
    private @Nullable CancelScope previousSibling;
    private @Nullable CancelScope nextSibling;

    private CancelScope(
            EventLoop loop, @Nullable CancelScope parent, Task<?> task, boolean shield) {
        this.loop = loop;
        this.parent = parent;
        this.task = task;
        this.shield = shield;
    }

    /// The scope that a whole task is; `parent` is its group's, or the loop's.
    static CancelScope ofTask(Task<?> task, EventLoop loop, @Nullable CancelScope parent) {
        return new CancelScope(loop, parent, task, false);
    }

    /// Opens a scope inside the innermost one of `task`, which is the caller.
    static CancelScope enter(Task<?> task, boolean shield) {
        CancelScope scope = new CancelScope(task.loop, task.scope, task, shield);
        scope.link();
        task.scope = scope;
        if (shield) {
            task.takeBackInterrupt();
        }
        return scope;
    }

    /// Leaves a scope that was opened by [#enter].
    void exit() {
        CancelScope outer = parent;
        assert outer != null : "a task's own scope ends with the task";
        if (task.scope != this) {
            leaveForgotten();
        }
        unlink();
        task.scope = outer;
        task.leftScope();
    }

    /// Leaves the scopes inside this one that were not left: a stack overflow in the frame that
    /// should have done it. What they still hold is cancelled, since nobody will wait for it.
    private void leaveForgotten() {
        CancelScope forgotten = task.scope;
        while (forgotten != this) {
            CancelScope around = forgotten.parent;
            assert around != null : "scopes are left in the order of their opening";
            forgotten.cancelHere("it was not left, probably because the stack overflowed");
            forgotten.unlink();
            forgotten = around;
        }
    }

    /// Puts this scope under its parent: from here on the parent's cancellation reaches it.
    void link() {
        CancelScope above = parent;
        if (above == null) {
            return;
        }
        // At the end, so that a cancellation reaches the oldest first.
        CancelScope sibling = above.lastChild;
        previousSibling = sibling;
        if (sibling == null) {
            above.firstChild = this;
        } else {
            sibling.nextSibling = this;
        }
        above.lastChild = this;
        CancelScope outer = above.cause;
        if (outer != null && !shield) {
            cause = outer;
        }
    }

    void unlink() {
        left = true;
        dropDeadline();
        CancelScope above = parent;
        if (above == null) {
            return;
        }
        CancelScope before = previousSibling;
        CancelScope behind = nextSibling;
        if (before == null) {
            above.firstChild = behind;
        } else {
            before.nextSibling = behind;
        }
        if (behind == null) {
            above.lastChild = before;
        } else {
            behind.previousSibling = before;
        }
        previousSibling = null;
        nextSibling = null;
    }

    /// Cancels this scope; does nothing when it is cancelled already, or has been left.
    public void cancel() {
        cancel("cancel() was called");
    }

    /// Cancels this scope; does nothing when it is cancelled already, or has been left.
    ///
    /// @param reason what [Cancelled#getMessage] will say, for the person who reads the trace
    public void cancel(String reason) {
        if (loop.isCurrent()) {
            cancelHere(reason);
        } else {
            loop.submit(() -> cancelHere(reason));
        }
    }

    /// Whether suspension points in this scope throw [Cancelled] now.
    ///
    /// @return true once this scope, or one around it without a shield between, was cancelled
    public boolean isCancelled() {
        return cause != null;
    }

    /// Whether this very scope was cancelled, by [#cancel] or by its deadline, before one around
    /// it.
    ///
    /// @return true if leaving it consumes the cancellation
    public boolean isCancelledItself() {
        return cause == this;
    }

    /// The instant at which this scope is cancelled by itself. The scopes around it may end sooner:
    /// see [Heddle#currentDeadline].
    ///
    /// @return a time on the loop's clock, in nanoseconds; empty if there is none, or it has passed
    /// @throws IllegalStateException if the caller is not on the scope's loop
    public OptionalLong deadline() {
        loop.requireCurrent("deadline");
        Deadline pending = deadline;
        return pending == null || pending.deadline == Long.MAX_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(pending.deadline);
    }

    /// Sets the deadline anew, or for the first time: sooner, later, or never if `delay` is too
    /// long for the clock. So a limit can mean "this long without progress":
    ///
    /// ```java
    /// String page = timeout(ofSeconds(5), scope -> {
    ///     while (readSome()) {
    ///         scope.reschedule(ofSeconds(5));
    ///     }
    ///     return fetch("rest");
    /// });
    /// ```
    ///
    /// @param delay from now, on the loop's clock; at zero or less the scope is cancelled at once
    /// @return false if it is too late: the scope is cancelled already, or has been left
    /// @throws IllegalStateException if the caller is not on the scope's loop
    public boolean reschedule(Duration delay) {
        loop.requireCurrent("reschedule");
        if (cause != null || left) {
            return false;
        }
        dropDeadline();
        cancelAfter(delay);
        return true;
    }

    /// Sets the deadline anew, as an instant: several scopes can end at the same one.
    ///
    /// @param instant a time on the loop's clock, in nanoseconds; [Long#MAX_VALUE] is never
    /// @return false if it is too late: the scope is cancelled already, or has been left
    /// @throws IllegalStateException if the caller is not on the scope's loop
    public boolean rescheduleAt(long instant) {
        return reschedule(
                instant == Long.MAX_VALUE
                        ? Timers.NEVER
                        : Duration.ofNanos(instant - loop.clock().nanoTime()));
    }

    /// The earliest deadline that reaches this scope, its own included.
    OptionalLong effectiveDeadline() {
        if (cause != null) {
            return OptionalLong.of(loop.clock().nanoTime());
        }
        long earliest = Long.MAX_VALUE;
        for (CancelScope at = this; at != null; at = at.shield ? null : at.parent) {
            Deadline pending = at.deadline;
            if (pending != null) {
                earliest = Math.min(earliest, pending.deadline);
            }
        }
        return earliest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    private void cancelHere(String why) {
        if (cause == null && !left) {
            reason = why;
            propagate();
        }
    }

    /// Sets the instant at which this scope is cancelled. At zero or less it is cancelled at once,
    /// so that its body runs to its first suspension point.
    void cancelAfter(Duration delay) {
        limit = delay;
        if (Timers.nanos(delay) <= 0) {
            reachDeadline();
            return;
        }
        Deadline pending = new Deadline(this, loop.clock().after(delay));
        deadline = pending;
        loop.timers.add(pending);
    }

    private void dropDeadline() {
        Deadline pending = deadline;
        if (pending != null) {
            loop.timers.remove(pending);
            deadline = null;
        }
    }

    /// The time that the scope had when its deadline was set last; null if it has none.
    @Nullable Duration limit() {
        return limit;
    }

    private void reachDeadline() {
        if (cause == null) {
            cutByDeadline = true;
            propagate();
        }
    }

    /// Marks this scope and all below it, shields and what they guard left out, and wakes the tasks
    /// that wait there. Walks by the tree's own links: nesting may be deeper than a stack. Runs no
    /// user code, so the tree stands still meanwhile.
    private void propagate() {
        CancelScope scope = this;
        while (true) {
            boolean reached = scope.cause == null && (scope == this || !scope.shield);
            if (reached) {
                scope.cause = this;
                if (scope.task.scope == scope) {
                    scope.task.cancellationArrived();
                }
            }
            CancelScope below = reached ? scope.firstChild : null;
            CancelScope next = below != null ? below : behind(scope);
            if (next == null) {
                return;
            }
            scope = next;
        }
    }

    /// The scope that follows when `scope` and all below it are done; null at the end of this
    /// subtree.
    private @Nullable CancelScope behind(CancelScope scope) {
        CancelScope at = scope;
        while (at != null && at != this) {
            if (at.nextSibling != null) {
                return at.nextSibling;
            }
            at = at.parent;
        }
        return null;
    }

    /// The error that a suspension point of this scope throws.
    Cancelled error() {
        CancelScope origin = cause;
        assert origin != null;
        return new Cancelled(origin);
    }

    /// Whether `thrown` is this scope's own cancellation, which leaving the scope consumes.
    boolean consumes(Throwable thrown) {
        return thrown instanceof Cancelled cancelled
                ? cancelled.scope() == this
                : cause == this && causedByOurInterrupt(thrown);
    }

    /// Whether `thrown` comes from a cancellation, of this scope or of one around it.
    boolean isCancellation(Throwable thrown) {
        return thrown instanceof Cancelled || causedByOurInterrupt(thrown);
    }

    /// Whether a scope around this one was cancelled, and reaches it.
    boolean isCancelledFromOutside() {
        CancelScope origin = cause;
        return origin != null && origin != this;
    }

    /// Whether this scope was cancelled by its own deadline, and by nothing before it.
    boolean timedOut() {
        return cutByDeadline;
    }

    /// Foreign code that waits in the JDK is woken by an interrupt; what it throws because of that
    /// counts as [Cancelled].
    private boolean causedByOurInterrupt(Throwable thrown) {
        return cause != null && task.wasInterrupted() && comesFromInterrupt(thrown);
    }

    /// Whether this is what the JDK throws when an interrupt ends a wait, or is caused by it.
    static boolean comesFromInterrupt(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 16; at = at.getCause(), depth++) {
            if (at instanceof InterruptedException
                    || at instanceof ClosedByInterruptException
                    || at instanceof InterruptedIOException
                    || (at instanceof SocketException
                            && "Closed by interrupt".equals(at.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    String describeCause() {
        String why = cutByDeadline ? "its deadline of " + limit + " has passed" : reason;
        return task.toString() + ": " + (why == null ? "cancelled" : why);
    }

    private static final class Deadline extends Timer {
        private final CancelScope scope;

        Deadline(CancelScope scope, long deadline) {
            super(deadline);
            this.scope = scope;
        }

        @Override
        void fire() {
            scope.deadline = null;
            scope.reachDeadline();
        }
    }
}
