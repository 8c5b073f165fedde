package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.cooperate;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FairnessTest {
    private static final int MOST_TURNS = 61;

    @Test
    void tasksTakeTurns() {
        List<Integer> order = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    for (int i = 0; i < 3; i++) {
                        int number = i;
                        g.spawn(() -> {
                            for (int n = 0; n < 100; n++) {
                                order.add(number);
                                checkpoint();
                            }
                        });
                    }
                }));
        for (int i = 0; i < order.size(); i++) {
            assertThat(order.get(i)).isEqualTo(i % 3);
        }
    }

    @Test
    void theOperatingSystemIsAskedAtLeastEvery61Turns() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (var sink = pipe.sink()) {
            Heddle.run(() -> {
                EventLoop loop = EventLoop.current();
                try (Readiness readiness = Readiness.of(pipe.source())) {
                    group(g -> {
                        boolean[] read = new boolean[1];
                        g.spawn(() -> {
                            readiness.awaitReadable();
                            read[0] = true;
                        });
                        checkpoint();
                        long polls = loop.statistics().polls();
                        long turnsAtPoll = loop.statistics().turns();
                        for (int i = 0; i < 5_000; i++) {
                            checkpoint();
                            LoopStatistics now = loop.statistics();
                            if (now.polls() != polls) {
                                polls = now.polls();
                                turnsAtPoll = now.turns();
                            }
                            assertThat(now.turns() - turnsAtPoll).isLessThanOrEqualTo(MOST_TURNS);
                        }
                        sink.write(ByteBuffer.wrap(new byte[1]));
                        int turns = 0;
                        while (!read[0]) {
                            checkpoint();
                            turns++;
                        }
                        assertThat(turns).isLessThanOrEqualTo(2 * MOST_TURNS);
                    });
                }
            });
        }
    }

    @Test
    void timersFireBesideATaskThatAlwaysYields() {
        Heddle.run(() ->
                group(g -> {
                    long due = System.nanoTime() + 2_000_000;
                    boolean[] woken = new boolean[1];
                    g.spawn(() -> {
                        sleep(Duration.ofNanos(due - System.nanoTime()));
                        woken[0] = true;
                    });
                    int overdue = 0;
                    while (!woken[0]) {
                        checkpoint();
                        if (System.nanoTime() > due) {
                            overdue++;
                        }
                    }
                    assertThat(overdue).isLessThanOrEqualTo(2 * MOST_TURNS + 2);
                }));
    }

    @Test
    void tasksAndTimersAreServedBesideCallbacksThatAlwaysAddOthers() {
        Heddle.run(() -> {
            EventLoop loop = EventLoop.current();
            boolean[] stop = new boolean[1];
            int[] calls = new int[1];
            Runnable[] again = new Runnable[1];
            again[0] =
                    () -> {
                        calls[0]++;
                        if (!stop[0]) {
                            loop.callSoon(again[0]);
                        }
                    };
            loop.callSoon(again[0]);
            sleep(millis(2));
            int before = calls[0];
            for (int i = 0; i < 10; i++) {
                checkpoint();
            }
            assertThat(calls[0] - before).as("one call in each turn").isBetween(9, 11);
            stop[0] = true;
            checkpoint();
        });
    }

    @Test
    void cooperateGivesWayAfter61Operations() {
        Trial.run(() ->
                group(g -> {
                    int[] others = new int[1];
                    g.spawn(() -> {
                        while (others[0] < 3) {
                            others[0]++;
                            checkpoint();
                        }
                    });
                    int[] gaveWayAt = new int[3];
                    int operation = 0;
                    for (int i = 0; i < 3; i++) {
                        while (others[0] == i) {
                            operation++;
                            cooperate();
                        }
                        gaveWayAt[i] = operation;
                    }
                    assertThat(gaveWayAt).containsExactly(61, 122, 183);
                }));
    }

    @Test
    void twoTasksOfALoopNeverRunAtTheSameMoment() {
        int[] unguarded = new int[1];
        Heddle.run(() ->
                group(g -> {
                    for (int i = 0; i < 50; i++) {
                        g.spawn(() -> {
                            for (int n = 0; n < 1_000; n++) {
                                int seen = unguarded[0];
                                Thread.onSpinWait();
                                unguarded[0] = seen + 1;
                                checkpoint();
                            }
                        });
                    }
                }));
        assertThat(unguarded[0]).isEqualTo(50_000);
    }
}
