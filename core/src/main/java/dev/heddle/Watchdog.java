package dev.heddle;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Looks for tasks that hold their loop too long, while they do: afterwards only the time is known,
/// and not the line.
///
/// One thread for all loops of the process. It looks twice per limit while some loop is awake, and
/// sleeps when all do; a loop that wakes up wakes it.
final class Watchdog implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.heddle");

    /// A task that runs longer than this without a suspension is reported; 0 or less switches it
    /// off.
    static final Duration LIMIT = Duration.ofMillis(Long.getLong("heddle.watchdog.millis", 100));

    /// How many looks in a row must find all loops asleep before the watchdog sleeps, too: a busy
    /// server's loop falls asleep between any two requests, and must not have to wake it each time.
    private static final int PATIENCE = 20;

    private static final Watchdog INSTANCE = new Watchdog();

    private final List<Carrier> carriers = new CopyOnWriteArrayList<>();

    /// Written under this object's monitor; null until the first loop opens.
    private volatile @Nullable Thread thread;

    /// Written by the watchdog, and by whoever wakes it.
    private volatile boolean asleep;

    private Watchdog() {}

    static void watch(Carrier carrier) {
        if (LIMIT.toNanos() > 0) {
            INSTANCE.carriers.add(carrier);
            INSTANCE.begin();
        }
    }

    static void leave(Carrier carrier) {
        boolean ignored = INSTANCE.carriers.remove(carrier);
    }

    /// By a loop that has slept.
    static void loopIsAwake() {
        if (INSTANCE.asleep) {
            INSTANCE.wake();
        }
    }

    private synchronized void begin() {
        if (thread == null) {
            Thread started = new Thread(this, "heddle-watchdog");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
        wake();
    }

    private void wake() {
        asleep = false;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long pause = Math.max(1_000_000, LIMIT.toNanos() / 2);
        int quiet = 0;
        while (true) {
            quiet = lookAtAll() ? 0 : quiet + 1;
            if (quiet < PATIENCE) {
                LockSupport.parkNanos(pause);
                continue;
            }
            asleep = true;
            // Announced first, looked again second: see Carrier's sleep.
            while (asleep && !lookAtAll()) {
                LockSupport.park(this);
            }
            asleep = false;
            quiet = 0;
        }
    }

    /// Looks at all loops.
    ///
    /// @return whether one is awake
    private boolean lookAtAll() {
        boolean awake = false;
        for (Carrier carrier : carriers) {
            awake |= look(carrier);
        }
        return awake;
    }

    /// Looks at one loop.
    ///
    /// @return whether it is awake
    private static boolean look(Carrier carrier) {
        long start = carrier.turnStart();
        if (start == Carrier.NO_TURN) {
            return false;
        }
        long held = System.nanoTime() - start;
        Task<?> task = carrier.running();
        if (held < LIMIT.toNanos() || task == null || carrier.wasReported(start)) {
            return true;
        }
        StackTraceElement[] stack = task.thread().getStackTrace();
        if (carrier.turnStart() == start && stack.length > 0) {
            carrier.markReported(start);
            report(carrier, new Stall(task.describe(), Duration.ofNanos(held), List.of(stack)));
        }
        return true;
    }

    private static void report(Carrier carrier, Stall stall) {
        try {
            carrier.loop().stallHandler().stalled(stall);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the handler of stalls of " + carrier.loop() + " failed", e);
        }
    }

    /// What is done with a stall unless the program says otherwise.
    static void log(EventLoop loop, Stall stall) {
        StringBuilder text = new StringBuilder();
        text.append(stall.task())
                .append(" has held ")
                .append(loop)
                .append(" for ")
                .append(stall.held().toMillis())
                .append(" ms, and nothing else could run there. It is at");
        for (StackTraceElement element : stall.stack()) {
            text.append("\n\tat ").append(element);
        }
        text.append("\nGive way by Heddle.checkpoint(), or hand the work to Heddle.offload(…).");
        LOG.log(Level.WARNING, text.toString());
    }
}
