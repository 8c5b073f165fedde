package dev.heddle.net;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.net.Connected.ascii;
import static dev.heddle.net.Connected.randomBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

interface FeedingContract extends Connected {
    @Test
    default void aReaderSeesEverythingInOrderAndIsCalledOnceATime() throws Exception {
        byte[] sent = randomBytes(200_000, 4);
        play((left, right) ->
                group(g -> {
                    var _ =
                            g.spawn(() -> {
                                left.write(sent);
                                left.closeOutput();
                            });
                    var received = new ByteArrayOutputStream();
                    int[] calls = {0};
                    int returns = 0;
                    while (right.feed(
                            bytes -> {
                                calls[0]++;
                                assertThat(bytes.hasRemaining()).isTrue();
                                while (bytes.hasRemaining()) {
                                    received.write(bytes.get());
                                }
                            })) {
                        returns++;
                        assertThat(calls[0]).isEqualTo(returns);
                    }
                    assertThat(calls[0]).isEqualTo(returns);
                    assertThat(received.toByteArray()).isEqualTo(sent);
                }));
    }

    @Test
    default void whatAReaderLeavesIsShownAgain() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc"));
            left.closeOutput();
            List<Character> seen = new ArrayList<>();
            while (right.feed(bytes -> seen.add((char) bytes.get()))) {}
            assertThat(seen).containsExactly('a', 'b', 'c');
        });
    }

    @Test
    default void aReaderMayLookWithoutTaking() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc"));
            right.feed(bytes -> assertThat(bytes.get(bytes.position())).isEqualTo((byte) 'a'));
            assertThat(right.hasBuffered()).isTrue();
            assertThat(right.readExactly(3)).asString(US_ASCII).isEqualTo("abc");
        });
    }

    @Test
    default void aReaderThatMovesTheLimitHidesNothing() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc"));
            right.readUntil(ascii("a"), 1);
            right.feed(bytes -> bytes.limit(bytes.position()));
            assertThat(right.readExactly(2)).asString(US_ASCII).isEqualTo("bc");
        });
    }

    @Test
    default void whatAFailingReaderHasNotTakenIsKept() throws Exception {
        play((left, right) -> {
            left.write(ascii("abc"));
            ByteReader failing =
                    bytes -> {
                        bytes.get();
                        throw new IllegalArgumentException("not mine");
                    };
            assertThatThrownBy(() -> right.feed(failing)).hasMessage("not mine");
            assertThat(right.readExactly(2)).asString(US_ASCII).isEqualTo("bc");
        });
    }

    @Test
    default void aReaderThatSuspendsIsToldAndHarmsNobody() throws Exception {
        play((left, right) -> {
            try (var other = ByteStream.pair()) {
                left.write(ascii("ab"));
                other.left().write(ascii("other"));
                var ran = new ArrayList<String>();
                ByteReader suspending =
                        bytes -> {
                            bytes.get();
                            ran.add("before");
                            checkpoint();
                            ran.add("behind");
                        };
                group(g -> {
                    var _ =
                            g.spawn(() -> {
                                assertThat(ran).containsExactly("before");
                                byte[] got = other.right().readExactly(4);
                                assertThat(got).asString(US_ASCII).isEqualTo("othe");
                            });
                    assertThatThrownBy(() -> right.feed(suspending))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("suspended");
                });
                assertThat(ran).containsExactly("before", "behind");
                assertThat(other.right().readExactly(1)).asString(US_ASCII).isEqualTo("r");
                assertThat(right.readExactly(1)).asString(US_ASCII).isEqualTo("b");
            }
        });
    }

    @Test
    default void readingInsideAReaderIsRefused() throws Exception {
        play((left, right) -> {
            left.write(ascii("ab"));
            List<Throwable> thrown = new ArrayList<>();
            right.feed(bytes -> {
                try {
                    right.read(ByteBuffer.allocate(1));
                } catch (Exception e) {
                    thrown.add(e);
                }
            });
            assertThat(thrown).singleElement().isInstanceOf(IllegalStateException.class);
            assertThat(right.readExactly(2)).asString(US_ASCII).isEqualTo("ab");
        });
    }
}
