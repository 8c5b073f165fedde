package dev.heddle.web;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Action;
import dev.heddle.EventLoop;
import dev.heddle.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BroadcastTest {
    private final Broadcast<Integer> hub = new Broadcast<>();

    private static void run(Action<Exception> test) throws Exception {
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            loop.run(() -> {
                test.run();
                return null;
            });
        }
    }

    @Test
    void everyoneWhoListensGetsEachValueInOrder() throws Exception {
        run(() -> {
            List<List<Integer>> got = List.of(new ArrayList<>(), new ArrayList<>());
            group(g -> {
                for (List<Integer> mine : got) {
                    g.spawn(() -> hub.subscribe(10, values -> take(values, 3, mine)));
                }
                checkpoint();
                assertThat(hub.subscribers()).isEqualTo(2);
                hub.publish(1);
                hub.publish(2);
                checkpoint();
                hub.publish(3);
            });
            assertThat(got).allSatisfy(one -> assertThat(one).containsExactly(1, 2, 3));
            assertThat(hub.subscribers()).isZero();
        });
    }

    private static void take(
            Broadcast.Subscription<Integer> values, int count, List<Integer> target) {
        for (int i = 0; i < count; i++) {
            target.add(values.next());
        }
    }

    @Test
    void whoIsSlowLosesTheOldest() throws Exception {
        run(() ->
                hub.subscribe(
                        3,
                        values -> {
                            for (int i = 1; i <= 10; i++) {
                                hub.publish(i);
                            }
                            List<Integer> got = new ArrayList<>();
                            take(values, 3, got);
                            assertThat(got).containsExactly(8, 9, 10);
                            assertThat(values.missed()).isEqualTo(7);
                        }));
    }

    @Test
    void aLengthOfOneKeepsTheNewest() throws Exception {
        run(() ->
                hub.subscribe(
                        1,
                        values -> {
                            hub.publish(1);
                            hub.publish(2);
                            assertThat(values.next()).isEqualTo(2);
                        }));
    }

    @Test
    void aSubscriberThatIsCancelledLeaves() throws Exception {
        run(() -> {
            group(g -> {
                var waiting = g.spawn(() -> hub.subscribe(1, Broadcast.Subscription::next));
                checkpoint();
                assertThat(hub.subscribers()).isEqualTo(1);
                waiting.cancel();
            });
            assertThat(hub.subscribers()).isZero();
            hub.publish(1);
        });
    }

    @Test
    void waitingForAValueIsASuspensionPointEvenIfOneIsThere() throws Exception {
        run(() ->
                group(g -> {
                    var busy =
                            g.spawn(() ->
                                    hub.subscribe(
                                            1,
                                            values -> {
                                                while (true) {
                                                    hub.publish(1);
                                                    values.next();
                                                }
                                            }));
                    checkpoint(); // gets its turn, though the other never has to wait
                    busy.cancel();
                }));
        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void anyThreadMayPublish() throws Exception {
        int count = 10_000;
        run(() ->
                hub.subscribe(
                        count,
                        values -> {
                            Thread publisher =
                                    Thread.ofPlatform()
                                            .start(() ->
                                                    IntStream.range(0, count)
                                                            .forEach(hub::publish));
                            List<Integer> got = new ArrayList<>();
                            take(values, count, got);
                            assertThat(got).isEqualTo(IntStream.range(0, count).boxed().toList());
                            publisher.join();
                        }));
    }

    @Test
    void aCapacityOfZeroIsRefused() {
        assertThatThrownBy(() -> hub.subscribe(0, values -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
