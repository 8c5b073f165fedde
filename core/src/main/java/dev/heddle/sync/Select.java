package dev.heddle.sync;

import dev.heddle.Heddle;
import dev.heddle.Suspension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Waits for the first of several channels.
public final class Select {
    private Select() {}

    /// Does exactly one of several alternatives: the first in the given order that needs no
    /// waiting, else the one that can be done first. The others have no effect: nothing is received
    /// from them or sent into them.
    ///
    /// ```java
    /// String next = Select.one(List.of(
    ///         orders.onReceive(order -> "order " + order),
    ///         stop.onReceive(reason -> "stopped: " + reason)));
    /// ```
    ///
    /// @param <R> the result
    /// @param clauses the alternatives, at least one
    /// @return what the chosen alternative's function returned
    /// @throws ClosedException if the chosen alternative's channel is closed
    /// @throws dev.heddle.Cancelled if the caller is cancelled: then none was done
    /// @throws IllegalArgumentException if there is no alternative
    public static <R extends @Nullable Object> R one(List<? extends Clause<? extends R>> clauses) {
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("nothing to select from: it would wait for ever");
        }
        Heddle.checkCancelled();
        for (Clause<? extends R> clause : clauses) {
            if (clause.attempt()) {
                return clause.finish();
            }
        }
        Suspension<Object> suspension = Suspension.ofCurrent();
        Object handed;
        try {
            for (Clause<? extends R> clause : clauses) {
                clause.enlist(suspension);
            }
            handed = suspension.await();
        } finally {
            for (Clause<? extends R> clause : clauses) {
                clause.delist();
            }
        }
        for (Clause<? extends R> clause : clauses) {
            if (clause.isMeantBy(handed)) {
                return clause.finish();
            }
        }
        throw new AssertionError("resumed by nobody's place: " + handed);
    }
}
