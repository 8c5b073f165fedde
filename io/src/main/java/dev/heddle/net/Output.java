package dev.heddle.net;

import dev.heddle.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The writing side of a stream.
///
/// Bytes that were put and not sent are in exactly one place: in the loop's buffer while this side
/// owns it, else in `own`, else there are none. Every suspension may move them from the first to
/// the second.
///
/// ```
/// OPEN ──closeOutput──▶ ENDED
///   ├──a write was cut in the middle──▶ TORN
///   └──the wire failed──▶ FAILED
/// ```
///
/// Owner of everything here: the loop thread.
final class Output {
    private enum State {
        OPEN,
        ENDED,
        TORN,
        FAILED
    }

    private final Link link;
    private final LoopOutput shared;
    private State state = State.OPEN;

    /// Says why nothing can be written in the states TORN and FAILED.
    private String trouble = "";

    /// Between position and limit; a heap buffer.
    private @Nullable ByteBuffer own;

    /// The wire did not take all it was offered: the next write waits first.
    private boolean full;

    /// The task that waits inside an operation of this side.
    private @Nullable Task<?> writer;

    Output(Link link) {
        this.link = link;
        this.shared = LoopOutput.LOCAL.get(link.loop);
    }

    ByteBuffer room(int bytes) throws IOException {
        if (bytes < 1 || bytes > ByteStream.MOST_ROOM) {
            throw new IllegalArgumentException(
                    "room must be between 1 and " + ByteStream.MOST_ROOM + " bytes: " + bytes);
        }
        checkWritable("room", link.onLoop("room"));
        ByteBuffer buffer = claim();
        if (buffer.remaining() < bytes) {
            flush();
            buffer = claim();
        }
        return buffer;
    }

    void put(ByteBuffer data) throws IOException {
        checkWritable("put", link.onLoop("put"));
        ByteBuffer buffer = claim();
        if (data.remaining() <= buffer.remaining()) {
            buffer.put(data);
        } else if (data.remaining() <= LoopOutput.CAPACITY / 2) {
            flush();
            claim().put(data);
        } else {
            write(data);
        }
    }

    void write(ByteBuffer data) throws IOException {
        Task<?> task = begin("write");
        if (hasPending() && !writeTogether(data)) {
            sendPending("write", task);
        }
        int start = data.position();
        int length = data.remaining();
        boolean sent = false;
        try {
            send("write", task, data);
            sent = true;
        } finally {
            int done = data.position() - start;
            if (!sent && done > 0 && state == State.OPEN) {
                state = State.TORN;
                trouble =
                        "a write by "
                                + task
                                + " was cut after "
                                + done
                                + " of its "
                                + length
                                + " bytes, and what followed would be taken for the rest of it";
            }
        }
    }

    void flush() throws IOException {
        Task<?> task = begin("flush");
        sendPending("flush", task);
    }

    void closeOutput() throws IOException {
        Task<?> task = link.enter("closeOutput");
        if (state == State.ENDED) {
            return;
        }
        checkWritable("closeOutput", task);
        sendPending("closeOutput", task);
        state = State.ENDED;
        try {
            link.wire.shutdownOutput();
        } catch (IOException e) {
            throw link.explain("closeOutput", e);
        }
    }

    /// Sends what can be sent without waiting, as the last thing before the stream is closed.
    ///
    /// @return how many buffered bytes are left, which will be lost; 0 after a failure that was
    ///   reported already
    int sendLast() throws IOException {
        if (state != State.OPEN || !hasPending()) {
            return 0;
        }
        pendingToOwn();
        ByteBuffer pending = own;
        while (pending != null && pending.hasRemaining()) {
            if (tryWrite("close", pending) == 0) {
                return pending.remaining();
            }
        }
        return 0;
    }

    /// Forgets what is buffered.
    void discard() {
        own = null;
        shared.release(this);
    }

    /// By [LoopOutput], when another stream takes the buffer that this one owned.
    void moveOut(ByteBuffer from) {
        if (from.hasRemaining()) {
            byte[] copy = new byte[from.remaining()];
            from.get(copy);
            own = ByteBuffer.wrap(copy);
        }
    }

    // ---- for transfers ----

