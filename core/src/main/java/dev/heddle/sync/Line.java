package dev.heddle.sync;

import dev.heddle.Suspension;
import org.jspecify.annotations.Nullable;

/// Waiting tasks, first come first served; anyone can leave at once from the middle. Owner: the
/// loop thread.
final class Line<P extends Line.Place> {
    /// The place of one waiting task. It may stand in several lines by several places, as long as
    /// one suspension serves all of them: the first hand-over ends the wait, and the other places
    /// are dead.
    static class Place {
        private @Nullable Place previous;
        private @Nullable Place next;
        private boolean listed;
        final Suspension<Object> suspension;

        Place(Suspension<Object> suspension) {
            this.suspension = suspension;
        }
    }

    private @Nullable Place first;
    private @Nullable Place last;
    private int size;

    int size() {
        return size;
    }

    void add(P place) {
        Place entry = place;
        Place before = last;
        if (before == null) {
            first = entry;
        } else {
            requireSameLoop(before.suspension, entry.suspension);
            before.next = entry;
        }
        entry.previous = before;
        entry.listed = true;
        last = entry;
        size++;
    }

    // Checked only where there is something to check against: one who waits.
    private static void requireSameLoop(Suspension<?> one, Suspension<?> other) {
        if (one.task().loop() != other.task().loop()) {
            throw new IllegalStateException(
                    other.task()
                            + " on "
                            + other.task().loop()
                            + " cannot share this with "
                            + one.task()
                            + " on "
                            + one.task().loop()
                            + ". Across loops, use a Promise or EventLoop.spawn.");
        }
    }

    /// Leaves the line; does nothing when the place is not in it any more.
    void remove(P place) {
        Place entry = place;
        if (!entry.listed) {
            return;
        }
        Place before = entry.previous;
        Place behind = entry.next;
        if (before == null) {
            first = behind;
        } else {
            before.next = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.previous = before;
        }
        entry.previous = null;
        entry.next = null;
        entry.listed = false;
        size--;
    }

    /// Takes out the first who still waits.
    @SuppressWarnings("unchecked") // only add puts places in
    @Nullable P poll() {
        while (first != null) {
            P head = (P) first;
            remove(head);
            if (!head.suspension.isOver()) {
                return head;
            }
        }
        return null;
    }
}
