package dev.heddle.http;

import dev.heddle.EventLoop;
import dev.heddle.TimerHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends connections that wait for their peer for too long, with one timer for all of them.
///
/// A connection that begins to wait writes its deadline into a field, which costs nothing; the
/// timer is set for the earliest deadline known, looks at all connections when it fires, and is set
/// again. Most deadlines are gone by then. Without connections there is no timer.
///
/// Owner of everything here: the loop thread.
final class Deadlines {
    static final long NEVER = Long.MAX_VALUE;

    /// The least time between two looks, so that deadlines close to each other share one: they are
    /// met this much late at most.
    private static final long PAUSE = 20_000_000;

    private final EventLoop loop;

    /// A list through all connections.
    private @Nullable Http1Connection first;

    private long armedFor = NEVER;
    private @Nullable TimerHandle timer;

    Deadlines(EventLoop loop) {
        this.loop = loop;
    }

    long now() {
        return loop.clock().nanoTime();
    }

    @Nullable Http1Connection first() {
        return first;
    }

    void add(Http1Connection connection) {
        Http1Connection head = first;
        connection.next = head;
        if (head != null) {
            head.previous = connection;
        }
        first = connection;
    }

    void remove(Http1Connection connection) {
        Http1Connection before = connection.previous;
        Http1Connection behind = connection.next;
        if (before == null) {
            first = behind;
        } else {
            before.next = behind;
        }
        if (behind != null) {
            behind.previous = before;
        }
        if (first == null && timer != null) {
            timer.cancel();
            timer = null;
            armedFor = NEVER;
        }
    }

    /// Makes sure that the timer fires in time for a deadline.
    void watch(long deadline) {
        if (deadline < armedFor) {
            arm(deadline);
        }
    }

    private void arm(long deadline) {
        if (timer != null) {
            timer.cancel();
        }
        armedFor = deadline;
        timer = loop.callLater(Duration.ofNanos(Math.max(deadline - now(), 0)), this::sweep);
    }

    private void sweep() {
        timer = null;
        armedFor = NEVER;
        long now = now();
        long earliest = NEVER;
        Http1Connection at = first;
        while (at != null) {
            Http1Connection behind = at.next;
            if (at.deadline <= now) {
                at.expire();
            } else {
                earliest = Math.min(earliest, at.deadline);
            }
            at = behind;
        }
        if (earliest != NEVER) {
            watch(Math.max(earliest, now + PAUSE));
        }
    }
}
