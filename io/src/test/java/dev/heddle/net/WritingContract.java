package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.net.Connected.ascii;
import static dev.heddle.net.Connected.letOthersRun;
import static dev.heddle.net.Connected.randomBytes;
import static dev.heddle.net.Connected.until;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

interface WritingContract extends Connected {
    @Test
    default void whatIsPutComesInOrderWithWhatIsWritten() throws Exception {
        play((left, right) -> {
            left.put(ascii("a"));
            left.room(10).put((byte) 'b').put((byte) 'c');
            left.write(ascii("d"));
            left.put(ByteBuffer.wrap(ascii("e")));
            left.flush();
            left.write(new byte[0]);
            left.flush();
            assertThat(right.readExactly(5)).asString(US_ASCII).isEqualTo("abcde");
        });
    }

    @Test
    default void whatIsPutStaysHereUntilItIsFlushed() throws Exception {
        play((left, right) ->
                group(g -> {
                    left.put(ascii("a"));
                    left.room(1).put((byte) 'b');
                    var read = g.spawn(() -> right.readExactly(2));
                    letOthersRun();
                    assertThat(read.isDone()).isFalse();
                    left.flush();
                    assertThat(read.await()).asString(US_ASCII).isEqualTo("ab");
                }));
    }

    @Test
    default void roomIsThereForAsMuchAsWasAskedFor() throws Exception {
        byte[] sent = randomBytes(ByteStream.MOST_ROOM * 30, 5);
        play((left, right) ->
                group(g -> {
                    var _ =
                            g.spawn(() -> {
                                for (int at = 0; at < sent.length; at += ByteStream.MOST_ROOM) {
                                    ByteBuffer room = left.room(ByteStream.MOST_ROOM);
                                    assertThat(room.remaining())
                                            .isGreaterThanOrEqualTo(ByteStream.MOST_ROOM);
                                    room.put(sent, at, ByteStream.MOST_ROOM);
                                }
                                left.closeOutput();
                            });
                    assertThat(right.readAll(sent.length)).isEqualTo(sent);
                }));
    }

    @Test
    default void moreRoomThanThereCanBeIsRefused() throws Exception {
        play((left, right) -> {
            assertThatThrownBy(() -> left.room(ByteStream.MOST_ROOM + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("8193");
            assertThatThrownBy(() -> left.room(0)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    default void piecesOfAllSizesAreWrittenWhole() throws Exception {
        int[] sizes = {1, 100, 40_000, 30_000, 65_536, 65_537, 0, 33_000, 33_000, 200_000, 3};
        int total = 0;
        for (int size : sizes) {
            total += 4 * size;
        }
        byte[] sent = randomBytes(total, 6);
        play((left, right) ->
                group(g -> {
                    var _ =
                            g.spawn(() -> {
                                int at = 0;
                                for (int size : sizes) {
                                    left.put(ByteBuffer.wrap(sent, at, size));
                                    at += size;
                                    left.put(
                                            ByteBuffer.allocateDirect(size)
                                                    .put(sent, at, size)
                                                    .flip());
                                    at += size;
                                    left.write(ByteBuffer.wrap(sent, at, size));
                                    at += size;
                                    left.put(ascii(""));
                                    ByteBuffer data =
                                            ByteBuffer.allocateDirect(size)
                                                    .put(sent, at, size)
                                                    .flip();
                                    left.write(data);
                                    assertThat(data.hasRemaining()).isFalse();
                                    at += size;
                                }
                                left.closeOutput();
                            });
                    assertThat(right.readAll(sent.length)).isEqualTo(sent);
                }));
    }

    @Test
    default void aWriterWaitsForASlowReader() throws Exception {
        byte[] sent = randomBytes(bulk(), 7);
        play((left, right) ->
                group(g -> {
                    var writer = g.spawn(() -> left.write(sent));
                    letOthersRun();
                    assertThat(writer.isDone()).isFalse();
                    assertThat(right.readExactly(sent.length)).isEqualTo(sent);
                    writer.await();
                }));
    }

    @Test
    default void bufferedOutputWaitsForASlowReader() throws Exception {
        byte[] sent = randomBytes(bulk(), 8);
        play((left, right) ->
                group(g -> {
                    var writer =
                            g.spawn(() -> {
                                for (int at = 0; at < sent.length; at += 1000) {
                                    left.put(
                                            ByteBuffer.wrap(
                                                    sent, at, Math.min(1000, sent.length - at)));
                                }
                                left.flush();
                            });
                    letOthersRun();
                    assertThat(writer.isDone()).isFalse();
                    assertThat(right.readExactly(sent.length)).isEqualTo(sent);
                    writer.await();
                }));
    }

    @Test
    default void twoWritersAtOnceAreRefusedByName() throws Exception {
        play((left, right) ->
                group(g -> {
                    var data = ByteBuffer.allocate(bulk());
                    var first = g.spawn("first writer", () -> left.write(data));
                    until(() -> data.position() > 0);
                    letOthersRun();
                    var second =
                            g.spawn(
                                    "second writer",
                                    () -> {
                                        for (Writing writing :
                                                new Writing[] {
                                                    () -> left.write(ascii("b")),
                                                    () -> left.put(ascii("b")),
                                                    () -> left.room(1),
                                                    left::flush,
                                                    left::closeOutput
                                                }) {
                                            assertThatThrownBy(writing::write)
                                                    .isInstanceOf(IllegalStateException.class)
                                                    .hasMessageContaining("\"first writer\"")
                                                    .hasMessageContaining("\"second writer\"");
                                        }
                                    });
                    second.await();
                    assertThat(right.readExactly(bulk())).isEqualTo(new byte[bulk()]);
                    first.await();
                }));
    }

    interface Writing {
        void write() throws Exception;
    }

    @Test
    default void oneTaskReadsWhileAnotherWrites() throws Exception {
        byte[] sent = randomBytes(bulk(), 9);
        play((left, right) ->
                group(g -> {
                    g.spawn(() -> right.transferTo(right));
                    var _ =
                            g.spawn(() -> {
                                left.write(sent);
                                left.closeOutput();
                            });
                    assertThat(left.readExactly(sent.length)).isEqualTo(sent);
                    right.closeOutput();
                    assertThat(left.readAll(0)).isEmpty();
                }));
    }

    @Test
    default void aTransferSendsWhatWasBufferedOnBothSidesFirst() throws Exception {
        play((left, right) -> {
            left.write(ascii("skip\nabc"));
            left.closeOutput();
            right.readUntil(ascii("\n"), 10);
            right.put(ascii("> "));
            long count = right.transferTo(right);
            assertThat(count).isEqualTo(3);
            right.closeOutput();
            assertThat(left.readAll(10)).asString(US_ASCII).isEqualTo("> abc");
        });
    }
}