    /// Writes what the wire takes now.
    ///
    /// @return how many bytes; `data` has moved by as many
    int tryWrite(String operation, ByteBuffer data) throws IOException {
        if (data.isDirect()) {
            return writeWire(operation, data);
        }
        // The JDK would copy a heap buffer of any size into a direct one of the same size, and keep
        // that for the thread.
        ByteBuffer direct = shared.borrow();
        int start = data.position();
        int length = Math.min(data.remaining(), direct.capacity());
        direct.put(0, data, start, length).limit(length);
        try {
            int count = writeWire(operation, direct);
            data.position(start + count);
            return count;
        } finally {
            direct.clear();
        }
    }

    /// Sends what is pending and waits until the wire may take more: what comes before [#tryWrite].
    void prepare(String operation) throws IOException {
        Task<?> task = link.onLoop(operation);
        checkWritable(operation, task);
        if (hasPending()) {
            sendPending(operation, task);
        }
        if (full) {
            await(operation, task);
        }
    }

    // ---- inside ----

    private Task<?> begin(String operation) throws IOException {
        Task<?> task = link.enter(operation);
        checkWritable(operation, task);
        return task;
    }

    private void checkWritable(String operation, Task<?> task) throws IOException {
        if (writer != null) {
            throw link.busy(operation, task, writer);
        }
        link.checkOpen(operation);
        switch (state) {
            case OPEN -> {}
            case ENDED ->
                    throw new StreamClosedException(
                            operation + " on " + link + " after closeOutput()");
            case TORN -> throw new IOException(operation + " on " + link + ": " + trouble);
            case FAILED -> throw new DisconnectedException(trouble, null);
        }
    }

    private boolean hasPending() {
        return own != null || (shared.isOwnedBy(this) && shared.buffer().position() > 0);
    }

    /// The loop's buffer, with what is pending at its beginning.
    private ByteBuffer claim() {
        ByteBuffer pending = own;
        ByteBuffer buffer = shared.claim(this);
        if (pending != null) {
            buffer.put(pending);
            own = null;
        }
        return buffer;
    }

    private void pendingToOwn() {
        if (shared.isOwnedBy(this)) {
            shared.borrow();
        }
    }

    /// Tries to send what is pending and `data` with one system call.
    ///
    /// @return whether nothing is pending any more; `data` has moved by what was sent of it
    private boolean writeTogether(ByteBuffer data) throws IOException {
        if (full || !shared.isOwnedBy(this)) {
            return false;
        }
        ByteBuffer buffer = shared.buffer();
        int pending = buffer.position();
        int start = data.position();
        int length = data.remaining();
        if (length > buffer.remaining()) {
            return false;
        }
        buffer.put(pending, data, start, length);
        buffer.position(0).limit(pending + length);
        int count;
        try {
            count = writeWire("write", buffer);
        } catch (IOException e) {
            discard();
            throw e;
        }
        if (count < pending) {
            buffer.limit(pending);
            moveOut(buffer);
            shared.release(this);
            return false;
        }
        data.position(start + count - pending);
        shared.release(this);
        return true;
    }

    private void sendPending(String operation, Task<?> task) throws IOException {
        if (shared.isOwnedBy(this)) {
            ByteBuffer buffer = shared.buffer().flip();
            try {
                if (!full && buffer.hasRemaining()) {
                    writeWire(operation, buffer);
                }
            } finally {
                if (state == State.OPEN) {
                    moveOut(buffer);
                }
                shared.release(this);
            }
        }
        ByteBuffer pending = own;
        if (pending != null) {
            send(operation, task, pending);
            own = null;
        }
    }

    private void send(String operation, Task<?> task, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            if (full) {
                await(operation, task);
            }
            tryWrite(operation, data);
            if (data.hasRemaining() && !full) {
                giveWay(operation, task);
            }
        }
    }

    /// A receiver that takes everything at once must not keep the loop to this task.
    private void giveWay(String operation, Task<?> task) throws IOException {
        writer = task;
        try {
            link.giveWay(operation);
        } finally {
            writer = null;
        }
    }

    private int writeWire(String operation, ByteBuffer data) throws IOException {
        try {
            int count = link.wire.write(data);
            full = data.hasRemaining();
            return count;
        } catch (IOException e) {
            IOException explained = link.explain(operation, e);
            if (!link.isClosed()) {
                state = State.FAILED;
                trouble = String.valueOf(explained.getMessage());
                own = null;
            }
            throw explained;
        }
    }

    private void await(String operation, Task<?> task) throws IOException {
        writer = task;
        try {
            link.wire.awaitWritable();
            full = false;
        } catch (IOException e) {
            throw link.explain(operation, e);
        } finally {
            writer = null;
        }
        link.checkOpen(operation);
    }
}
