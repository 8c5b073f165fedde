package dev.heddle.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Takes the chunks off a body, however it is cut into pieces. Does not wait.
///
/// As strict as the grammar of RFC 9112 allows, and a little more: no spaces around sizes, no bare
/// line feeds, extensions and trailer fields bounded. Extensions and trailer fields are dropped.
///
/// ```
/// SIZE ──▶ EXTENSION ──▶ SIZE_LF ──▶ DATA ──▶ DATA_CR ──▶ DATA_LF ──▶ SIZE …
///   └────────────────────▲   │ size 0
///                            ▼
///                 TRAILER ◀──▶ TRAILER_LF        TRAILER ──▶ LAST_LF ──▶ END
/// ```
///
/// Any fault leads to FAILED, and stays there. Not thread-safe.
final class ChunkedDecoder {
    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF,
        END,
        FAILED
    }

    /// Hexadecimal digits of a size, leading zeros included.
    private static final int MOST_DIGITS = 16;

    private final long maxBody;
    private final int maxHeaderBytes;
    private final int maxHeaders;

    private State state = State.SIZE;
    private int digits;

    /// The size being read, then what is left of the chunk.
    private long size;

    private long total;

    /// Bytes of extensions and trailer fields so far, of the whole body.
    private int extras;

    private int trailers;
    private @Nullable Refusal refusal;

    ChunkedDecoder(HttpOptions options) {
        this.maxBody = options.maxBody();
        this.maxHeaderBytes = options.maxHeaderBytes();
        this.maxHeaders = options.maxHeaders();
    }

    /// Whether the whole body, trailer included, was read.
    boolean isAtEnd() {
        return state == State.END;
    }

    /// What is wrong with the body; null if nothing is.
    @Nullable Refusal refusal() {
        return refusal;
    }

    /// Decodes until the input is empty, the target is full, the body ends or a fault is found.
    ///
    /// @param target takes the data; null to drop it
    /// @return how many bytes of data there were
    long read(ByteBuffer in, @Nullable ByteBuffer target) {
        long count = 0;
        while (in.hasRemaining() && state != State.END && state != State.FAILED) {
            if (state == State.DATA) {
                if (target != null && !target.hasRemaining()) {
                    break;
                }
                count += readData(in, target);
            } else {
                step(in.get());
            }
        }
        return count;
    }

    private int readData(ByteBuffer in, @Nullable ByteBuffer target) {
        int count = (int) Math.min(size, in.remaining());
        if (target == null) {
            in.position(in.position() + count);
        } else {
            count = Math.min(count, target.remaining());
            target.put(target.position(), in, in.position(), count);
            target.position(target.position() + count);
            in.position(in.position() + count);
        }
        size -= count;
        if (size == 0) {
            state = State.DATA_CR;
        }
        return count;
    }

    private void step(byte octet) {
        switch (state) {
            case SIZE -> readSize(octet);
            case EXTENSION -> {
                if (octet == '\r') {
                    state = State.SIZE_LF;
                } else if (!Octets.isFieldValue(octet)) {
                    fail("a chunk's extension has " + Octets.show(octet));
                } else {
                    countExtra();
                }
            }
            case SIZE_LF -> {
                if (expect(octet, '\n', "a chunk's size")) {
                    beginChunk();
                }
            }
            case DATA_CR -> {
                if (expect(octet, '\r', "a chunk of the announced size")) {
                    state = State.DATA_LF;
                }
            }
            case DATA_LF -> {
                if (expect(octet, '\n', "a chunk of the announced size")) {
                    state = State.SIZE;
                    digits = 0;
                    size = 0;
                }
            }
            case TRAILER_START, TRAILER_NAME, TRAILER_VALUE -> readTrailer(octet);
            case TRAILER_LF -> {
                if (expect(octet, '\n', "a trailer field")) {
                    state = State.TRAILER_START;
                }
            }
            case LAST_LF -> {
                if (expect(octet, '\n', "the body")) {
                    state = State.END;
                }
            }
            case DATA, END, FAILED -> throw new AssertionError(state);
        }
    }

    private void readSize(byte octet) {
        int digit = Octets.hex(octet);
        if (digit >= 0) {
            if (++digits > MOST_DIGITS || size > Long.MAX_VALUE >> 4) {
                fail("a chunk's size is too large a number");
            } else {
                size = (size << 4) | digit;
            }
        } else if (digits == 0 || (octet != '\r' && octet != ';')) {
            fail("a chunk's size has " + Octets.show(octet));
        } else {
            state = octet == ';' ? State.EXTENSION : State.SIZE_LF;
        }
    }

    private void beginChunk() {
        if (size == 0) {
            state = State.TRAILER_START;
        } else if (size > maxBody - total) {
            refuse(new Refusal(413, "the body is longer than " + maxBody + " bytes"));
        } else {
            total += size;
            state = State.DATA;
        }
    }

    private void readTrailer(byte octet) {
        if (state == State.TRAILER_START) {
            if (octet == '\r') {
                state = State.LAST_LF;
                return;
            }
            if (!Octets.isToken(octet)) {
                fail("a trailer field begins with " + Octets.show(octet));
                return;
            }
            if (++trailers > maxHeaders) {
                refuse(new Refusal(431, "there are more than " + maxHeaders + " trailer fields"));
                return;
            }
            state = State.TRAILER_NAME;
        } else if (state == State.TRAILER_NAME) {
            if (octet == ':') {
                state = State.TRAILER_VALUE;
            } else if (!Octets.isToken(octet)) {
                fail("the name of a trailer field has " + Octets.show(octet));
                return;
            }
        } else if (octet == '\r') {
            state = State.TRAILER_LF;
        } else if (!Octets.isFieldValue(octet)) {
            fail("a trailer field has " + Octets.show(octet));
            return;
        }
        countExtra();
    }

    private void countExtra() {
        if (++extras > maxHeaderBytes) {
            refuse(
                    new Refusal(
                            431,
                            "chunk extensions and trailer fields are longer than "
                                    + maxHeaderBytes
                                    + " bytes"));
        }
    }

    private boolean expect(byte octet, char expected, String before) {
        if (octet != expected) {
            fail("there is " + Octets.show(octet) + " where " + before + " ends");
            return false;
        }
        return true;
    }

    private void fail(String reason) {
        refuse(Refusal.malformed(reason));
    }

    private void refuse(Refusal because) {
        refusal = because;
        state = State.FAILED;
    }
}
