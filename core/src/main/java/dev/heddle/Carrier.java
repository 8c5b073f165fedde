package dev.heddle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The inside of an [EventLoop]: what its platform thread does between two tasks.
///
/// Round after round it takes in what came from outside, fires due timers, gives ready tasks their
/// turns for a slice, and asks for I/O; with nothing to do it sleeps. No code of the user's runs
/// here outside of a task, and no lock is taken that user code can hold: a parked task that held
/// one would stop the loop for good.
final class Carrier {
    private static final System.Logger LOG = System.getLogger("dev.heddle");

    /// A turn is about 0.3 µs at least; 61 of them are less than the cost of looking at the
    /// selector in vain (Tokio's figure, and Go's).
    static final int MOST_TURNS = 61;

    private static final long LONGEST_SLICE = 50_000;

    /// How long a closing loop waits for threads that foreign code has started on it.
    private static final long STRANGERS_GRACE = 1_000_000_000;

    private static final long FOR_EVER = 0;
    private static final long LONGEST_SLEEP_MILLIS = 86_400_000;

    /// What [#turnStart] says between two turns.
    static final long NO_TURN = 0;

    private static final VarHandle ASLEEP;
    private static final VarHandle TURN_START;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ASLEEP = lookup.findVarHandle(Carrier.class, "asleep", boolean.class);
            TURN_START = lookup.findVarHandle(Carrier.class, "turnStart", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EventLoop loop;
    private final LoopThread thread;
    private final Selector selector;
    private final Inbox inbox = new Inbox();

    // Owner of all of these: the loop thread.
    final Timers timers = new Timers();
    private final ReadyQueue ready = new ReadyQueue();
    private final Callbacks callbacks;
    private final Strangers strangers;
    private final Consumer<SelectionKey> onReady = Carrier::keyIsReady;
    private int registrations;

    /// The selector lets go of a closed channel's descriptor when it is asked for events.
    private boolean closedChannels;

    private int offloads;
    private int operations;
    private int sliceLeft;
    private long sliceEnd;
    private long tasks;
    private long turns;
    private long polls;

    /// When the turn that runs now began, for the watchdog. Written by the loop thread, opaquely:
    /// it is on the hot path, and the watchdog may see it a little late.
    @SuppressWarnings("unused")
    private long turnStart = NO_TURN;

    /// The turn that the watchdog has reported. Owner: the watchdog.
    private long reportedTurn = NO_TURN;

    /// Announced by the loop before it sleeps, taken back by itself or by the one who wakes it.
    ///
    /// ```
    /// loop:    asleep = true ── fence ── inbox empty? ── select
    /// others:  push ── fence ── asleep? true→false ── wakeup
    /// ```
    ///
    /// Whoever comes second sees what the first has written, so no wake-up is lost; and only the
    /// one who turns it to false makes the system call. Guard: volatile, compare-and-set.
    private volatile boolean asleep;

    /// Calls of [Selector#wakeup].
    private final AtomicLong wakeUps = new AtomicLong();

    Carrier(EventLoop loop) {
        this.loop = loop;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(loop + " cannot open a selector", e);
        }
        this.thread = new LoopThread(loop, loop.name(), this::runForEver);
        this.callbacks = new Callbacks(loop, this);
        this.strangers = new Strangers(loop);
    }

    LoopThread thread() {
        return thread;
    }

    boolean isCurrent() {
        return VirtualThreads.carrier() == thread;
    }

    /// The task that runs now. On the loop thread.
    @Nullable Task<?> running() {
        return thread.current;
    }

    LoopStatistics statistics() {
        return new LoopStatistics(
                tasks, strangers.size(), ready.size(), timers.size(), turns, polls, wakeUps.get());
    }

    // ---- for the watchdog ----

    EventLoop loop() {
        return loop;
    }

    long turnStart() {
        return (long) TURN_START.getOpaque(this);
    }

    boolean wasReported(long turn) {
        return reportedTurn == turn;
    }

    void markReported(long turn) {
        reportedTurn = turn;
    }

    // ---- taking work in ----

    /// Queues a node at the end. On the loop thread, between tasks or in one.
    void enqueue(Ready node) {
        ready.add(node);
    }

    /// Takes in a node from any thread, also in the middle of a park. Takes no lock that user code
    /// can hold, and does not throw.
    ///
    /// @return false if the loop has stopped
    boolean ready(Ready node) {
        if (isCurrent()) {
            if (!callbacks.takeDirect(node)) {
                ready.add(node);
            }
            return true;
        }
        if (!inbox.push(node)) {
            return false;
        }
        if (asleep && ASLEEP.compareAndSet(this, true, false)) {
            wakeUps.incrementAndGet();
            selector.wakeup();
        }
        return true;
    }

    /// The callback at the head of the queue, if there is one and the slice is not used up: a
    /// runner takes it without a switch.
    @Nullable Callback pollCallback() {
        if (isSliceOver()) {
            return null;
        }
        Callback callback = ready.pollCallback();
        if (callback != null) {
            turnTaken();
        }
        return callback;
    }

    // ---- counts that tell the loop whether it may sleep or end; on the loop thread ----

    void taskStarted() {
        tasks++;
    }

    void taskEnded() {
        tasks--;
    }

    void offloadStarted() {
        offloads++;
    }

    void offloadEnded() {
        offloads--;
    }

