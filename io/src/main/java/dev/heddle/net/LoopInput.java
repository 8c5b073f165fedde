package dev.heddle.net;

import dev.heddle.LoopLocal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The buffer that all streams of a loop read into.
///
/// Nothing else runs until the reading task waits, so one buffer is enough for all of them: a
/// stream that has read becomes its *owner*, and what it did not consume stays here until another
/// stream wants the buffer. Only then is it copied, so an ordinary request is never copied and an
/// idle connection holds no buffer.
///
/// Owner of everything here: the loop thread.
final class LoopInput {
    static final int CAPACITY = 64 * 1024;

    static final LoopLocal<LoopInput> LOCAL = LoopLocal.of(LoopInput::new);

    /// The owner's unread bytes lie between position and limit; without an owner it is free.
    private ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

    private @Nullable Input owner;

    /// A [ByteReader] is looking at the buffer.
    private boolean lent;

    private LoopInput() {}

    boolean isOwnedBy(Input input) {
        return owner == input;
    }

    /// The buffer, for its owner.
    ByteBuffer buffer() {
        return buffer;
    }

    /// Makes `input` the owner; the buffer is empty if it was not before.
    ByteBuffer claim(Input input) {
        if (owner != input) {
            vacate();
            owner = input;
        }
        return buffer;
    }

    /// Takes the buffer from its owner and leaves it without one: for use until the next
    /// suspension.
    ByteBuffer borrow() {
        vacate();
        return buffer.clear();
    }

    private void vacate() {
        Input last = owner;
        if (lent) {
            // Its reader has suspended, against the rules. It keeps the buffer, so that nobody
            // else is harmed, and gets the error when it returns.
            lent = false;
            buffer = ByteBuffer.allocateDirect(CAPACITY);
        } else if (last != null) {
            last.moveOut(buffer);
        }
        owner = null;
        buffer.clear().limit(0).order(ByteOrder.BIG_ENDIAN);
    }

    void release(Input input) {
        if (owner == input) {
            owner = null;
        }
    }

    void lend() {
        lent = true;
    }

    /// Ends [#lend].
    ///
    /// @return whether the buffer stayed where it was
    boolean takeBack(ByteBuffer shown) {
        if (shown != buffer) {
            return false;
        }
        lent = false;
        return true;
    }
}
