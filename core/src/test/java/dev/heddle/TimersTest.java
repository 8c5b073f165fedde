package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TimersTest {
    private final List<Probe> fired = new ArrayList<>();

    private final class Probe extends Timer {
        final int number;

        Probe(long deadline, int number) {
            super(deadline);
            this.number = number;
        }

        @Override
        void fire() {
            fired.add(this);
        }

        @Override
        public String toString() {
            return number + "@" + deadline;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void behavesLikeASortedSet(long seed) {
        Random random = new Random(seed);
        Timers timers = new Timers();
        // Ties are broken by age, which the number repeats.
        TreeSet<Probe> model =
                new TreeSet<>(
                        Comparator.<Probe>comparingLong(p -> p.deadline)
                                .thenComparingInt(p -> p.number));
        List<Probe> all = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 5_000; step++) {
            int choice = random.nextInt(10);
            if (choice < 6) {
                Probe probe = new Probe(now + random.nextInt(seed % 2 == 0 ? 50 : 5_000), step);
                timers.add(probe);
                model.add(probe);
                all.add(probe);
            } else if (choice < 9 && !all.isEmpty()) {
                // Also ones that have fired or were removed before: that does nothing.
                Probe probe = all.get(random.nextInt(all.size()));
                timers.remove(probe);
                model.remove(probe);
            } else {
                now += random.nextInt(200);
                List<Probe> due = new ArrayList<>();
                while (!model.isEmpty() && model.first().deadline <= now) {
                    due.add(model.pollFirst());
                }
                fired.clear();
                timers.fireDue(now);
                assertThat(fired).isEqualTo(due);
            }
            assertThat(timers.size()).isEqualTo(model.size());
            assertThat(timers.nextDeadline())
                    .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first().deadline);
        }
        fired.clear();
        timers.fireDue(Long.MAX_VALUE);
        assertThat(fired).isEqualTo(new ArrayList<>(model));
        assertThat(timers.size()).isZero();
    }

    @Test
    void aTimerThatFiresMayRemoveAndAddOthers() {
        Timers timers = new Timers();
        Probe removed = new Probe(20, 2);
        Probe added = new Probe(15, 3);
        timers.add(
                new Timer(10) {
                    @Override
                    void fire() {
                        timers.remove(removed);
                        timers.add(added);
                    }
                });
        timers.add(removed);
        timers.fireDue(30);
        assertThat(fired).containsExactly(added);
    }

    @Test
    void ofTimersInTheSameInstantTheOlderFiresFirst() {
        Timers timers = new Timers();
        List<Probe> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Probe probe = new Probe(5, i);
            timers.add(probe);
            expected.add(probe);
        }
        timers.fireDue(5);
        assertThat(fired).isEqualTo(expected);
    }

    @Test
    void aDurationTooLongMeansNever() {
        assertThat(Timers.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Timers.nanos(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        VirtualClock clock = new VirtualClock();
        clock.jumpTo(5);
        assertThat(clock.after(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(clock.after(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(clock.after(Duration.ofNanos(7))).isEqualTo(12);
        assertThat(clock.after(Duration.ofNanos(-7))).isEqualTo(-2);
    }

    @Test
    void theVirtualClockNeverGoesBack() {
        VirtualClock clock = new VirtualClock();
        clock.jumpTo(100);
        clock.jumpTo(50);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void sleepersWakeInTheOrderOfTheirDeadlines() {
        List<Integer> woken = new ArrayList<>();
        Trial.run(() ->
                Heddle.group(g -> {
                    for (int i : new int[] {5, 1, 3, 2, 4, 1}) {
                        g.spawn(() -> {
                            Heddle.sleep(Duration.ofHours(i));
                            woken.add(i);
                        });
                    }
                }));
        assertThat(woken).containsExactly(1, 1, 2, 3, 4, 5);
    }

    @Test
    void aCancelledSleepLeavesTheHeapAtOnce() {
        Trial.run(() ->
                Heddle.group(g -> {
                    List<Task<?>> sleepers = new ArrayList<>();
                    for (int i = 0; i < 1_000; i++) {
                        sleepers.add(g.spawn(() -> Heddle.sleep(Duration.ofDays(1))));
                    }
                    Heddle.checkpoint();
                    assertThat(EventLoop.current().statistics().timers()).isEqualTo(1_000);
                    sleepers.forEach(Task::cancel);
                    Trial.settle();
                    assertThat(EventLoop.current().statistics().timers()).isZero();
                }));
    }
}
