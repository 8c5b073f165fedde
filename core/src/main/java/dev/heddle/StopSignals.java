package dev.heddle;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// While open, the first Ctrl-C or `SIGTERM` cancels a task, and the second ends the process.
final class StopSignals implements AutoCloseable {
    /// What a shell shows of a process that a signal has ended: 128 and the signal's number.
    static final int INTERRUPTED = 130;

    static final int TERMINATED = 143;

    /// The handlers are the process's, and put back in turn: there cannot be two.
    private static final AtomicBoolean TAKEN = new AtomicBoolean();

    private final IntConsumer onFirst;
    private final Object beforeInterrupt;
    private final Object beforeTerminate;

    /// The task to cancel, and the signal that has come. Guard: the monitor of this object.
    private @Nullable Task<?> main;

    private @Nullable String came;

    StopSignals(IntConsumer onFirst) {
        if (!TAKEN.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "another runner of this process has the signals: let only one have"
                            + " Options.withSignals()");
        }
        this.onFirst = onFirst;
        try {
            beforeInterrupt = Signals.Jdk.handle("INT", this::arrived);
            try {
                beforeTerminate = Signals.Jdk.handle("TERM", this::arrived);
            } catch (Throwable failure) {
                Signals.Jdk.restore("INT", beforeInterrupt);
                throw failure;
            }
        } catch (Throwable failure) {
            TAKEN.set(false);
            throw failure;
        }
    }

    /// Names the task to cancel, which is done at once if a signal has come.
    synchronized void cancels(Task<?> task) {
        main = task;
        if (came != null) {
            task.cancel(came);
        }
    }

    /// On a thread of the JDK's.
    private synchronized void arrived(String signal) {
        int code = signal.equals("INT") ? INTERRUPTED : TERMINATED;
        if (came != null) {
            Runtime.getRuntime().halt(code);
        }
        came = signal.equals("INT") ? "Ctrl-C (SIGINT)" : "SIGTERM";
        onFirst.accept(code);
        if (main != null) {
            main.cancel(came);
        }
    }

    @Override
    public void close() {
        Signals.Jdk.restore("TERM", beforeTerminate);
        Signals.Jdk.restore("INT", beforeInterrupt);
        TAKEN.set(false);
    }
}
