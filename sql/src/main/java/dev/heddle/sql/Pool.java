package dev.heddle.sql;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.TimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives out places, first come first served. Tasks wait for one suspended: no worker waits for
/// what only another worker can give back.
///
/// A place goes straight from the task that gives it back to the first in line, so that nobody
/// overtakes.
final class Pool {
    private final Source source;
    private final DatabaseLimits limits;

    /// Guard of all below: the monitor of this pool. Tasks of several loops may come.
    private final List<Place> all = new ArrayList<>();

    /// The last one used is the next one given: its connection is warm.
    private final ArrayDeque<Place> free = new ArrayDeque<>();

    private final LinkedHashSet<Waiter> line = new LinkedHashSet<>();
    private boolean closed;

    /// Completed when the pool is closed and every place was given back.
    private final Promise<@Nullable Void> drained = new Promise<>();

    /// ```
    /// in line ──release──▶ given (place is set, promise completed)
    ///    └──cancelled, too late──▶ withdrawn
    /// ```
    private static final class Waiter {
        final Promise<@Nullable Void> given = new Promise<>();
        @Nullable Place place;
    }

    Pool(Source source, DatabaseLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    Place acquire() {
        Waiter waiter = new Waiter();
        synchronized (this) {
            checkOpen();
            Place place = free.pollLast();
            if (place == null && all.size() < limits.connections()) {
                place = new Place();
                all.add(place);
            }
            if (place != null) {
                return place;
            }
            if (line.size() >= limits.waiting()) {
                throw new SqlException(
                        "%d tasks wait for one of the %d connections to %s already, and no more may (DatabaseLimits.waiting): start fewer at a time"
                                .formatted(line.size(), limits.connections(), source));
            }
            line.add(waiter);
        }
        return await(waiter);
    }

    private Place await(Waiter waiter) {
        boolean arrived = false;
        try {
            Heddle.timeout(
                    limits.acquire(),
                    () -> {
                        waiter.given.await();
                    });
            arrived = true;
        } catch (TimeoutException e) {
            throw new SqlException(
                    "none of the %d connections to %s came free within %s (DatabaseLimits.acquire): hold them shorter, and do not open a transaction inside of another"
                            .formatted(limits.connections(), source, limits.acquire()),
                    e);
        } finally {
            if (!arrived) {
                withdraw(waiter);
            }
        }
        synchronized (this) {
            Place place = waiter.place;
            assert place != null;
            return place;
        }
    }

    /// Leaves the line; whoever was chosen in the same instant passes the place on.
    private void withdraw(Waiter waiter) {
        Place place;
        synchronized (this) {
            line.remove(waiter);
            place = waiter.place;
        }
        if (place != null) {
            release(place);
        }
    }

    void release(Place place) {
        Waiter next;
        boolean last;
        synchronized (this) {
            next = line.isEmpty() ? null : line.removeFirst();
            if (next != null) {
                next.place = place;
            } else {
                free.addLast(place);
            }
            last = closed && free.size() == all.size();
        }
        if (next != null) {
            next.given.complete(null);
        }
        if (last) {
            drained.tryComplete(null);
        }
    }

    /// Lets nobody in any more, and sends home who waits.
    ///
    /// @return false if that has happened before
    boolean close() {
        List<Waiter> waiters;
        boolean empty;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            waiters = List.copyOf(line);
            line.clear();
            empty = free.size() == all.size();
        }
        for (Waiter waiter : waiters) {
            waiter.given.fail(closedError());
        }
        if (empty) {
            drained.tryComplete(null);
        }
        return true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    Promise<@Nullable Void> drained() {
        return drained;
    }

    synchronized List<Place> places() {
        return List.copyOf(all);
    }

    /// Takes the places that nobody holds, for good.
    synchronized List<Place> takeFree() {
        List<Place> taken = List.copyOf(free);
        free.clear();
        all.removeAll(taken);
        return taken;
    }

    private void checkOpen() {
        if (closed) {
            throw closedError();
        }
    }

    IllegalStateException closedError() {
        return new IllegalStateException(
                "the database " + source + " is closed: close it after its last use");
    }
}
