package dev.heddle.http;

import static dev.heddle.http.Refusal.malformed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/// Reads the target of a request, in origin form (`/path?query`), absolute form
/// (`http://host/path`) or, for OPTIONS, `*`.
final class TargetReader {
    private final byte[] head;
    private final int from;
    private final int to;

    private String path = "/";
    private int queryFrom = -1;
    private boolean absolute;
    private int hostFrom;
    private int hostTo;

    TargetReader(byte[] head, int from, int to) {
        this.head = head;
        this.from = from;
        this.to = to;
    }

    String path() {
        return path;
    }

    int queryFrom() {
        return queryFrom;
    }

    boolean isAbsolute() {
        return absolute;
    }

    int hostFrom() {
        return hostFrom;
    }

    int hostTo() {
        return hostTo;
    }

    /// Whether the host of an absolute target is that of another place of the head.
    boolean hasHost(int otherFrom, int otherTo) {
        String ours = new String(head, hostFrom, hostTo - hostFrom, ISO_8859_1);
        String other = new String(head, otherFrom, otherTo - otherFrom, ISO_8859_1);
        return ours.equalsIgnoreCase(other);
    }

    @Nullable Refusal read(String method) {
        if (head[from] == '/') {
            return readPath(from);
        }
        if (head[from] == '*' && to == from + 1 && method.equals("OPTIONS")) {
            path = "*";
            return null;
        }
        int authority = behindScheme();
        if (authority < 0) {
            return malformed("the target is neither a path nor an http address");
        }
        absolute = true;
        hostFrom = authority;
        int at = authority;
        while (at < to && head[at] != '/' && head[at] != '?') {
            at++;
        }
        hostTo = at;
        if (!isAuthority(head, hostFrom, hostTo)) {
            return malformed("the host in the target is not valid");
        }
        return readPath(at);
    }

    private int behindScheme() {
        for (String scheme : new String[] {"http://", "https://"}) {
            int end = from + scheme.length();
            if (end <= to && Octets.equalsIgnoreCase(head, from, end, scheme)) {
                return end;
            }
        }
        return -1;
    }

    private @Nullable Refusal readPath(int begin) {
        boolean plain = true;
        int at = begin;
        while (at < to && head[at] != '?') {
            byte octet = head[at];
            if (!Octets.isPath(octet)) {
                return malformed("the path has " + Octets.show(octet) + ", which is to be encoded");
            }
            plain &= octet != '%' && (octet != '.' || head[at - 1] != '/');
            at++;
        }
        if (at < to) {
            queryFrom = at + 1;
            for (int i = queryFrom; i < to; i++) {
                if (!Octets.isQuery(head[i])) {
                    return malformed(
                            "the query has " + Octets.show(head[i]) + ", which is to be encoded");
                }
            }
        }
        if (!plain) {
            return decodePath(begin, at);
        }
        path = at - begin <= 1 ? "/" : new String(head, begin, at - begin, ISO_8859_1);
        return null;
    }

    // ---- paths that need work ----

    private @Nullable Refusal decodePath(int begin, int end) {
        byte[] decoded = new byte[end - begin];
        int length = 0;
        for (int i = begin; i < end; i++) {
            byte octet = head[i];
            if (octet == '%') {
                int value =
                        i + 2 < end ? Octets.hex(head[i + 1]) << 4 | Octets.hex(head[i + 2]) : -1;
                if (value < 0) {
                    return malformed("the path has a % without two hexadecimal digits");
                }
                octet = (byte) value;
                if (octet == '/' || octet == 0) {
                    return malformed("the path hides a slash or a NUL behind a %");
                }
                i += 2;
            }
            decoded[length++] = octet;
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded, 0, length)).toString();
        } catch (CharacterCodingException e) {
            return malformed("the path is not in UTF-8");
        }
        return resolveDots(text);
    }

    /// RFC 3986, 5.2.4; but what leads above the root is refused rather than cut.
    private @Nullable Refusal resolveDots(String text) {
        String[] segments = text.substring(1).split("/", -1);
        String[] kept = new String[segments.length];
        int count = 0;
        for (int i = 0; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {}
                case ".." -> {
                    if (count == 0) {
                        return malformed("the path leads above the root");
                    }
                    count--;
                }
                default -> {
                    kept[count++] = segments[i];
                    continue;
                }
            }
            if (isLast) {
                kept[count++] = "";
            }
        }
        StringBuilder resolved = new StringBuilder(text.length());
        for (int i = 0; i < count; i++) {
            resolved.append('/').append(kept[i]);
        }
        path = resolved.toString();
        return null;
    }

    // ---- host and port ----

    /// Whether the bytes are a host, which must not be empty, and perhaps a port.
    static boolean isAuthority(byte[] head, int from, int to) {
        int at = from;
        if (at < to && head[at] == '[') {
            while (at < to && head[at] != ']') {
                at++;
            }
            if (at == to || !isIpv6(head, from + 1, at)) {
                return false;
            }
            at++;
        } else {
            while (at < to && Octets.isHost(head[at])) {
                at++;
            }
        }
        return at > from && (at == to || (head[at] == ':' && isPort(head, at + 1, to)));
    }

    private static boolean isIpv6(byte[] head, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Octets.hex(head[i]) < 0 && head[i] != ':' && head[i] != '.') {
                return false;
            }
        }
        try {
            Inet6Address.ofLiteral(new String(head, from, to - from, ISO_8859_1));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPort(byte[] head, int from, int to) {
        int port = 0;
        for (int i = from; i < to; i++) {
            if (!Octets.isDigit(head[i]) || i - from >= 5) {
                return false;
            }
            port = 10 * port + head[i] - '0';
        }
        return port > 0 && port <= 65535;
    }
}
