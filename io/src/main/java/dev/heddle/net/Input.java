package dev.heddle.net;

import dev.heddle.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The reading side of a stream.
///
/// Bytes that were read from the wire and not consumed are in exactly one place: in the loop's
/// buffer while this side owns it, else in `own`, else there are none. Every suspension may move
/// them from the first to the second, so their place is asked for anew after each.
///
/// Owner of everything here: the loop thread.
final class Input {
    /// From this size on, a read into a caller's direct buffer goes there without a detour.
    private static final int STRAIGHT = 8 * 1024;

    private final Link link;
    private final LoopInput shared;

    /// Between position and limit. A heap buffer of our own, so that idle streams pay for what they
    /// hold and nothing else.
    private @Nullable ByteBuffer own;

    /// The last read took less than it had room for: the next one waits first, which saves a system
    /// call. Nothing is lost by it: readiness is level-triggered, and so is the end.
    private boolean dry;

    private boolean ended;

    /// Why nothing more can be read, once the wire has failed.
    private @Nullable IOException failure;

    /// The task that waits inside an operation of this side.
    private @Nullable Task<?> reader;

    Input(Link link) {
        this.link = link;
        this.shared = LoopInput.LOCAL.get(link.loop);
    }

    boolean hasBuffered() {
        return available() > 0;
    }

    boolean feed(ByteReader target) throws IOException {
        Task<?> task = begin("feed");
        if (!hasBuffered() && !readMore("feed", task)) {
            return false;
        }
        ByteBuffer bytes = buffered();
        int limit = bytes.limit();
        boolean inShared = shared.isOwnedBy(this);
        reader = task;
        if (inShared) {
            shared.lend();
        }
        boolean stayed;
        try {
            target.read(bytes);
        } finally {
            reader = null;
            bytes.limit(limit);
            stayed = !inShared || shared.takeBack(bytes);
            if (!stayed) {
                moveOut(bytes);
            }
            dropIfEmpty();
        }
        if (!stayed) {
            throw suspended(target);
        }
        return true;
    }

    private IllegalStateException suspended(ByteReader target) {
        return new IllegalStateException(
                target.getClass().getName()
                        + " suspended or used another stream while it was shown the input of "
                        + link
                        + ": a ByteReader must only take bytes. Keep what it found, and read or"
                        + " write when feed() has returned.");
    }

    int read(ByteBuffer target) throws IOException {
        Task<?> task = begin("read");
        if (!target.hasRemaining()) {
            return 0;
        }
        if (!hasBuffered()) {
            if (target.isDirect() && target.remaining() >= STRAIGHT) {
                return readStraight(target, task);
            }
            if (!readMore("read", task)) {
                return -1;
            }
        }
        ByteBuffer bytes = buffered();
        int count = Math.min(bytes.remaining(), target.remaining());
        int start = bytes.position();
        target.put(target.position(), bytes, start, count);
        target.position(target.position() + count);
        bytes.position(start + count);
        dropIfEmpty();
        return count;
    }

    byte[] readSome(int max) throws IOException {
        requirePositive("max", max);
        Task<?> task = begin("readSome");
        if (!hasBuffered() && !readMore("readSome", task)) {
            return new byte[0];
        }
        return take(Math.min(max, available()));
    }

