package dev.heddle.sync;

import dev.heddle.Suspension;

/// A line of tasks that wait for their turn and nothing more. Owner: the loop thread.
final class Turns {
    private static final Object TURN = new Object();

    private final Line<Line.Place> line = new Line<>();

    int size() {
        return line.size();
    }

    /// Waits for a turn, behind all who are in line.
    void await() {
        Line.Place place = new Line.Place(Suspension.ofCurrent());
        line.add(place);
        try {
            Object ignored = place.suspension.await();
        } finally {
            line.remove(place);
        }
    }

    /// Waits for a turn whatever happens.
    void awaitShielded() {
        Line.Place place = new Line.Place(Suspension.ofCurrent());
        line.add(place);
        Object ignored = place.suspension.awaitShielded();
    }

    /// Gives the first in line its turn.
    ///
    /// @return false if nobody waits
    boolean give() {
        Line.Place first = line.poll();
        return first != null && first.suspension.resume(TURN);
    }

    /// Gives all who wait now their turn, in order.
    void giveAll() {
        int count = line.size();
        for (int i = 0; i < count && give(); i++) {}
    }
}
