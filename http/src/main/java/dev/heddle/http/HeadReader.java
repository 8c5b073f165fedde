package dev.heddle.http;

import static dev.heddle.http.Refusal.malformed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/// Reads one complete head, whose lines are known to end in CRLF and to have no other control
/// characters than tabs. Strict: what RFC 9112 allows a server to refuse is refused, because every
/// leniency is a chance for two programs to disagree about where a request ends.
///
/// Methods return a refusal, or null if all is well.
final class HeadReader {
    private static final int LONGEST_METHOD = 32;

    private final byte[] head;
    private final int[] fields;

    private String method = "";
    private int targetFrom;
    private int targetTo;
    private @Nullable TargetReader target;
    private int minor;

    private int hostFrom = -1;
    private int hostTo = -1;
    private long contentLength = -1;
    private boolean hasTransferEncoding;
    private boolean saysClose;
    private boolean saysKeepAlive;
    private boolean expectsContinue;

    private HeadReader(byte[] head, int fieldCount) {
        this.head = head;
        this.fields = new int[4 * fieldCount];
    }

    /// @param head the request line, `fieldCount` further lines and the empty one
    static Parsed read(byte[] head, int fieldCount) {
        HeadReader reader = new HeadReader(head, fieldCount);
        Refusal refusal = reader.readAll();
        return refusal != null ? refusal : reader.result();
    }

    private @Nullable Refusal readAll() {
        int end = endOfLine(0);
        Refusal refusal = readRequestLine(end);
        int at = end + 2;
        for (int i = 0; i < fields.length && refusal == null; i += 4) {
            end = endOfLine(at);
            refusal = readField(i, at, end);
            at = end + 2;
        }
        return refusal != null ? refusal : checkTogether();
    }

    private int endOfLine(int from) {
        int at = from;
        while (head[at] != '\r') {
            at++;
        }
        return at;
    }

    private RequestHead result() {
        TargetReader read = target;
        assert read != null;
        boolean named = hostFrom >= 0;
        return new RequestHead(
                head,
                method,
                targetFrom,
                targetTo,
                read.path(),
                read.queryFrom(),
                read.isAbsolute() ? read.hostFrom() : named ? hostFrom : 0,
                read.isAbsolute() ? read.hostTo() : named ? hostTo : 0,
                minor,
                fields,
                hasTransferEncoding ? -1 : Math.max(contentLength, 0),
                minor > 0 ? !saysClose : saysKeepAlive && !saysClose,
                expectsContinue && minor > 0);
    }

    // ---- the request line ----

    private @Nullable Refusal readRequestLine(int end) {
        int at = 0;
        while (Octets.isToken(head[at])) {
            at++;
        }
        if (at == 0 || at > LONGEST_METHOD || head[at] != ' ') {
            return malformed("the request line does not begin with a method and a space");
        }
        method = method(at);
        targetFrom = ++at;
        while (head[at] > ' ' && head[at] != 0x7F) {
            at++;
        }
        targetTo = at;
        if (head[at] != ' ' || targetTo == targetFrom) {
            return malformed("the request line is not METHOD TARGET HTTP/1.1");
        }
        Refusal refusal = readVersion(at + 1, end);
        if (refusal != null) {
            return refusal;
        }
        if (method.equals("CONNECT")) {
            return new Refusal(501, "this server is no proxy: it does not CONNECT");
        }
        TargetReader reader = new TargetReader(head, targetFrom, targetTo);
        target = reader;
        return reader.read(method);
    }

    private String method(int length) {
        String usual =
                switch (head[0]) {
                    case 'G' -> "GET";
                    case 'H' -> "HEAD";
                    case 'D' -> "DELETE";
                    case 'O' -> "OPTIONS";
                    case 'P' -> length == 3 ? "PUT" : length == 4 ? "POST" : "PATCH";
                    default -> "";
                };
        if (usual.length() == length) {
            int at = 0;
            while (at < length && head[at] == usual.charAt(at)) {
                at++;
            }
            if (at == length) {
                return usual;
            }
        }
        return new String(head, 0, length, ISO_8859_1);
    }

    private @Nullable Refusal readVersion(int from, int to) {
        if (to - from != 8
                || head[from] != 'H'
                || head[from + 1] != 'T'
                || head[from + 2] != 'T'
                || head[from + 3] != 'P'
                || head[from + 4] != '/'
                || !Octets.isDigit(head[from + 5])
                || head[from + 6] != '.'
                || !Octets.isDigit(head[from + 7])) {
            return malformed("the request line does not end in HTTP/1.1");
        }
        if (head[from + 5] != '1') {
            return new Refusal(505, "this server speaks HTTP/1.1");
        }
        minor = head[from + 7] == '0' ? 0 : 1;
        return null;
    }

    // ---- header fields ----

