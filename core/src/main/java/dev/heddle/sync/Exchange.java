package dev.heddle.sync;

import dev.heddle.Cancelled;
import dev.heddle.Heddle;
import dev.heddle.Suspension;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Values on their way from task to task: a bounded buffer with a line of senders before it and a
/// line of receivers behind it. At most one of the lines has anyone in it: receivers wait only
/// while the buffer is empty, senders only while it is full. Owner: the loop thread.
final class Exchange<T> {
    /// A task that waits to be given a value.
    static final class Receiver<T> extends Line.Place {
        /// Null after a resumption: the exchange was closed.
        @Nullable T value;

        Receiver(Suspension<Object> suspension) {
            super(suspension);
        }
    }

    /// A task that waits for someone to take its value.
    static final class Sender<T> extends Line.Place {
        final T value;
        boolean refused;

        Sender(Suspension<Object> suspension, T value) {
            super(suspension);
            this.value = value;
        }
    }

    private final String what;
    private final int capacity;
    private final Queue<T> buffer;
    final Line<Receiver<T>> receivers = new Line<>();
    final Line<Sender<T>> senders = new Line<>();
    private boolean closed;

    Exchange(String what, int capacity, Queue<T> buffer) {
        this.what = what;
        this.capacity = capacity;
        this.buffer = buffer;
    }

    int buffered() {
        return buffer.size();
    }

    int capacity() {
        return capacity;
    }

    boolean isClosed() {
        return closed;
    }

    /// Closed, and nothing is left to receive.
    boolean isExhausted() {
        return closed && buffer.isEmpty() && senders.size() == 0;
    }

    /// Hands a value on without waiting, if there is a receiver or room.
    boolean offer(T value) {
        requireOpen();
        Receiver<T> receiver = receivers.poll();
        if (receiver != null) {
            receiver.value = value;
            boolean ignored = receiver.suspension.resume(receiver);
            return true;
        }
        if (buffer.size() < capacity) {
            buffer.add(value);
            return true;
        }
        return false;
    }

    /// Takes a value without waiting; null if there is none.
    @Nullable T take() {
        T value = buffer.poll();
        Sender<T> sender = senders.poll();
        if (sender == null) {
            return value;
        }
        boolean ignored = sender.suspension.resume(sender);
        if (value == null) {
            return sender.value;
        }
        buffer.add(sender.value);
        return value;
    }

    void send(T value) {
        Heddle.checkCancelled();
        if (offer(value)) {
            Heddle.cooperate();
            return;
        }
        Sender<T> place = new Sender<>(Suspension.ofCurrent(), value);
        senders.add(place);
        try {
            Object ignored = place.suspension.await();
        } finally {
            senders.remove(place);
        }
        if (place.refused) {
            throw closed();
        }
    }

    /// Waits for a value; null if the exchange is closed and empty.
    @Nullable T receive() {
        Heddle.checkCancelled();
        T value = take();
        if (value != null) {
            cooperateWith(value);
            return value;
        }
        if (closed) {
            return null;
        }
        Receiver<T> place = new Receiver<>(Suspension.ofCurrent());
        receivers.add(place);
        try {
            Object ignored = place.suspension.await();
        } finally {
            receivers.remove(place);
        }
        return place.value;
    }

    /// Gives way in its turn, but not with a value in hand that a cancellation could lose.
    private void cooperateWith(T value) {
        try {
            Heddle.cooperate();
        } catch (Cancelled deliveredFirst) {
            assert value != null; // the next suspension point throws again
        }
    }

    /// Takes no more values. Those that are buffered can still be received; senders in line are
    /// refused.
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        Sender<T> sender;
        while ((sender = senders.poll()) != null) {
            sender.refused = true;
            boolean ignored = sender.suspension.resume(sender);
        }
        Receiver<T> receiver;
        while ((receiver = receivers.poll()) != null) {
            boolean ignored = receiver.suspension.resume(receiver);
        }
    }

    /// Closes, and drops what is buffered.
    int closeNow() {
        int dropped = buffer.size();
        buffer.clear();
        close();
        return dropped;
    }

    private void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    ClosedException closed() {
        return new ClosedException("this " + what + " is closed");
    }
}
