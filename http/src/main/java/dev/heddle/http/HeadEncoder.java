package dev.heddle.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.LoopLocal;
import java.nio.ByteBuffer;

/// Writes the heads of responses. One for each loop: it is used between two suspensions.
final class HeadEncoder {
    static final LoopLocal<HeadEncoder> LOCAL = LoopLocal.of(HeadEncoder::new);

    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");

    /// Status line, framing, connection and the empty line: less than this together.
    private static final int FIXED = 192;

    private static final byte[][] STATUS_LINES = new byte[600][];

    static {
        for (int status = 100; status < STATUS_LINES.length; status++) {
            STATUS_LINES[status] = ascii("HTTP/1.1 " + status + " " + phrase(status) + "\r\n");
        }
    }

    private byte[] bytes = new byte[1024];
    private int length;

    private HeadEncoder() {}

    /// The most bytes that the head can take.
    static int bound(Response response, byte[] common) {
        long bound = (long) FIXED + common.length;
        Headers headers = response.headers();
        for (int i = 0; i < headers.size(); i++) {
            bound += headers.name(i).length() + headers.value(i).length() + 4L;
        }
        return (int) Math.min(bound, Integer.MAX_VALUE);
    }

    /// Encodes a head. The bytes stay in here until they are put or copied.
    ///
    /// @param common the fields that every response has
    /// @param bound what [#bound] says
    void encode(Response response, Framing framing, byte[] common, int bound) {
        if (bytes.length < bound) {
            bytes = new byte[bound];
        }
        length = 0;
        append(STATUS_LINES[response.status()]);
        append(common);
        Headers headers = response.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!isOurs(name)) {
                append(name);
                bytes[length++] = ':';
                bytes[length++] = ' ';
                append(headers.value(i));
                endLine();
            }
        }
        if (framing.length() >= 0) {
            append(CONTENT_LENGTH);
            appendNumber(framing.length());
            endLine();
        } else if (framing.saysChunked(response)) {
            append(CHUNKED);
        }
        if (framing.closes()) {
            append(CLOSE);
        } else if (framing.minor() == 0) {
            append(KEEP_ALIVE);
        }
        endLine();
    }

    void putInto(ByteBuffer target) {
        target.put(bytes, 0, length);
    }

    byte[] copy() {
        return java.util.Arrays.copyOf(bytes, length);
    }

    private static boolean isOurs(String name) {
        return switch (name.length()) {
            case 10 -> name.equalsIgnoreCase("Connection");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            default -> false;
        };
    }

    private void append(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    @SuppressWarnings("deprecation") // takes the low byte of each char: ISO 8859-1, as was checked
    private void append(String part) {
        part.getBytes(0, part.length(), bytes, length);
        length += part.length();
    }

    private void appendNumber(long number) {
        int end = length;
        long rest = number;
        do {
            end++;
            rest /= 10;
        } while (rest > 0);
        length = end;
        rest = number;
        do {
            bytes[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private void endLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /// The phrase that goes with a status; empty for those that have none.
    static String phrase(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> "";
        };
    }
}