    private @Nullable Refusal readField(int index, int from, int end) {
        int at = from;
        while (Octets.isToken(head[at])) {
            at++;
        }
        int nameTo = at;
        if (nameTo == from || head[at] != ':') {
            return malformed(
                    nameTo == from && (head[at] == ' ' || head[at] == '\t')
                            ? "a header field is folded over several lines"
                            : "a header field is not NAME: VALUE");
        }
        int valueFrom = nameTo + 1;
        int valueTo = end;
        while (valueFrom < valueTo && isSpace(head[valueFrom])) {
            valueFrom++;
        }
        while (valueTo > valueFrom && isSpace(head[valueTo - 1])) {
            valueTo--;
        }
        for (int i = valueFrom; i < valueTo; i++) {
            if (!Octets.isFieldValue(head[i])) {
                return malformed("a header field has a control character");
            }
        }
        fields[index] = from;
        fields[index + 1] = nameTo;
        fields[index + 2] = valueFrom;
        fields[index + 3] = valueTo;
        return interpret(from, nameTo, valueFrom, valueTo);
    }

    /// Looks at the fields that say where the request ends and how the connection goes on.
    private @Nullable Refusal interpret(int from, int to, int valueFrom, int valueTo) {
        return switch (to - from) {
            case 4 -> isNamed(from, to, "host") ? readHost(valueFrom, valueTo) : null;
            case 6 -> isNamed(from, to, "expect") ? readExpect(valueFrom, valueTo) : null;
            case 10 -> isNamed(from, to, "connection") ? readConnection(valueFrom, valueTo) : null;
            case 14 -> isNamed(from, to, "content-length") ? readLength(valueFrom, valueTo) : null;
            case 17 ->
                    isNamed(from, to, "transfer-encoding")
                            ? readEncoding(valueFrom, valueTo)
                            : null;
            default -> null;
        };
    }

    private boolean isNamed(int from, int to, String lower) {
        return Octets.equalsIgnoreCase(head, from, to, lower);
    }

    private @Nullable Refusal readHost(int from, int to) {
        if (hostFrom >= 0) {
            return malformed("there is more than one Host");
        }
        hostFrom = from;
        hostTo = to;
        return TargetReader.isAuthority(head, from, to) ? null : malformed("the Host is not valid");
    }

    private @Nullable Refusal readExpect(int from, int to) {
        if (!Octets.equalsIgnoreCase(head, from, to, "100-continue")) {
            return new Refusal(417, "this server meets no expectation but 100-continue");
        }
        expectsContinue = true;
        return null;
    }

    private @Nullable Refusal readConnection(int from, int to) {
        int at = from;
        while (at < to) {
            int begin = at;
            while (at < to && head[at] != ',') {
                at++;
            }
            int end = at++;
            while (begin < end && isSpace(head[begin])) {
                begin++;
            }
            while (end > begin && isSpace(head[end - 1])) {
                end--;
            }
            saysClose |= Octets.equalsIgnoreCase(head, begin, end, "close");
            saysKeepAlive |= Octets.equalsIgnoreCase(head, begin, end, "keep-alive");
        }
        return null;
    }

    private @Nullable Refusal readLength(int from, int to) {
        if (contentLength >= 0) {
            return malformed("there is more than one Content-Length");
        }
        if (from == to) {
            return malformed("the Content-Length is empty");
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            if (!Octets.isDigit(head[i])) {
                return malformed("the Content-Length is not a number");
            }
            int digit = head[i] - '0';
            if (length > (Long.MAX_VALUE - digit) / 10) {
                return malformed("the Content-Length is too large a number");
            }
            length = 10 * length + digit;
        }
        contentLength = length;
        return null;
    }

    private @Nullable Refusal readEncoding(int from, int to) {
        if (hasTransferEncoding) {
            return malformed("there is more than one Transfer-Encoding");
        }
        hasTransferEncoding = true;
        if (Octets.equalsIgnoreCase(head, from, to, "chunked")) {
            return null;
        }
        String coding =
                new String(head, from, to - from, ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
        String[] codings = coding.split("\\s*,\\s*", -1);
        boolean chunkedLast = codings[codings.length - 1].equals("chunked");
        boolean once = coding.indexOf("chunked") == coding.lastIndexOf("chunked");
        return chunkedLast && once
                ? new Refusal(501, "this server knows no transfer coding but chunked")
                : malformed("the body's end is unknown: its transfer coding is not just chunked");
    }

    private @Nullable Refusal checkTogether() {
        if (hasTransferEncoding && contentLength >= 0) {
            return malformed("there are both Content-Length and Transfer-Encoding");
        }
        if (hasTransferEncoding && minor == 0) {
            return malformed("HTTP/1.0 has no Transfer-Encoding");
        }
        if (hostFrom < 0 && minor > 0) {
            return malformed("there is no Host");
        }
        TargetReader read = target;
        assert read != null;
        if (read.isAbsolute() && hostFrom >= 0 && !read.hasHost(hostFrom, hostTo)) {
            return malformed("the Host is not the one of the target");
        }
        return null;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
