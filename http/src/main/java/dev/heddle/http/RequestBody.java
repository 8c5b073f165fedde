package dev.heddle.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The body of a request, read from the connection as you ask for it.
///
/// For the task of the connection, until the response is complete. A body may be read once. One
/// that is longer than [HttpOptions#maxBody] is refused with 413: before the handler is called if
/// the client announces its length, else by the method that comes upon it. When reading throws an
/// [HttpException], let it pass: nothing more can be read from the connection.
public final class RequestBody {
    private final BodySource source;
    private final RequestHead head;

    RequestBody(RequestHead head, BodySource source) {
        this.head = head;
        this.source = source;
    }

    /// The announced length.
    ///
    /// @return bytes, 0 if there is no body, -1 if the client did not say
    public long length() {
        return head.contentLength();
    }

    /// Reads some bytes; waits until there is at least one.
    ///
    /// @param target has room for at least one byte
    /// @return how many were read, -1 at the end of the body
    /// @throws HttpException if the body is malformed or cut off (400), too long (413) or too slow
    ///   (408)
    /// @throws IOException if the connection is lost
    /// @throws IllegalArgumentException if the target has no room
    /// @throws IllegalStateException if the response is complete already
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("there is no room to read a body into: " + target);
        }
        return source.read(target);
    }

    /// Reads the rest of the body.
    ///
    /// @return all bytes that were not read before
    /// @throws HttpException if the body is malformed or cut off (400), too long (413) or too slow
    ///   (408)
    /// @throws IOException if the connection is lost
    /// @throws IllegalStateException if the response is complete already
    public byte[] bytes() throws IOException {
        if (length() == 0) {
            return new byte[0];
        }
        // The client says how long the body is, and might not mean it: no more than this at once.
        ByteBuffer all = ByteBuffer.allocate(Math.clamp(length() + 1, 256, 64 * 1024));
        while (source.read(all) >= 0) {
            if (!all.hasRemaining()) {
                all =
                        ByteBuffer.wrap(Arrays.copyOf(all.array(), grown(all.capacity())))
                                .position(all.position());
            }
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static int grown(int capacity) {
        int most = Integer.MAX_VALUE - 16;
        if (capacity == most) {
            throw new HttpException(413, "the body does not fit into memory");
        }
        return (int) Math.min(2L * capacity, most);
    }

    /// Reads the rest of the body as text, in the charset that `Content-Type` names, else UTF-8.
    ///
    /// @return the text
    /// @throws HttpException if the body is not text in that charset or is malformed (400), the
    ///   charset is unknown (415), or the body is too long (413) or too slow (408)
    /// @throws IOException if the connection is lost
    /// @throws IllegalStateException if the response is complete already
    public String text() throws IOException {
        Charset charset = charset();
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
        } catch (CharacterCodingException e) {
            throw new HttpException(400, "the body is not text in " + charset);
        }
    }

    private Charset charset() {
        String type = Headers.of(head.bytes(), head.fields()).first("Content-Type");
        if (type == null) {
            return StandardCharsets.UTF_8;
        }
        for (String parameter : type.split(";", 16)) {
            String text = parameter.strip();
            if (text.regionMatches(true, 0, "charset=", 0, 8)) {
                String name = text.substring(8).replace("\"", "").strip();
                try {
                    return Charset.forName(name);
                } catch (IllegalArgumentException e) {
                    throw new HttpException(415, "the charset of the body is unknown: " + name);
                }
            }
        }
        return StandardCharsets.UTF_8;
    }
}