    SelectionKey register(SelectableChannel channel, Readiness readiness) throws IOException {
        if (channel.keyFor(selector) != null) {
            throw new IllegalStateException(
                    channel
                            + " has a Readiness on "
                            + loop
                            + " already: a second one would take the first one's events. Use that"
                            + " one.");
        }
        SelectionKey key = channel.register(selector, 0, readiness);
        registrations++;
        return key;
    }

    void deregistered() {
        registrations--;
        closedChannels = true;
    }

    /// Lets go of the descriptors of closed channels now, rather than at the next look at I/O. On
    /// the loop thread, by a task.
    void releaseClosed() throws IOException {
        poll();
    }

    /// Counts an operation that finished without waiting; see [Heddle#cooperate].
    boolean isSliceUsedUp() {
        if (++operations < MOST_TURNS) {
            return false;
        }
        operations = 0;
        return true;
    }

    // ---- the rounds: all below runs outside of any task ----

    private void runForEver() {
        Watchdog.watch(this);
        try {
            goRounds();
        } finally {
            Watchdog.leave(this);
        }
    }

    private void goRounds() {
        while (true) {
            try {
                if (!goRound()) {
                    break;
                }
            } catch (Throwable e) {
                // Nothing of the user's runs here, so this is memory or a defect of ours. The
                // loop's
                // tasks are worth more than its state: go on, and let a task say it.
                thread.current = null;
                enqueue(new Callback(() -> loop.reportUnhandled(loop + " itself", e)));
            }
        }
        callbacks.close();
        while (!ready.isEmpty()) {
            runSlice();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, loop + " cannot close its selector", e);
        }
    }

    /// One round: what came from outside, due timers, a slice of ready tasks, I/O.
    ///
    /// @return false if the loop is closed and empty
    private boolean goRound() throws IOException {
        inbox.drainTo(ready);
        if (timers.size() > 0) {
            timers.fireDue(loop.clock().nanoTime());
        }
        runSlice();
        if (!ready.isEmpty() || !inbox.isEmpty()) {
            poll();
        } else if (isOver() && inbox.closeIfEmpty()) {
            return false;
        } else {
            sleep();
        }
        return true;
    }

    private boolean isOver() {
        return loop.isClosing()
                && tasks == 0
                && callbacks.areDone()
                && strangers.leave(STRANGERS_GRACE);
    }

    private void runSlice() {
        if (ready.isEmpty()) {
            TURN_START.setOpaque(this, NO_TURN);
            return;
        }
        sliceLeft = MOST_TURNS;
        sliceEnd = Long.MAX_VALUE;
        Ready node;
        while (!isSliceOver() && (node = ready.poll()) != null) {
            turnTaken();
            if (node instanceof Task<?> task) {
                resume(task);
            } else if (node instanceof Callback callback) {
                callbacks.dispatch(callback);
            } else if (node instanceof StrangerStep step) {
                strangers.step(step, thread);
            }
        }
        TURN_START.setOpaque(this, NO_TURN);
    }

    private void turnTaken() {
        turns++;
        sliceLeft--;
    }

    /// Also notes the time at which the next turn begins.
    private boolean isSliceOver() {
        long now = System.nanoTime();
        TURN_START.setOpaque(this, now);
        if (sliceEnd == Long.MAX_VALUE) {
            sliceEnd = now + LONGEST_SLICE;
        }
        return sliceLeft == 0 || now > sliceEnd;
    }

    void resume(Task<?> task) {
        operations = 0;
        thread.current = task;
        task.step();
        thread.current = null;
        task.afterStep();
    }

    private static void keyIsReady(SelectionKey key) {
        ((Readiness) key.attachment()).ready(key.readyOps());
    }

    private void poll() throws IOException {
        if (registrations > 0 || closedChannels) {
            closedChannels = false;
            polls++;
            selector.selectNow(onReady);
        }
    }

    private void sleep() throws IOException {
        long deadline = timers.nextDeadline();
        long millis = FOR_EVER;
        switch (loop.clock()) {
            case VirtualClock virtual -> {
                poll();
                if (!ready.isEmpty()) {
                    return;
                }
                if (deadline != Long.MAX_VALUE && offloads == 0 && inbox.isEmpty()) {
                    virtual.jumpTo(deadline);
                    return;
                }
            }
            case SystemClock system -> {
                if (deadline != Long.MAX_VALUE) {
                    long nanos = deadline - system.nanoTime();
                    if (nanos <= 0) {
                        return;
                    }
                    // Rounded up: to wake early would be to spin until the deadline.
                    millis = Math.min((nanos + 999_999) / 1_000_000, LONGEST_SLEEP_MILLIS);
                }
            }
        }
        asleep = true;
        // The volatile write and the volatile read of the inbox cannot be reordered.
        if (inbox.isEmpty()) {
            closedChannels = false;
            polls++;
            selector.select(onReady, millis);
        }
        asleep = false;
        // Volatile, and before the question whether the watchdog sleeps: it asks the other way
        // round,
        // so one of the two sees the other.
        TURN_START.setVolatile(this, System.nanoTime());
        Watchdog.loopIsAwake();
        // Someone may have interrupted the loop's thread. Nobody here listens to that, and left set
        // it
        // would keep the selector from sleeping.
        boolean ignored = Thread.interrupted();
    }
}
