package dev.heddle.net;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One direction of a connection in memory: a ring of bounded size.
///
/// It ends as a TCP connection does: what was written before an end is still read; a reset destroys
/// what was not read yet; and writing to a reader that has left fails.
///
/// Owner of everything here: the loop thread.
final class MemoryPipe {
    private final byte[] ring;
    private int first;
    private int length;

    private boolean ended;
    private boolean readerLeft;
    private boolean reset;

    /// Completed when something has changed for the reader, or for the writer.
    private @Nullable Promise<@Nullable Void> readable;

    private @Nullable Promise<@Nullable Void> writable;

    MemoryPipe(int capacity) {
        this.ring = new byte[capacity];
    }

    int read(ByteBuffer target, int chunk) throws IOException {
        if (reset) {
            throw new IOException("Connection reset");
        }
        if (length == 0) {
            return ended ? -1 : 0;
        }
        int count = Math.min(Math.min(chunk, target.remaining()), length);
        for (int i = 0; i < count; i++) {
            target.put(ring[first]);
            first = first + 1 == ring.length ? 0 : first + 1;
        }
        length -= count;
        wakeWriter();
        return count;
    }

    int write(ByteBuffer source, int chunk) throws IOException {
        if (reset) {
            throw new IOException("Connection reset");
        }
        if (readerLeft) {
            throw new IOException("Broken pipe");
        }
        int count = Math.min(Math.min(chunk, source.remaining()), ring.length - length);
        int at = (first + length) % ring.length;
        for (int i = 0; i < count; i++) {
            ring[at] = source.get();
            at = at + 1 == ring.length ? 0 : at + 1;
        }
        length += count;
        wakeReader();
        return count;
    }

    void awaitReadable() {
        if (length > 0 || ended || reset || readerLeft) {
            Heddle.cooperate();
            return;
        }
        Promise<@Nullable Void> change = new Promise<>();
        readable = change;
        try {
            change.await();
        } finally {
            readable = null;
        }
    }

    void awaitWritable() {
        if (length < ring.length || ended || reset || readerLeft) {
            Heddle.cooperate();
            return;
        }
        Promise<@Nullable Void> change = new Promise<>();
        writable = change;
        try {
            change.await();
        } finally {
            writable = null;
        }
    }

    /// The writer has nothing more to say.
    void end() {
        ended = true;
        wakeReader();
        wakeWriter();
    }

    void readerLeft() {
        readerLeft = true;
        wakeReader();
        wakeWriter();
    }

    void reset() {
        reset = true;
        length = 0;
        wakeReader();
        wakeWriter();
    }

    private void wakeReader() {
        if (readable != null) {
            readable.tryComplete(null);
        }
    }

    private void wakeWriter() {
        if (writable != null) {
            writable.tryComplete(null);
        }
    }
}
