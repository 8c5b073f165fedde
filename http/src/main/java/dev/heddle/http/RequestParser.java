package dev.heddle.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds the heads of requests in a stream of bytes, however it is cut into pieces. Does not wait
/// and does not know of connections.
///
/// Two steps: here, the end of the head is looked for, and whatever would be a lie about where a
/// line ends is refused at once, as are heads that are too large; [HeadReader] then reads the whole
/// head. What comes behind a head is left in the buffer.
///
/// ```
/// START ──byte──▶ LINES ──empty line──▶ (a RequestHead) START
///   └──CRLF, once──▶ START      └──any fault──▶ (a Refusal) and never again anything
/// ```
///
/// Not thread-safe.
final class RequestParser {
    private static final byte[] NOTHING = {};

    private final int maxRequestLine;
    private final int maxHeaderBytes;
    private final int maxHeaders;

    /// The beginning of a head of which more is to come. Empty for idle connections.
    private byte[] kept = NOTHING;

    private int keptLength;

    /// Where the line that is being scanned begins, from the beginning of the head.
    private int lineStart;

    /// Complete lines so far, the request line included.
    private int lines;

    /// The length of the first line with its line end, once it is complete.
    private int requestLine;

    private byte last;
    private boolean skippedEmptyLine;
    private @Nullable Refusal refusal;

    RequestParser(HttpOptions options) {
        this.maxRequestLine = options.maxRequestLine();
        this.maxHeaderBytes = options.maxHeaderBytes();
        this.maxHeaders = options.maxHeaders();
    }

    /// Whether a request has begun and is not complete.
    boolean isInside() {
        return keptLength > 0;
    }

    /// Takes bytes up to the end of a head.
    ///
    /// @return a complete head, a refusal, or null if all bytes were taken and more are needed
    @Nullable Parsed read(ByteBuffer in) {
        if (refusal == null) {
            Parsed parsed = scan(in);
            if (!(parsed instanceof Refusal refused)) {
                return parsed;
            }
            refusal = refused;
            kept = NOTHING;
            keptLength = 0;
        }
        in.position(in.limit());
        return refusal;
    }

    private @Nullable Parsed scan(ByteBuffer in) {
        int limit = in.limit();
        // Of bytes in this buffer, index - origin is their place in the head.
        int origin = in.position() - keptLength;
        int bound = origin + bound();
        byte previous = last;
        for (int i = in.position(); i < limit; i++) {
            if (i >= bound) {
                return beyondBound();
            }
            byte octet = in.get(i);
            if ((octet < ' ' && octet >= 0 && octet != '\t') || previous == '\r') {
                if (octet != '\n') {
                    if (octet != '\r' || previous == '\r') {
                        return Refusal.malformed(
                                previous == '\r'
                                        ? "a carriage return without a line feed"
                                        : "the control character " + Octets.show(octet));
                    }
                } else if (previous != '\r') {
                    return Refusal.malformed("a line feed without a carriage return");
                } else if (i - origin - lineStart > 1) {
                    Refusal tooMuch = endLine(i + 1 - origin);
                    if (tooMuch != null) {
                        return tooMuch;
                    }
                    bound = origin + bound();
                } else if (lines > 0) {
                    return complete(in, i + 1);
                } else if (skippedEmptyLine) {
                    return Refusal.malformed("empty lines before the request");
                } else {
                    skippedEmptyLine = true;
                    keptLength = 0;
                    origin = i + 1;
                    bound = origin + bound();
                    in.position(i + 1);
                }
            } else if (i == origin && !Octets.isToken(octet)) {
                return Refusal.malformed("no method begins with " + Octets.show(octet));
            }
            previous = octet;
        }
        last = previous;
        return keep(in, limit - origin);
    }

    private @Nullable Refusal endLine(int end) {
        if (lines == 0) {
            requestLine = end;
        }
        lines++;
        lineStart = end;
        if (end - requestLine > maxHeaderBytes) {
            return headerTooLong();
        }
        if (lines - 1 > maxHeaders) {
            return new Refusal(431, "there are more than " + maxHeaders + " header fields");
        }
        return null;
    }

    private Refusal headerTooLong() {
        return new Refusal(431, "the header is longer than " + maxHeaderBytes + " bytes");
    }

    /// The first place in the head that cannot be reached without passing a limit: what a line end
    /// takes, or the empty line behind the last field, is not counted.
    private int bound() {
        return 2 + (lines == 0 ? maxRequestLine : requestLine + maxHeaderBytes);
    }

    private Refusal beyondBound() {
        return lines == 0
                ? new Refusal(414, "the request line is longer than " + maxRequestLine + " bytes")
                : headerTooLong();
    }

    private @Nullable Parsed keep(ByteBuffer in, int length) {
        int more = in.remaining();
        if (kept.length < length) {
            kept = Arrays.copyOf(kept, Math.max(64, 2 * length));
        }
        in.get(kept, keptLength, more);
        keptLength += more;
        return null;
    }

    private Parsed complete(ByteBuffer in, int end) {
        int more = end - in.position();
        byte[] head = keptLength == 0 ? new byte[more] : Arrays.copyOf(kept, keptLength + more);
        in.get(head, keptLength, more);
        int fields = lines - 1;
        kept = NOTHING;
        keptLength = 0;
        lineStart = 0;
        lines = 0;
        requestLine = 0;
        last = 0;
        skippedEmptyLine = false;
        return HeadReader.read(head, fields);
    }
}
