package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.net.Connected.ascii;
import static dev.heddle.net.Connected.letOthersRun;
import static dev.heddle.net.Connected.randomBytes;
import static dev.heddle.net.Connected.until;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

interface ReadingContract extends Connected {
    byte[] CRLF = {'\r', '\n'};

    @Test
    default void readTakesWhatIsThereAndTellsTheEnd() throws Exception {
        play((left, right) -> {
            left.write(ascii("abcdef"));
            left.closeOutput();
            var target = ByteBuffer.allocate(4);
            int count = right.read(target);
            assertThat(count).isBetween(1, 4).isEqualTo(target.position());
            byte[] rest = right.readAll(10);
            target.flip();
            assertThat(US_ASCII.decode(target) + new String(rest, US_ASCII)).isEqualTo("abcdef");
            assertThat(right.read(ByteBuffer.allocate(4))).isEqualTo(-1);
            assertThat(right.read(ByteBuffer.allocate(4))).isEqualTo(-1);
        });
    }

    @Test
    default void readWithoutRoomReadsNothing() throws Exception {
        play((left, right) -> {
            left.write(ascii("a"));
            assertThat(right.read(ByteBuffer.allocate(0))).isZero();
            assertThat(right.readExactly(1)).asString(US_ASCII).isEqualTo("a");
        });
    }

    @Test
    default void aLargeDirectBufferIsReadInto() throws Exception {
        byte[] sent = randomBytes(50_000, 1);
        play((left, right) ->
                group(g -> {
                    var _ =
                            g.spawn(() -> {
                                left.write(sent);
                                left.closeOutput();
                            });
                    var received = ByteBuffer.allocateDirect(60_000);
                    while (right.read(received) >= 0) {}
                    byte[] bytes = new byte[received.flip().remaining()];
                    received.get(bytes);
                    assertThat(bytes).isEqualTo(sent);
                }));
    }

    @Test
    default void aDirectBufferGetsWhatIsBufferedFirst() throws Exception {
        play((left, right) -> {
            left.write(ascii("head\r\ntail"));
            left.closeOutput();
            right.readUntil(CRLF, 10);
            var received = ByteBuffer.allocateDirect(60_000);
            while (right.read(received) >= 0) {}
            assertThat(US_ASCII.decode(received.flip()).toString()).isEqualTo("tail");
        });
    }

    @Test
    default void readSomeReturnsAtMostTheMaximumAndNothingAtTheEnd() throws Exception {
        play((left, right) -> {
            left.write(ascii("abcdef"));
            left.closeOutput();
            var all = new StringBuilder();
            for (byte[] some = right.readSome(4); some.length > 0; some = right.readSome(4)) {
                assertThat(some).hasSizeBetween(1, 4);
                all.append(new String(some, US_ASCII));
            }
            assertThat(all).hasToString("abcdef");
            assertThat(right.readSome(4)).isEmpty();
        });
    }

    @Test
    default void readExactlyPutsPiecesTogetherAtEverySplit() throws Exception {
        for (int split = 0; split <= 6; split++) {
            int at = split;
            play((left, right) ->
                    group(g -> {
                        var first = g.spawn(() -> right.readExactly(4));
                        letOthersRun();
                        left.write(ascii("abcdef".substring(0, at)));
                        letOthersRun();
                        left.write(ascii("abcdef".substring(at)));
                        assertThat(first.await()).asString(US_ASCII).isEqualTo("abcd");
                        assertThat(right.readExactly(2)).asString(US_ASCII).isEqualTo("ef");
                        assertThat(right.hasBuffered()).isFalse();
                    }));
        }
    }

    @Test
    default void readExactlyNothingDoesNotWait() throws Exception {
        play((left, right) -> assertThat(right.readExactly(0)).isEmpty());
    }

    @Test
    default void readExactlyTakesMoreThanAnyBufferHolds() throws Exception {
        byte[] sent = randomBytes(300_000, 2);
        play((left, right) ->
                group(g -> {
                    g.spawn(() -> left.write(sent));
                    byte[] head = right.readExactly(7);
                    byte[] tail = right.readExactly(sent.length - 7);
                    var both = ByteBuffer.allocate(sent.length).put(head).put(tail);
                    assertThat(both.array()).isEqualTo(sent);
                }));
    }

