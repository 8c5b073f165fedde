package dev.heddle.examples.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heddle.net.ByteStream;
import java.io.IOException;
import java.util.Locale;

/// Just enough of an HTTP client to ask this server something over and over.
final class BurstClient {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final int LONGEST_HEAD = 4096;
    private static final int LONGEST_BODY = 4096;
    private static final String STATUS = "HTTP/1.1 200 ";
    private static final String LENGTH = "\r\ncontent-length:";

    private final ByteStream stream;
    private final byte[] request;

    BurstClient(ByteStream stream, byte[] request) {
        this.stream = stream;
        this.request = request;
    }

    /// What a client sends.
    ///
    /// @param authority the host and port of the server
    /// @param path what to ask for
    static byte[] request(String authority, String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    /// Sends the request and reads the answer to its end.
    ///
    /// @throws IOException if the connection is lost, or the answer is not a whole one with 200
    void exchange() throws IOException {
        stream.write(request);
        String head = new String(stream.readUntil(END_OF_HEAD, LONGEST_HEAD), ISO_8859_1);
        if (!head.startsWith(STATUS)) {
            throw new IOException("answered with " + head.lines().findFirst().orElse("nothing"));
        }
        stream.readExactly(contentLength(head));
    }

    /// The length that a head announces.
    static int contentLength(String head) throws IOException {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("answered without Content-Length");
        }
        int from = at + LENGTH.length();
        String value = head.substring(from, head.indexOf('\r', from)).strip();
        try {
            int length = Integer.parseInt(value);
            if (length >= 0 && length <= LONGEST_BODY) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Said below, as for one out of range.
        }
        throw new IOException("answered with a Content-Length of " + value);
    }
}
