package dev.heddle.sync;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SelectTest {
    @Test
    void theFirstThatIsReadyIsDoneAndNoOther() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> one = new Channel<>(1);
            Channel<Integer> two = new Channel<>(1);
            one.send(1);
            two.send(2);
            int chosen = Select.one(List.of(one.onReceive(v -> v), two.onReceive(v -> v)));
            assertThat(chosen).isEqualTo(1);
            assertThat(two.statistics().buffered()).isEqualTo(1);
        });
    }

    @Test
    void itWaitsForWhicheverComesFirst() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> one = Channel.rendezvous();
            Channel<String> two = Channel.rendezvous();
            group(g -> {
                Task<String> chosen =
                        g.spawn(() ->
                                Select.one(
                                        List.of(
                                                one.onReceive(v -> "1:" + v),
                                                two.onReceive(v -> "2:" + v))));
                checkpoint();
                assertThat(two.trySend("x")).isTrue();
                assertThat(one.trySend(1)).isFalse();
                assertThat(chosen.await()).isEqualTo("2:x");
                assertThat(one.statistics().receivers()).isZero();
            });
        });
    }

    @Test
    void sendingCanBeAnAlternativeAndHasNoEffectWhenItIsNotChosen() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> out = Channel.rendezvous();
            Channel<Integer> stop = Channel.rendezvous();
            group(g -> {
                Task<String> chosen =
                        g.spawn(() ->
                                Select.one(
                                        List.of(
                                                out.onSend(5, () -> "sent"),
                                                stop.onReceive(v -> "stop"))));
                checkpoint();
                assertThat(stop.trySend(0)).isTrue();
                assertThat(out.tryReceive()).isNull();
                assertThat(chosen.await()).isEqualTo("stop");
            });
            group(g -> {
                Task<String> chosen =
                        g.spawn(() ->
                                Select.one(
                                        List.of(
                                                stop.onReceive(v -> "stop"),
                                                out.onSend(5, () -> "sent"))));
                checkpoint();
                assertThat(out.receive()).isEqualTo(5);
                assertThat(chosen.await()).isEqualTo("sent");
            });
        });
    }

    @Test
    void cancellationLeavesNoPlaceInAnyLine() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> one = Channel.rendezvous();
            Channel<Integer> two = Channel.rendezvous();
            group(g -> {
                Task<?> waiter =
                        g.spawn(() ->
                                Select.one(List.of(one.onReceive(v -> v), two.onReceive(v -> v))));
                checkpoint();
                waiter.cancel();
                checkpoint();
                assertThat(one.statistics().receivers()).isZero();
                assertThat(two.statistics().receivers()).isZero();
            });
        });
    }

    @Test
    void aClosedChannelIsReportedAndNothingToSelectFromIsRefused() throws Exception {
        OnLoop.run(() -> {
            Channel<Integer> one = Channel.rendezvous();
            one.close();
            assertThatThrownBy(() -> Select.one(List.of(one.onReceive(v -> v))))
                    .isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> Select.one(List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }
}
