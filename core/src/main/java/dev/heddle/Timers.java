package dev.heddle;

import java.time.Duration;
import java.util.Arrays;

/// The loop's pending timers: a heap of four children a node, in which each timer knows its place,
/// so that a cancelled one leaves at once. (Most timeouts never fire; marking them and sweeping
/// later, as asyncio does, lets them fill the heap.) Owner: the loop thread.
final class Timers {
    private static final int ARITY = 4;

    /// Longer than any clock runs.
    static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Timer[] heap = new Timer[64];
    private int size;
    private long sequence;

    /// A duration in nanoseconds; the greatest long when it does not fit, which means "never".
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    int size() {
        return size;
    }

    /// The earliest deadline, [Long#MAX_VALUE] when there is none.
    long nextDeadline() {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadline;
    }

    void add(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        timer.sequence = sequence++;
        siftUp(size++, timer);
    }

    /// Takes a timer out; does nothing when it has fired or was taken out before.
    void remove(Timer timer) {
        int hole = timer.index;
        if (hole == Timer.IDLE) {
            return;
        }
        timer.index = Timer.IDLE;
        Timer last = takeLast();
        if (last != timer) {
            if (hole > 0 && last.isBefore(heap[(hole - 1) / ARITY])) {
                siftUp(hole, last);
            } else {
                siftDown(hole, last);
            }
        }
    }

    /// Fires all timers that are due at `now`, earliest first.
    void fireDue(long now) {
        while (size > 0 && heap[0].deadline <= now) {
            Timer due = heap[0];
            remove(due);
            due.fire();
        }
    }

    @SuppressWarnings("NullAway") // slots at and behind `size` hold null and are never read
    private Timer takeLast() {
        Timer last = heap[--size];
        heap[size] = null;
        return last;
    }

    private void siftUp(int start, Timer timer) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) / ARITY;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            put(hole, heap[parent]);
            hole = parent;
        }
        put(hole, timer);
    }

    private void siftDown(int start, Timer timer) {
        int hole = start;
        for (; ; ) {
            int first = hole * ARITY + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            int end = Math.min(first + ARITY, size);
            for (int child = first + 1; child < end; child++) {
                if (heap[child].isBefore(heap[least])) {
                    least = child;
                }
            }
            if (!heap[least].isBefore(timer)) {
                break;
            }
            put(hole, heap[least]);
            hole = least;
        }
        put(hole, timer);
    }

    private void put(int place, Timer timer) {
        heap[place] = timer;
        timer.index = place;
    }
}
