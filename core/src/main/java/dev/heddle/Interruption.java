package dev.heddle;

import org.jspecify.annotations.Nullable;

/// Interrupts one task that is cancelled while foreign code has parked it in the JDK, and does so
/// again for as long as the task stays there: cancellation is a level, an interrupt is an edge.
///
/// With growing pauses, because code like `ReentrantLock.lock` answers each interrupt by parking
/// again. The interrupt itself may close a channel and take locks, so it is sent by a callback, not
/// by the carrier. Owner: the loop thread.
final class Interruption {
    private static final long FIRST_PAUSE = 1_000_000;
    private static final long LONGEST_PAUSE = 100_000_000;

    private final Strand task;
    private long pause;
    private boolean requested;
    private boolean sent;
    private boolean stopped;
    private @Nullable Again again;

    Interruption(Strand task) {
        this.task = task;
    }

    void request() {
        if (requested || stopped) {
            return;
        }
        requested = true;
        EventLoop loop = task.loop;
        if (pause == 0) {
            pause = FIRST_PAUSE;
            loop.carrier().enqueue(new Callback(this::send));
        } else {
            long deadline = loop.clock().nanoTime() + pause;
            pause = Math.min(pause * 2, LONGEST_PAUSE);
            Again timer = new Again(deadline);
            again = timer;
            loop.timers.add(timer);
        }
    }

    private void send() {
        requested = false;
        if (!stopped && task.waitsInForeignCode()) {
            sent = true;
            task.interruptThread();
        }
    }

    boolean wasSent() {
        return sent;
    }

    void stop() {
        stopped = true;
        Again pending = again;
        if (pending != null) {
            task.loop.timers.remove(pending);
        }
    }

    private final class Again extends Timer {
        Again(long deadline) {
            super(deadline);
        }

        @Override
        void fire() {
            again = null;
            task.loop.carrier().enqueue(new Callback(Interruption.this::send));
        }
    }
}
