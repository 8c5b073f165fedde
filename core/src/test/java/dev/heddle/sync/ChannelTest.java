package dev.heddle.sync;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ChannelTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, Integer.MAX_VALUE})
    void valuesArriveInOrderAndTheIterationEndsWithTheChannel(int capacity) throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> channel = new Channel<>(capacity);
            List<Integer> got = new ArrayList<>();
            group(g -> {
                g.spawn(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        channel.send(i);
                    }
                    channel.close();
                });
                for (int i : channel) {
                    got.add(i);
                }
            });
            assertThat(got).hasSize(1_000).isSorted();
        });
    }

    @Test
    void aFullChannelMakesTheSenderWait() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> channel = new Channel<>(2);
            group(g -> {
                Task<?> sender =
                        g.spawn(() -> {
                            for (int i = 0; i < 3; i++) {
                                channel.send(i);
                            }
                        });
                checkpoint();
                assertThat(sender.isDone()).isFalse();
                assertThat(channel.statistics())
                        .isEqualTo(new Channel.Statistics(2, 2, 1, 0, false));
                assertThat(channel.trySend(9)).isFalse();
                assertThat(channel.receive()).isZero();
                checkpoint();
                assertThat(sender.isDone()).isTrue();
                assertThat(channel.tryReceive()).isEqualTo(1);
                assertThat(channel.tryReceive()).isEqualTo(2);
                assertThat(channel.tryReceive()).isNull();
            });
        });
    }

    @Test
    void aRendezvousNeedsBoth() throws Exception {
        OnLoop.run(() -> {
            Channel<String> channel = Channel.rendezvous();
            assertThat(channel.trySend("nobody")).isFalse();
            group(g -> {
                Task<String> receiver = g.spawn(() -> channel.receive());
                checkpoint();
                assertThat(channel.trySend("hand")).isTrue();
                assertThat(receiver.await()).isEqualTo("hand");
            });
        });
    }

    @Test
    void aClosedChannelGivesWhatItHasAndRefusesWhoWaits() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> channel = new Channel<>(1);
            channel.send(1);
            group(g -> {
                Task<Boolean> refused =
                        g.spawn(() -> {
                            try {
                                channel.send(2);
                                return false;
                            } catch (ClosedException e) {
                                return true;
                            }
                        });
                checkpoint();
                channel.close();
                assertThat(refused.await()).isTrue();
                assertThat(channel.receive()).isEqualTo(1);
                assertThatThrownBy(channel::receive).isInstanceOf(ClosedException.class);
                assertThatThrownBy(() -> channel.send(3)).isInstanceOf(ClosedException.class);
            });
        });
    }

    @Test
    void itClosesWithTheLastOfItsSenders() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> channel = new Channel<>(4);
            var one = channel.sender();
            var two = channel.sender();
            one.send(1);
            one.close();
            one.close();
            assertThat(channel.statistics().closed()).isFalse();
            two.close();
            assertThat(channel.statistics().closed()).isTrue();
            assertThatThrownBy(() -> one.send(2)).isInstanceOf(ClosedException.class);
        });
    }

    @Test
    void aValueHandedOverInTheInstantOfACancellationIsDelivered() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> channel = Channel.rendezvous();
            List<Integer> got = new ArrayList<>();
            group(g -> {
                Task<?> receiver = g.spawn(() -> got.add(channel.receive()));
                checkpoint();
                assertThat(channel.trySend(1)).isTrue();
                receiver.cancel();
            });
            assertThat(got).containsExactly(1);
        });
    }

    @Test
    void aReceiverCancelledFirstTakesNothing() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> channel = Channel.rendezvous();
            group(g -> {
                Task<?> receiver = g.spawn(() -> channel.receive());
                checkpoint();
                receiver.cancel();
                checkpoint();
                assertThat(channel.trySend(1)).isFalse();
            });
        });
    }

    /// Senders and receivers that come, go and are cancelled at random: what was reported as sent
    /// has been received exactly once or is still in the channel.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void nothingIsLostOrDoubledUnderCancellation(int capacity) throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Integer> sent = new ArrayList<>();
            List<Integer> received = new ArrayList<>();
            OnLoop.run(() -> {
                Channel<Integer> channel = new Channel<>(capacity);
                group(g -> {
                    List<Task<?>> tasks = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        int value = i;
                        tasks.add(
                                random.nextBoolean()
                                        ? g.spawn(() -> {
                                            channel.send(value);
                                            sent.add(value);
                                        })
                                        : g.spawn(() -> {
                                            received.add(channel.receive());
                                        }));
                        if (random.nextInt(3) == 0) {
                            checkpoint();
                        }
                        if (random.nextInt(3) == 0) {
                            tasks.get(random.nextInt(tasks.size())).cancel();
                        }
                    }
                    checkpoint();
                    g.cancel();
                });
                Integer left;
                while ((left = channel.tryReceive()) != null) {
                    received.add(left);
                }
            });
            assertThat(received)
                    .as("seed " + seed)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(sent);
        }
    }
}
