package dev.heddle.web;

import dev.heddle.Heddle;
import dev.heddle.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Streams over memory that give the loop's other tasks their turn now and then: a codec in
/// between, which knows nothing of tasks, then does not hold the loop however much it reads or
/// writes.
final class InPieces {
    /// How much is read or written in one go: a third of a millisecond of JSON, or less.
    static final int PIECE = 32 * 1024;

    private InPieces() {}

    private static void giveWay() {
        if (Task.current() != null) {
            Heddle.checkpoint();
        }
    }

    static final class Input extends FilterInputStream {
        private int sinceLast;

        Input(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (sinceLast >= PIECE) {
                sinceLast = 0;
                giveWay();
            }
            int count = super.read(target, offset, Math.min(length, PIECE));
            sinceLast += Math.max(count, 0);
            return count;
        }
    }

    static final class Output extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private int sinceLast;

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
            sinceLast += length;
            if (sinceLast >= PIECE) {
                sinceLast = 0;
                giveWay();
            }
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