    byte[] readExactly(int count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("count < 0: " + count);
        }
        Task<?> task = begin("readExactly");
        while (available() < count) {
            if (!readMore("readExactly", task)) {
                throw endOfStream("needs " + count + " bytes");
            }
        }
        return take(count);
    }

    byte[] readUntil(byte[] delimiter, int limit) throws IOException {
        if (delimiter.length == 0) {
            throw new IllegalArgumentException("the delimiter is empty");
        }
        requirePositive("limit", limit);
        Task<?> task = begin("readUntil");
        int searched = 0;
        while (true) {
            int length = Math.min(available(), limit);
            if (length >= delimiter.length) {
                int found = find(delimiter, searched, length);
                if (found >= 0) {
                    return take(found + delimiter.length);
                }
                searched = length - delimiter.length + 1;
            }
            if (length == limit) {
                throw new LimitExceededException(
                        "no delimiter in the first " + limit + " bytes (the limit) on " + link,
                        limit);
            }
            if (!readMore("readUntil", task)) {
                throw endOfStream("waits for its delimiter");
            }
        }
    }

    byte[] readAll(int limit) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("limit < 0: " + limit);
        }
        Task<?> task = begin("readAll");
        do {
            if (available() > limit) {
                throw new LimitExceededException(
                        "more than " + limit + " bytes (the limit) on " + link, limit);
            }
        } while (readMore("readAll", task));
        return take(available());
    }

    long transferTo(Output target) throws IOException {
        Task<?> task = begin("transferTo");
        target.prepare("transferTo");
        long total = 0;
        reader = task;
        try {
            while (hasBuffered() || readMore("transferTo", task)) {
                target.prepare("transferTo");
                // What the target does not take stays our input, wherever that is by then.
                total += target.tryWrite("transferTo", buffered());
                dropIfEmpty();
                link.giveWay("transferTo");
            }
        } finally {
            reader = null;
        }
        return total;
    }

    /// By [LoopInput], when another stream takes the buffer that this one owned.
    void moveOut(ByteBuffer from) {
        own = from.hasRemaining() ? copyOf(from, from.remaining()) : null;
    }

    /// Forgets what is buffered.
    void discard() {
        own = null;
        shared.release(this);
    }

    private Task<?> begin(String operation) throws IOException {
        Task<?> task = link.enter(operation);
        if (reader != null) {
            throw link.busy(operation, task, reader);
        }
        return task;
    }

    // ---- what is buffered ----

    private int available() {
        if (shared.isOwnedBy(this)) {
            return shared.buffer().remaining();
        }
        ByteBuffer kept = own;
        return kept == null ? 0 : kept.remaining();
    }

    /// Where the buffered bytes are; there must be some.
    private ByteBuffer buffered() {
        if (shared.isOwnedBy(this)) {
            return shared.buffer();
        }
        ByteBuffer kept = own;
        assert kept != null;
        return kept;
    }

    private void dropIfEmpty() {
        if (available() == 0) {
            discard();
        }
    }

    private byte[] take(int count) {
        byte[] taken = new byte[count];
        if (count > 0) {
            buffered().get(taken);
        }
        dropIfEmpty();
        return taken;
    }

    /// @return where the delimiter begins, counted from the first buffered byte; -1 if nowhere
    private int find(byte[] delimiter, int from, int length) {
        ByteBuffer bytes = buffered();
        int start = bytes.position();
        byte first = delimiter[0];
        for (int i = from; i <= length - delimiter.length; i++) {
            if (bytes.get(start + i) == first && matches(bytes, start + i, delimiter)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(ByteBuffer bytes, int at, byte[] delimiter) {
        for (int i = 1; i < delimiter.length; i++) {
            if (bytes.get(at + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    // ---- reading from the wire ----

    /// Reads more bytes behind those that are buffered, and waits for some if there are none.
    ///
    /// @return false at the end of the input
    private boolean readMore(String operation, Task<?> task) throws IOException {
        while (!ended) {
            checkFailure();
            if (!dry) {
                int count = readNow(operation);
                if (count > 0) {
                    return true;
                }
                if (count < 0) {
                    ended = true;
                    break;
                }
            }
            await(operation, task);
        }
        return false;
    }

    private int readStraight(ByteBuffer target, Task<?> task) throws IOException {
        while (!ended) {
            checkFailure();
            if (!dry) {
                int count = readWire("read", target);
                if (count > 0) {
                    return count;
                }
                ended = count < 0;
            }
            if (!ended) {
                await("read", task);
            }
        }
        return -1;
    }

    private int readNow(String operation) throws IOException {
        ByteBuffer kept = own;
        if (kept != null && kept.remaining() > LoopInput.CAPACITY / 2) {
            return readBehind(operation, kept);
        }
        ByteBuffer buffer = shared.claim(this);
        if (kept != null) {
            buffer.clear();
            buffer.put(kept).flip();
            own = null;
        }
        int start = buffer.position();
        int end = buffer.limit();
        if (start == end || (start > 0 && buffer.capacity() - end < LoopInput.CAPACITY / 2)) {
            buffer.compact().flip();
            start = 0;
            end = buffer.limit();
        }
        if (end == buffer.capacity()) {
            ByteBuffer large = copyOf(buffer, 2 * LoopInput.CAPACITY);
            own = large;
            shared.release(this);
            return readBehind(operation, large);
        }
        buffer.limit(buffer.capacity()).position(end);
        try {
            return readWire(operation, buffer);
        } finally {
            buffer.limit(buffer.position()).position(start);
            dropIfEmpty();
        }
    }

    /// Reads behind bytes that are too many for the loop's buffer.
    private int readBehind(String operation, ByteBuffer kept) throws IOException {
        ByteBuffer arrived = shared.borrow();
        int count = readWire(operation, arrived);
        arrived.flip();
        int length = kept.remaining();
        if (kept.capacity() - kept.limit() < arrived.remaining()) {
            kept = copyOf(kept, Math.max(length + arrived.remaining(), grown(length)));
            own = kept;
        }
        int start = kept.position();
        kept.position(kept.limit()).limit(kept.capacity());
        kept.put(arrived);
        kept.limit(kept.position()).position(start);
        return count;
    }

    private static int grown(int length) {
        return (int) Math.min(2L * length, Integer.MAX_VALUE - 16);
    }

    private int readWire(String operation, ByteBuffer target) throws IOException {
        int count;
        try {
            count = link.wire.read(target);
        } catch (IOException e) {
            failure = link.explain(operation, e);
            throw failure;
        }
        DisconnectedException reset = link.reset();
        if (count < 0 && reset != null) {
            failure = reset;
            throw reset;
        }
        dry = count > 0 && target.hasRemaining();
        return count;
    }

    /// Throws the failure that is known, again and again: the operating system tells only once.
    private void checkFailure() throws IOException {
        IOException first = failure;
        if (first != null) {
            String message = String.valueOf(first.getMessage());
            throw first instanceof DisconnectedException
                    ? new DisconnectedException(message, first)
                    : new IOException(message, first);
        }
    }

    private void await(String operation, Task<?> task) throws IOException {
        Task<?> outer = reader;
        reader = task;
        try {
            link.wire.awaitReadable();
            dry = false;
        } catch (IOException e) {
            throw link.explain(operation, e);
        } finally {
            reader = outer;
        }
        link.checkOpen(operation);
    }

    private EndOfStreamException endOfStream(String why) {
        int received = available();
        return new EndOfStreamException(
                link + " was ended by the peer after " + received + " bytes, and the reader " + why,
                received);
    }

    private static ByteBuffer copyOf(ByteBuffer bytes, int capacity) {
        byte[] copy = new byte[capacity];
        int length = bytes.remaining();
        bytes.get(bytes.position(), copy, 0, length);
        return ByteBuffer.wrap(copy, 0, length);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
