package dev.heddle.http;

/// The classes of characters of RFC 9110, RFC 9112 and RFC 3986, one bit each in a table.
final class Octets {
    private static final byte TOKEN = 1;
    private static final byte PATH = 2;
    private static final byte QUERY = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASSES = new byte[256];

    static {
        String alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        mark(TOKEN, alphanumeric + "!#$%&'*+-.^_`|~");
        // RFC 3986, and beyond it what browsers leave as it is: WHATWG's URL standard encodes
        // neither "[]|" in paths nor "[]|{}^`\" in queries.
        mark(PATH, alphanumeric + "-._~%!$&'()*+,;=:@/[]|");
        mark(QUERY, alphanumeric + "-._~%!$&'()*+,;=:@/?[]|{}^`\\");
        // Without the comma, which would make two hosts of one where fields are joined, and without
        // percent-encoding, which no client uses for hosts.
        mark(HOST, alphanumeric + "-._~!$&'()*+;=");
    }

    private Octets() {}

    private static void mark(byte kind, String members) {
        for (int i = 0; i < members.length(); i++) {
            CLASSES[members.charAt(i)] |= kind;
        }
    }

    static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xFF] & TOKEN) != 0;
    }

    static boolean isToken(char c) {
        return c < 128 && (CLASSES[c] & TOKEN) != 0;
    }

    static boolean isPath(byte octet) {
        return (CLASSES[octet & 0xFF] & PATH) != 0;
    }

    static boolean isQuery(byte octet) {
        return (CLASSES[octet & 0xFF] & QUERY) != 0;
    }

    static boolean isHost(byte octet) {
        return (CLASSES[octet & 0xFF] & HOST) != 0;
    }

    /// A tab, or anything but the control characters; from 128 on it is opaque.
    static boolean isFieldValue(byte octet) {
        return octet >= ' ' ? octet != 0x7F : octet < 0 || octet == '\t';
    }

    static boolean isFieldValue(char c) {
        return c >= ' ' ? c != 0x7F && c < 256 : c == '\t';
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /// The value of a hexadecimal digit, -1 if it is none.
    static int hex(int octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// Whether the bytes are `lower`, which is in lower case, in any case.
    static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int octet = bytes[i];
            if (octet >= 'A' && octet <= 'Z') {
                octet |= 0x20;
            }
            if (octet != lower.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /// A byte for an error message.
    static String show(byte octet) {
        return octet > ' ' && octet < 0x7F
                ? "'" + (char) octet + "'"
                : "0x%02X".formatted(octet & 0xFF);
    }
}
