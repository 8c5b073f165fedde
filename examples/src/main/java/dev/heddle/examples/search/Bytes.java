package dev.heddle.examples.search;

import java.util.Arrays;

/// Bytes that grow, and numbers in few of them: seven bits each, the last without the eighth set.
final class Bytes {
    private byte[] bytes;
    private int length;

    Bytes(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    void putNumber(int number) {
        int rest = number;
        while ((rest & ~0x7f) != 0) {
            put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
    }

    private void put(byte b) {
        room(1);
        bytes[length++] = b;
    }

    void put(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    void put(Bytes other) {
        put(other.bytes, 0, other.length);
    }

    void clear() {
        length = 0;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /// Reads what [Bytes] has written.
    static final class Reader {
        final byte[] bytes;
        int at;
        final int end;

        Reader(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.at = start;
            this.end = end;
        }

        boolean hasMore() {
            return at < end;
        }

        int number() {
            int number = 0;
            int shift = 0;
            byte b;
            do {
                b = bytes[at++];
                number |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            return number;
        }
    }
}
