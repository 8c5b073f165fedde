package dev.heddle.net;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams that take the loop's buffers from each other in the middle of everything: each byte is
/// computed from its place in its stream, so that a single one in the wrong place shows.
@Timeout(60)
class SharedBufferTest {
    private static final int BYTES = 300_000;
    private static final int PAIRS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void interleavedStreamsKeepTheirBytesApart(long seed) throws Exception {
        var random = new Random(seed);
        run(() -> {
            List<ByteStream.Pair> pairs = new ArrayList<>();
            group(g -> {
                for (int i = 0; i < PAIRS; i++) {
                    int chunk = 1 + random.nextInt(random.nextBoolean() ? 100_000 : 3000);
                    var pair = ByteStream.pair(chunk, 1 + random.nextInt(100_000));
                    pairs.add(pair);
                    int number = i;
                    g.spawn(() -> write(pair.left(), number, random));
                    g.spawn(() -> read(pair.right(), number, random));
                }
            });
            for (var pair : pairs) {
                pair.close();
            }
        });
    }

    private static byte expected(int stream, int place) {
        return (byte) (place * 31 + (place >> 8) * 17 + (place >> 16) + stream * 101);
    }

    private static byte[] piece(int stream, int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = expected(stream, from + i);
        }
        return bytes;
    }

    private static void write(ByteStream target, int stream, Random random) throws IOException {
        int at = 0;
        while (at < BYTES) {
            int most = random.nextInt(10) == 0 ? 90_000 : 2000;
            int length = Math.min(1 + random.nextInt(most), BYTES - at);
            switch (random.nextInt(6)) {
                case 0 -> target.write(piece(stream, at, length));
                case 1 -> target.put(piece(stream, at, length));
                case 2 -> {
                    length = Math.min(length, ByteStream.MOST_ROOM);
                    target.room(length).put(piece(stream, at, length));
                }
                case 3 -> {
                    target.put(
                            ByteBuffer.allocateDirect(length)
                                    .put(piece(stream, at, length))
                                    .flip());
                    checkpoint();
                }
                case 4 -> {
                    target.flush();
                    length = 0;
                }
                default -> {
                    checkpoint();
                    length = 0;
                }
            }
            at += length;
        }
        target.closeOutput();
    }

    private static void read(ByteStream source, int stream, Random random) throws IOException {
        int[] at = {0};
        while (at[0] < BYTES) {
            int length =
                    Math.min(
                            1 + random.nextInt(random.nextInt(10) == 0 ? 90_000 : 2000),
                            BYTES - at[0]);
            switch (random.nextInt(6)) {
                case 0 -> check(source.readExactly(length), stream, at);
                case 1 -> check(source.readSome(length), stream, at);
                case 2 -> {
                    var target =
                            random.nextBoolean()
                                    ? ByteBuffer.allocate(length)
                                    : ByteBuffer.allocateDirect(length);
                    source.read(target);
                    byte[] got = new byte[target.flip().remaining()];
                    target.get(got);
                    check(got, stream, at);
                }
                case 3 ->
                        source.feed(bytes -> {
                            byte[] got = new byte[random.nextInt(bytes.remaining() + 1)];
                            bytes.get(got);
                            check(got, stream, at);
                        });
                case 4 -> {
                    byte[] delimiter = {expected(stream, at[0] + length - 1)};
                    check(source.readUntil(delimiter, length), stream, at);
                }
                default -> checkpoint();
            }
        }
        assertThat(source.readAll(0)).isEmpty();
    }

    private static void check(byte[] got, int stream, int[] at) {
        assertThat(got).isEqualTo(piece(stream, at[0], got.length));
        at[0] += got.length;
    }
}
