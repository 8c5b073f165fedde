package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.net.Connected.ascii;
import static dev.heddle.net.Connected.letOthersRun;
import static dev.heddle.net.Connected.until;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

interface ClosingContract extends Connected {
    @Test
    default void halfAConnectionStaysOpen() throws Exception {
        play((left, right) -> {
            left.put(ascii("question"));
            left.closeOutput();
            left.closeOutput();
            assertThat(right.readAll(100)).asString(US_ASCII).isEqualTo("question");
            right.write(ascii("answer"));
            right.closeOutput();
            assertThat(left.readAll(100)).asString(US_ASCII).isEqualTo("answer");
        });
    }

    @Test
    default void nothingCanBeWrittenAfterTheOutputWasClosed() throws Exception {
        play((left, right) -> {
            left.closeOutput();
            assertThatThrownBy(() -> left.write(ascii("a")))
                    .isInstanceOf(StreamClosedException.class)
                    .hasMessageContaining("after closeOutput()");
            assertThatThrownBy(() -> left.put(ascii("a")))
                    .isInstanceOf(StreamClosedException.class);
            assertThatThrownBy(() -> left.room(1)).isInstanceOf(StreamClosedException.class);
        });
    }

    @Test
    default void closingSendsWhatIsBuffered() throws Exception {
        play((left, right) -> {
            left.put(ascii("abc"));
            left.close();
            assertThat(right.readAll(10)).asString(US_ASCII).isEqualTo("abc");
        });
    }

    @Test
    default void closingSaysWhatCouldNotBeSent() throws Exception {
        play((left, right) ->
                group(g -> {
                    var data = ByteBuffer.allocate(bulk());
                    var writer =
                            g.spawn(() -> {
                                while (true) {
                                    left.put(data.clear().limit(1000));
                                }
                            });
                    letOthersRun();
                    writer.cancel();
                    until(writer::isDone);
                    assertThatThrownBy(left::close)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("bytes of output unsent")
                            .hasMessageContaining("flush()");
                    assertThatThrownBy(left::flush).isInstanceOf(StreamClosedException.class);
                }));
    }

    @Test
    default void closingTwiceIsHarmless() throws Exception {
        play((left, right) -> {
            left.close();
            left.close();
            left.abort();
            assertThat(right.readAll(0)).isEmpty();
        });
    }

    @Test
    default void nothingWorksOnAClosedStreamButItsName() throws Exception {
        play((left, right) -> {
            left.close();
            for (Using using :
                    new Using[] {
                        () -> left.readSome(1),
                        () -> left.feed(bytes -> {}),
                        () -> left.write(ascii("a")),
                        () -> left.put(ascii("a")),
                        () -> left.room(1),
                        left::flush,
                        left::closeOutput,
                        () -> left.transferTo(right)
                    }) {
                assertThatThrownBy(using::use)
                        .isInstanceOf(StreamClosedException.class)
                        .hasMessageContaining("closed by us")
                        .hasMessageContaining(left.toString());
            }
            assertThat(left.localAddress()).isEqualTo(right.remoteAddress());
            assertThat(left.remoteAddress()).isEqualTo(right.localAddress());
            assertThat(left.hasBuffered()).isFalse();
        });
    }

    interface Using {
        void use() throws Exception;
    }

    @Test
    default void closingWakesWhoWaitsInTheStream() throws Exception {
        play((left, right) ->
                group(g -> {
                    var reader =
                            g.spawn(() -> {
                                assertThatThrownBy(() -> left.readExactly(1))
                                        .isInstanceOf(StreamClosedException.class);
                            });
                    var writer =
                            g.spawn(() -> {
                                assertThatThrownBy(() -> left.write(new byte[bulk()]))
                                        .isInstanceOf(StreamClosedException.class);
                            });
                    letOthersRun();
                    assertThat(reader.isDone()).isFalse();
                    assertThat(writer.isDone()).isFalse();
                    left.close();
                    reader.await();
                    writer.await();
                }));
    }

    @Test
    default void anAbortIsSeenAsAResetAgainAndAgain() throws Exception {
        play((left, right) -> {
            left.put(ascii("never sent"));
            left.abort();
            until(() -> isLost(right));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> right.readSome(1))
                        .isInstanceOf(DisconnectedException.class)
                        .hasMessageContaining("reset by the peer")
                        .hasMessageContaining(right.remoteAddress().toString().replace("/", ""));
            }
        });
    }

    private static boolean isLost(ByteStream stream) {
        try {
            stream.write(ascii("x"));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    default void anAbortWakesAReader() throws Exception {
        play((left, right) ->
                group(g -> {
                    var reader =
                            g.spawn(() -> {
                                assertThatThrownBy(() -> right.readSome(1))
                                        .isInstanceOf(DisconnectedException.class)
                                        .hasMessageContaining("reset by the peer");
                            });
                    letOthersRun();
                    left.abort();
                    reader.await();
                }));
    }

    @Test
    default void writingToAPeerThatHasGoneFailsAsSuch() throws Exception {
        play((left, right) -> {
            right.close();
            until(() -> isLost(left));
            assertThatThrownBy(() -> left.write(ascii("a")))
                    .isInstanceOf(DisconnectedException.class)
                    .hasMessageContaining(left.toString());
            assertThatThrownBy(() -> left.put(ascii("a")))
                    .isInstanceOf(DisconnectedException.class);
        });
    }

    @Test
    default void aStreamIsForItsOwnLoop() throws Exception {
        play((left, right) -> {
            try (var other = EventLoop.open("other")) {
                var stranger =
                        other.spawn(() -> {
                            assertThatThrownBy(() -> left.readSome(1))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("\"other\"");
                            assertThatThrownBy(() -> left.put(ascii("a")))
                                    .isInstanceOf(IllegalStateException.class);
                            assertThatThrownBy(left::close)
                                    .isInstanceOf(IllegalStateException.class);
                        });
                stranger.await();
            }
        });
    }
}
