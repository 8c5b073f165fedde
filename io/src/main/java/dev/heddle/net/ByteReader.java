package dev.heddle.net;

import java.nio.ByteBuffer;

/// Looks at bytes in the buffer they arrived in, without a copy. See [ByteStream#feed].
@FunctionalInterface
public interface ByteReader {
    /// Consumes bytes by moving the position; what it leaves comes again.
    ///
    /// The buffer is the loop's own: it must not be kept, and the reader must not suspend (no
    /// reading, writing, sleeping, locking): other streams would need the buffer meanwhile.
    ///
    /// @param bytes what has arrived, from its position to its limit: at least one byte
    void read(ByteBuffer bytes);
}
