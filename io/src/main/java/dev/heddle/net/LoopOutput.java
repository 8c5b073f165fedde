package dev.heddle.net;

import dev.heddle.LoopLocal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The buffer that all streams of a loop collect their output in; the counterpart of [LoopInput].
///
/// The bytes between zero and its position are the owner's, put there and not sent yet. They are
/// copied only when another stream wants the buffer before the owner has flushed.
///
/// Owner of everything here: the loop thread.
final class LoopOutput {
    static final int CAPACITY = 64 * 1024;

    static final LoopLocal<LoopOutput> LOCAL = LoopLocal.of(LoopOutput::new);

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

    private @Nullable Output owner;

    private LoopOutput() {}

    boolean isOwnedBy(Output output) {
        return owner == output;
    }

    /// The buffer, for its owner.
    ByteBuffer buffer() {
        return buffer;
    }

    /// Makes `output` the owner; the buffer is empty if it was not before.
    ByteBuffer claim(Output output) {
        if (owner != output) {
            vacate();
            owner = output;
        }
        return buffer;
    }

    /// Takes the buffer from its owner and leaves it without one: for use until the next
    /// suspension.
    ByteBuffer borrow() {
        vacate();
        return buffer;
    }

    private void vacate() {
        Output last = owner;
        if (last != null) {
            last.moveOut(buffer.flip());
            owner = null;
        }
        buffer.clear().order(ByteOrder.BIG_ENDIAN);
    }

    void release(Output output) {
        if (owner == output) {
            owner = null;
        }
    }
}
