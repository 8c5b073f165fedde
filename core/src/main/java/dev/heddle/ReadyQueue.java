package dev.heddle;

import org.jspecify.annotations.Nullable;

/// First in, first out. Owner: the loop thread.
final class ReadyQueue {
    private @Nullable Ready head;
    private @Nullable Ready tail;
    private int size;

    boolean isEmpty() {
        return head == null;
    }

    int size() {
        return size;
    }

    void add(Ready node) {
        Ready last = tail;
        if (last == null) {
            head = node;
        } else {
            last.next = node;
        }
        tail = node;
        size++;
    }

    @Nullable Ready poll() {
        Ready first = head;
        if (first == null) {
            return null;
        }
        head = first.next;
        if (head == null) {
            tail = null;
        }
        first.next = null;
        size--;
        return first;
    }

    /// The first node if it is a callback: lets a runner go on with the next one without a switch.
    @Nullable Callback pollCallback() {
        if (head instanceof Callback callback) {
            poll();
            return callback;
        }
        return null;
    }
}
