package dev.heddle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What other threads hand to a loop: a stack that anyone pushes to without locks and only the loop
/// empties, turning it round so that each sender's order is kept.
final class Inbox {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Inbox.class, "top", Ready.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Stands at the top of an inbox that takes no more.
    private static final Ready CLOSED = new StrangerStep(() -> {});

    /// Guard: compare-and-set.
    @SuppressWarnings("unused")
    private volatile @Nullable Ready top;

    boolean isEmpty() {
        return top == null;
    }

    /// From any thread. Neither parks, nor throws, nor allocates.
    ///
    /// @return false if the inbox is closed
    boolean push(Ready node) {
        for (; ; ) {
            Ready seen = top;
            if (seen == CLOSED) {
                return false;
            }
            node.next = seen;
            if (TOP.compareAndSet(this, seen, node)) {
                return true;
            }
        }
    }

    /// Closes the inbox if it is empty, so that whatever was taken in is also run. By the loop
    /// thread.
    boolean closeIfEmpty() {
        return TOP.compareAndSet(this, null, CLOSED);
    }

    /// By the loop thread alone: moves all to the end of `queue`, oldest first.
    void drainTo(ReadyQueue queue) {
        if (top == null) {
            return;
        }
        Ready newest = (Ready) TOP.getAndSet(this, null);
        Ready oldest = null;
        while (newest != null) {
            Ready older = newest.next;
            newest.next = oldest;
            oldest = newest;
            newest = older;
        }
        while (oldest != null) {
            Ready newer = oldest.next;
            oldest.next = null;
            queue.add(oldest);
            oldest = newer;
        }
    }
}
