package dev.heddle;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What the loop sees of a task: a virtual thread to resume, a wait to end, a scope that may be
/// cancelled. The public half is [Task].
abstract sealed class Strand extends Ready permits Task {
    final EventLoop loop;

    /// The scope that this whole task is: below its group's scope, or the loop's.
    final CancelScope whole;

    /// The innermost scope that the task is in. Owner: the loop thread.
    CancelScope scope;

    /// The values of context variables. Owner: the task itself, once it has started.
    Context context = Context.EMPTY;

    private final Thread thread;

    /// What the JDK hands to its scheduler when this task's thread can go on; always the same
    /// object. Set by the start of the thread.
    private @Nullable Runnable continuation;

    /// ```
    /// RUNNING ──beginWait──▶ WAITING ──signal──▶ SIGNALLED
    ///    ▲                      │ cancelled          │
    ///    └──────endWait─────────┴────────────────────┘
    /// ```
    ///
    /// RUNNING says nothing about the JDK: a task that is parked by foreign code is RUNNING here.
    /// Owner: the loop thread.
    private byte wait = RUNNING;

    private static final byte RUNNING = 0;
    private static final byte WAITING = 1;
    private static final byte SIGNALLED = 2;

    /// Interrupts foreign waits while this task is cancelled. Owner: the loop thread.
    private @Nullable Interruption interruption;

    /// True from the end of the body on. Owner: the loop thread.
    private boolean ended;

    /// With the thread of a stranger, or null for one of our own.
    Strand(
            EventLoop loop,
            @Nullable CancelScope parent,
            @Nullable String name,
            @Nullable Thread stranger) {
        this.loop = loop;
        this.whole = CancelScope.ofTask((Task<?>) this, loop, parent);
        this.scope = whole;
        this.thread =
                stranger != null
                        ? stranger
                        : VirtualThreads.unstarted(new Steps(), name, this::runBody);
    }

    /// What the thread does.
    abstract void runBody();

    final void startThread() {
        thread.start();
    }

    /// The scheduler of this task's thread. An object of its own, so that handing it work is not
    /// among the things that a user can do with a task.
    private final class Steps implements Executor {
        /// Called by the JDK, from any thread, when the thread can go on: from the middle of a
        /// park, too. Neither parks nor throws.
        @Override
        public void execute(Runnable runnable) {
            if (continuation == null) {
                continuation = runnable;
            }
            // Anything else is a thread that foreign code has started: it inherits this scheduler.
            loop.carrier()
                    .ready(runnable == continuation ? Strand.this : new StrangerStep(runnable));
        }
    }

    /// Runs this task until it waits or ends. On the carrier, by the loop.
    void step() {
        Runnable runnable = continuation;
        assert runnable != null;
        runnable.run();
    }

    /// The carrier has put this task down.
    void afterStep() {
        if (scope.isCancelled() && waitsInForeignCode()) {
            cancellationArrived();
        }
    }

    /// The body has ended: nothing reaches it any more. On its own thread.
    void markEnded() {
        ended = true;
        whole.unlink();
        leftScope();
    }

    /// Puts a stranger into the tree, so that the loop's end reaches it. On the carrier.
    void strangerBegan() {
        whole.link();
    }

    /// The thread of a stranger has ended. On the carrier.
    void strangerEnded() {
        ended = true;
        whole.unlink();
        Interruption pending = interruption;
        if (pending != null) {
            pending.stop();
        }
    }

    /// Whether a stranger's thread has ended.
    boolean isThreadOver() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    void interruptThread() {
        thread.interrupt();
    }

    Thread thread() {
        return thread;
    }

    // ---- waiting: called by the task itself, but for signal and unpark ----

    /// Throws if the innermost scope is cancelled. Every suspension point starts with it.
    void checkCancelled() {
        if (scope.isCancelled()) {
            takeBackInterrupt();
            throw scope.error();
        }
    }

    /// Clears our own interrupt, which has done its work or must not do it here: the clean-up that
    /// follows would find itself interrupted. Called by the task itself.
    void takeBackInterrupt() {
        if (wasInterrupted()) {
            boolean ignored = Thread.interrupted();
        }
    }

    /// Announces a wait, before the task's place in some line of waiters can be seen by a waker.
    void beginWait() {
        wait = WAITING;
    }

    void endWait() {
        wait = RUNNING;
    }

    /// Waits for [#signal], or for cancellation. A signal that has come wins.
    ///
    /// @return true if signalled, false if cancelled: the caller then leaves its line and throws
    boolean awaitSignal() {
        while (wait != SIGNALLED && !scope.isCancelled()) {
            park();
        }
        boolean signalled = wait == SIGNALLED;
        wait = RUNNING;
        return signalled;
    }

    /// Waits for [#signal], whatever else happens.
    void awaitSignalShielded() {
        while (wait != SIGNALLED) {
            park();
        }
        wait = RUNNING;
    }

    /// Parks once; may return for no reason.
    void park() {
        LockSupport.park();
        if (Thread.interrupted() && !wasInterrupted()) {
            whole.cancel("its thread was interrupted from outside");
        }
    }

    /// Ends the wait that was announced; does nothing when there is none. On the loop thread.
    void signal() {
        if (wait == WAITING) {
            wait = SIGNALLED;
            LockSupport.unpark(thread);
        }
    }

    /// Lets the task look again whether what it waits for is there. From any thread.
    void unpark() {
        LockSupport.unpark(thread);
    }

    // ---- cancellation ----

    /// The innermost scope was cancelled. On the loop thread, in some task or on the carrier.
    void cancellationArrived() {
        if (wait == WAITING) {
            LockSupport.unpark(thread);
        } else if (wait == RUNNING && loop.running() != this && !ended) {
            // Parked by foreign code, or about to go on; the interrupt is cleared at the next
            // suspension point or when the scope is left.
            Interruption pending = interruption;
            if (pending == null) {
                pending = new Interruption(this);
                interruption = pending;
            }
            pending.request();
        }
    }

    /// The task has left a scope: where it is now, it may not be cancelled any more.
    void leftScope() {
        Interruption pending = interruption;
        if (pending != null && (ended || !scope.isCancelled())) {
            pending.stop();
            interruption = null;
            if (pending.wasSent()) {
                // The flag is ours, not the business of the code outside of the scope.
                boolean ignored = Thread.interrupted();
            }
        }
    }

    /// Whether we have interrupted this task because of the cancellation it is in.
    boolean wasInterrupted() {
        Interruption pending = interruption;
        return pending != null && pending.wasSent();
    }

    /// Whether an interrupt has to be sent still: the task is cancelled and waits in foreign code.
    boolean waitsInForeignCode() {
        return wait == RUNNING && !ended && scope.isCancelled();
    }
}
