package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.net.Connected.ascii;
import static dev.heddle.net.Connected.letOthersRun;
import static dev.heddle.net.Connected.randomBytes;
import static dev.heddle.net.Connected.until;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future.State;
import org.junit.jupiter.api.Test;

interface CancellationContract extends Connected {
    @Test
    default void aCancelledReadLosesNoByte() throws Exception {
        play((left, right) ->
                group(g -> {
                    var reader = g.spawn(() -> right.readExactly(6));
                    left.write(ascii("abc"));
                    until(right::hasBuffered);
                    letOthersRun();
                    reader.cancel();
                    until(reader::isDone);
                    assertThat(reader.state()).isEqualTo(State.CANCELLED);
                    left.write(ascii("def"));
                    assertThat(right.readExactly(6)).asString(US_ASCII).isEqualTo("abcdef");
                }));
    }

    @Test
    default void aCancelledTaskReadsAndWritesNothing() throws Exception {
        play((left, right) ->
                group(g -> {
                    left.write(ascii("abc"));
                    var reader = g.spawn(() -> right.readSome(10));
                    var writer = g.spawn(() -> right.write(ascii("never")));
                    reader.cancel();
                    writer.cancel();
                    until(reader::isDone);
                    until(writer::isDone);
                    assertThat(reader.state()).isEqualTo(State.CANCELLED);
                    assertThat(writer.state()).isEqualTo(State.CANCELLED);
                    right.write(ascii("sent"));
                    assertThat(left.readExactly(4)).asString(US_ASCII).isEqualTo("sent");
                    assertThat(right.readExactly(3)).asString(US_ASCII).isEqualTo("abc");
                }));
    }

    @Test
    default void aWriteCutInTheMiddleSpoilsTheStreamForWriting() throws Exception {
        play((left, right) ->
                group(g -> {
                    var data = ByteBuffer.allocate(bulk());
                    var writer = g.spawn("cut writer", () -> left.write(data));
                    until(() -> data.position() > 0);
                    letOthersRun();
                    writer.cancel();
                    until(writer::isDone);
                    int sent = data.position();
                    for (ClosingContract.Using using :
                            new ClosingContract.Using[] {
                                () -> left.write(ascii("a")),
                                () -> left.put(ascii("a")),
                                left::flush,
                                left::closeOutput
                            }) {
                        assertThatThrownBy(using::use)
                                .isInstanceOf(IOException.class)
                                .hasMessageContaining("\"cut writer\"")
                                .hasMessageContaining(sent + " of its " + bulk() + " bytes");
                    }
                    right.write(ascii("b"));
                    assertThat(left.readExactly(1)).asString(US_ASCII).isEqualTo("b");
                    left.close();
                    assertThat(right.readAll(bulk())).hasSize(sent);
                }));
    }

    @Test
    default void aCancelledFlushKeepsWhatItHasNotSent() throws Exception {
        byte[] sent = randomBytes(bulk(), 10);
        play((left, right) ->
                group(g -> {
                    int[] put = {0};
                    var writer =
                            g.spawn(() -> {
                                while (put[0] < sent.length) {
                                    int piece = Math.min(1000, sent.length - put[0]);
                                    ByteBuffer room = left.room(piece);
                                    room.put(sent, put[0], piece);
                                    put[0] += piece;
                                }
                            });
                    letOthersRun();
                    writer.cancel();
                    until(writer::isDone);
                    assertThat(writer.state()).isEqualTo(State.CANCELLED);
                    var rest =
                            g.spawn(() -> {
                                left.write(ByteBuffer.wrap(sent, put[0], sent.length - put[0]));
                                left.closeOutput();
                            });
                    assertThat(right.readAll(sent.length)).isEqualTo(sent);
                    rest.await();
                }));
    }

    @Test
    default void aCancelledTransferKeepsWhatItHasNotPassedOn() throws Exception {
        byte[] sent = randomBytes(bulk(), 11);
        play((left, right) ->
                group(g -> {
                    var source =
                            g.spawn(() -> {
                                left.write(sent);
                                left.closeOutput();
                            });
                    try (var between = ByteStream.pair(1000, 5000)) {
                        var transfer = g.spawn(() -> right.transferTo(between.left()));
                        letOthersRun();
                        transfer.cancel();
                        until(transfer::isDone);
                        assertThat(transfer.state()).isEqualTo(State.CANCELLED);
                        between.left().closeOutput();
                        byte[] passed = between.right().readAll(sent.length);
                        byte[] kept = right.readAll(sent.length);
                        var both =
                                ByteBuffer.allocate(passed.length + kept.length)
                                        .put(passed)
                                        .put(kept);
                        assertThat(passed).isNotEmpty();
                        assertThat(both.array()).isEqualTo(sent);
                    }
                    source.await();
                }));
    }
}