    @Test
    default void readExactlyAtTheEndSaysHowMuchCameAndKeepsIt() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc"));
            left.closeOutput();
            var end = catchThrowableOfType(EndOfStreamException.class, () -> right.readExactly(4));
            assertThat(end.received()).isEqualTo(3);
            assertThat(end).hasMessageContaining("3 bytes").hasMessageContaining("needs 4");
            assertThat(right.readAll(10)).asString(US_ASCII).isEqualTo("abc");
        });
    }

    @Test
    default void readUntilFindsItsDelimiterAtEverySplit() throws Exception {
        String text = "abc\r\n\rd\r\r\n";
        for (int split = 0; split <= text.length(); split++) {
            int at = split;
            play((left, right) ->
                    group(g -> {
                        var first = g.spawn(() -> right.readUntil(CRLF, 100));
                        letOthersRun();
                        left.write(ascii(text.substring(0, at)));
                        letOthersRun();
                        left.write(ascii(text.substring(at)));
                        assertThat(first.await()).asString(US_ASCII).isEqualTo("abc\r\n");
                        assertThat(right.readUntil(CRLF, 100))
                                .asString(US_ASCII)
                                .isEqualTo("\rd\r\r\n");
                    }));
        }
    }

    @Test
    default void aDelimiterThatBeginsLikeItselfIsFound() throws Exception {
        play((left, right) -> {
            left.write(ascii("xaaab!"));
            assertThat(right.readUntil(ascii("aab"), 100)).asString(US_ASCII).isEqualTo("xaaab");
        });
    }

    @Test
    default void readUntilAcceptsWhatJustFitsItsLimit() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc\r\nd"));
            assertThat(right.readUntil(CRLF, 5)).asString(US_ASCII).isEqualTo("abc\r\n");
        });
    }

    @Test
    default void readUntilBeyondItsLimitConsumesNothing() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc\r\n"));
            var passed =
                    catchThrowableOfType(
                            LimitExceededException.class, () -> right.readUntil(CRLF, 4));
            assertThat(passed.limit()).isEqualTo(4);
            assertThat(right.readUntil(CRLF, 5)).asString(US_ASCII).isEqualTo("abc\r\n");
        });
    }

    @Test
    default void readUntilAtTheEndKeepsWhatCame() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc\r"));
            left.closeOutput();
            var end =
                    catchThrowableOfType(
                            EndOfStreamException.class, () -> right.readUntil(CRLF, 100));
            assertThat(end.received()).isEqualTo(4);
            assertThat(right.readAll(10)).asString(US_ASCII).isEqualTo("abc\r");
            end =
                    catchThrowableOfType(
                            EndOfStreamException.class, () -> right.readUntil(CRLF, 100));
            assertThat(end.received()).isZero();
        });
    }

    @Test
    default void readUntilReachesBeyondTheLoopsBuffer() throws Exception {
        String line = "x".repeat(200_000) + "\r\n";
        play((left, right) ->
                group(g -> {
                    g.spawn(() -> left.write(ascii("head\r\n" + line + "tail")));
                    assertThat(right.readUntil(CRLF, 6)).asString(US_ASCII).isEqualTo("head\r\n");
                    assertThat(right.readUntil(CRLF, 300_000)).asString(US_ASCII).isEqualTo(line);
                    assertThat(right.readExactly(4)).asString(US_ASCII).isEqualTo("tail");
                }));
    }

    @Test
    default void readAllTakesJustItsLimit() throws Exception {
        byte[] sent = randomBytes(200_000, 3);
        play((left, right) ->
                group(g -> {
                    var _ =
                            g.spawn(() -> {
                                left.write(sent);
                                left.closeOutput();
                            });
                    assertThat(right.readAll(sent.length)).isEqualTo(sent);
                    assertThat(right.readAll(0)).isEmpty();
                }));
    }

    @Test
    default void readAllBeyondItsLimitConsumesNothing() throws Exception {
        play((left, right) -> {
            left.write(ascii("abcd"));
            left.closeOutput();
            assertThatThrownBy(() -> right.readAll(3))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("more than 3 bytes");
            assertThat(right.readAll(4)).asString(US_ASCII).isEqualTo("abcd");
        });
    }

    @Test
    default void argumentsOutOfRangeAreRefused() throws Exception {
        play((left, right) -> {
            assertThatThrownBy(() -> right.readSome(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("max must be positive: 0");
            assertThatThrownBy(() -> right.readExactly(-1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> right.readUntil(new byte[0], 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> right.readUntil(CRLF, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> right.readAll(-1))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    default void twoReadersAtOnceAreRefusedByName() throws Exception {
        play((left, right) ->
                group(g -> {
                    var first = g.spawn("first reader", () -> right.readExactly(2));
                    letOthersRun();
                    left.write(ascii("a"));
                    until(right::hasBuffered);
                    var second =
                            g.spawn(
                                    "second reader",
                                    () -> {
                                        assertThatThrownBy(() -> right.readSome(1))
                                                .isInstanceOf(IllegalStateException.class)
                                                .hasMessageContaining("\"first reader\"")
                                                .hasMessageContaining("\"second reader\"");
                                    });
                    second.await();
                    left.write(ascii("b"));
                    assertThat(first.await()).asString(US_ASCII).isEqualTo("ab");
                }));
    }
}
