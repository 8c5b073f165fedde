package dev.heddle.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where the bytes of a request's body come from.
interface BodySource {
    /// Reads some bytes into a target that has room; waits until there is at least one.
    ///
    /// @return how many were read, -1 at the end of the body
    int read(ByteBuffer target) throws IOException;
}
