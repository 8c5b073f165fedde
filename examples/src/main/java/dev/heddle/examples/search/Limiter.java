package dev.heddle.examples.search;

import dev.heddle.Promise;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Lets tasks of one loop use so much of something at a time; others wait, first come first served.
/// Owner: the loop thread.
final class Limiter {
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();
    private long free;

    private static final class Waiter {
        final Promise<@Nullable Void> turn = new Promise<>();
        final long amount;

        Waiter(long amount) {
            this.amount = amount;
        }
    }

    Limiter(long amount) {
        this.free = amount;
    }

    /// Takes an amount, which must not be more than there is in all.
    void acquire(long amount) {
        if (line.isEmpty() && free >= amount) {
            free -= amount;
            return;
        }
        Waiter waiter = new Waiter(amount);
        line.add(waiter);
        boolean arrived = false;
        try {
            waiter.turn.await();
            arrived = true;
        } finally {
            if (!arrived) {
                // Whoever stands behind us may fit now.
                release(line.remove(waiter) ? 0 : amount);
            }
        }
    }

    void release(long amount) {
        free += amount;
        while (!line.isEmpty() && line.element().amount <= free) {
            Waiter next = line.remove();
            free -= next.amount;
            next.turn.complete(null);
        }
    }
}
