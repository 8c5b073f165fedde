package dev.heddle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Several ways to one value: [Heddle#firstOf] and [Heddle#staggered].
///
/// The order in which the tasks end decides, and on one loop there is one: of two that succeed in
/// the same instant, the one that had its turn first wins. Owner of all fields: the loop thread.
final class Race<T extends @Nullable Object> implements GroupRule {
    private final List<Body<? extends T, ?>> attempts;

    /// How long an attempt is alone before the next one starts; null to start all at once.
    private final @Nullable Duration headStart;

    /// What becomes of values that nobody asked for.
    private final Consumer<? super T> release;

    private Outcome.@Nullable Value<T> winner;
    private final List<T> late = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    /// While the next attempt waits for its start.
    private @Nullable Suspension<@Nullable Void> nextStart;

    Race(
            List<? extends Body<? extends T, ?>> attempts,
            @Nullable Duration headStart,
            Consumer<? super T> release) {
        this.attempts = List.copyOf(attempts);
        this.headStart = headStart;
        this.release = release;
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException(
                    "a race without attempts has no winner: give at least one body");
        }
    }

    T run() {
        Task<?> host = Task.currentFor("firstOf");
        host.checkCancelled();
        Throwable thrown = null;
        try {
            TaskGroup.<@Nullable Void, RuntimeException>run(this, this::start);
        } catch (Throwable failure) {
            thrown = failure;
        }
        Outcome.Value<T> won = winner;
        if (won != null && (thrown == null || thrown instanceof Cancelled)) {
            // Also when the caller was cancelled meanwhile: a value that is there is delivered.
            releaseLate(host, won);
            reportErrors(host);
            return won.value();
        }
        if (won != null) {
            late.add(won.value());
            releaseLate(host, null);
        }
        throw Scopes.<RuntimeException>sneaky(failure(thrown));
    }

    private @Nullable Void start(TaskGroup group) {
        int started = 0;
        for (Body<? extends T, ?> attempt : attempts) {
            if (started++ > 0 && headStart != null) {
                awaitStart(headStart);
            }
            Task<T> ignored = group.spawn(attempt);
        }
        return null;
    }

    /// Waits until the delay is over or an attempt has failed.
    private void awaitStart(Duration delay) {
        Suspension<@Nullable Void> start = Suspension.ofCurrent();
        nextStart = start;
        try {
            boolean ignored =
                    Scopes.<RuntimeException>moveOnAfter(
                            delay,
                            () -> {
                                start.await();
                            });
        } finally {
            nextStart = null;
        }
    }

    @Override
    @SuppressWarnings("unchecked") // only attempts of this race are in its group
    public void ended(TaskGroup group, Outcome<?> outcome) {
        switch ((Outcome<T>) outcome) {
            case Outcome.Value<T> value when winner == null -> {
                winner = value;
                group.scope().cancel("another attempt was first");
            }
            case Outcome.Value<T>(T value) -> late.add(value);
            case Outcome.Failure<T>(Throwable error) -> failed(error);
            case Outcome.Cancellation<T>(String reason) -> {
                if (!group.scope().isCancelled()) {
                    failed(new CancellationException(reason));
                }
            }
        }
    }

    private void failed(Throwable error) {
        failures.add(error);
        if (nextStart != null) {
            boolean ignored = nextStart.resume(null);
        }
    }

    /// What the race throws when nobody has won: `thrown` by its group, or the first failure with
    /// the others suppressed.
    private Throwable failure(@Nullable Throwable thrown) {
        Throwable first = thrown;
        for (Throwable error : failures) {
            Throwable unchecked = Promise.asUnchecked(error);
            if (first == null) {
                first = unchecked;
            } else if (first != unchecked) {
                first.addSuppressed(unchecked);
            }
        }
        assert first != null : "a race ends by a value, a failure or a cancellation";
        return first;
    }

    private void releaseLate(Task<?> host, Outcome.@Nullable Value<T> won) {
        for (T value : late) {
            if (won != null && won.value() == value) {
                continue;
            }
            try {
                Scopes.<@Nullable Void, RuntimeException>shield(() -> {
                    release.accept(value);
                    return null;
                });
            } catch (Throwable failure) {
                host.loop.reportUnhandled("releasing a value that has lost a race", failure);
            }
        }
    }

    /// An exception is an attempt that did not work, which is why there are others; an error is a
    /// defect, which must not hide behind them.
    private void reportErrors(Task<?> host) {
        for (Throwable failure : failures) {
            if (failure instanceof Error) {
                host.loop.reportUnhandled("an attempt that has lost a race", failure);
            }
        }
    }

    /// Closes what can be closed: the value of a loser that nobody else will ever see.
    static void close(@Nullable Object value) {
        if (value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw Scopes.<RuntimeException>sneaky(e);
            }
        }
    }
}
