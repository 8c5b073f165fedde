package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StressTest {
    @Test
    void tasksOfSeveralLoopsYieldWithLocksHeld() throws Exception {
        int tasksOfALoop = 60_000;
        Object[] monitors = new Object[64];
        ReentrantLock[] locks = new ReentrantLock[64];
        int[] guarded = new int[64];
        for (int i = 0; i < 64; i++) {
            monitors[i] = new Object();
            locks[i] = new ReentrantLock();
        }
        ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
        List<EventLoop> loops = new ArrayList<>();
        List<Task<?>> mains = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            EventLoop loop = EventLoop.open("stress " + i);
            loops.add(loop);
            mains.add(
                    loop.spawn(() ->
                            group(g -> {
                                for (int n = 0; n < tasksOfALoop; n++) {
                                    int number = n;
                                    int slot = n % 64;
                                    g.spawn(() -> {
                                        switch (number % 3) {
                                            case 0 -> {
                                                synchronized (monitors[slot]) {
                                                    guarded[slot]++;
                                                    checkpoint();
                                                }
                                            }
                                            case 1 -> {
                                                locks[slot].lock();
                                                try {
                                                    checkpoint();
                                                } finally {
                                                    locks[slot].unlock();
                                                }
                                            }
                                            default ->
                                                    map.compute(
                                                            slot,
                                                            (key, value) -> {
                                                                checkpoint();
                                                                return value == null
                                                                        ? 1
                                                                        : value + 1;
                                                            });
                                        }
                                    });
                                    if (n % 1_000 == 0) {
                                        checkpoint();
                                    }
                                }
                            })));
        }
        for (Task<?> main : mains) {
            main.get(40, TimeUnit.SECONDS);
        }
        loops.forEach(EventLoop::close);
        int sum = 0;
        for (int value : guarded) {
            sum += value;
        }
        assertThat(sum).isEqualTo(3 * tasksOfALoop / 3);
        assertThat(map.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(3 * tasksOfALoop / 3);
    }

    @Test
    void tasksCancelledWhileTheyCompleteEachHaveOneEnd() {
        int tasks = 100_000;
        int[] ends = new int[2];
        Heddle.run(() -> {
            for (int batch = 0; batch < 10; batch++) {
                group(g -> {
                    List<Task<?>> all = new ArrayList<>();
                    List<Promise<Integer>> promises = new ArrayList<>();
                    for (int i = 0; i < tasks / 10; i++) {
                        Promise<Integer> promise = new Promise<>();
                        promises.add(promise);
                        all.add(
                                g.spawn(() -> {
                                    try {
                                        promise.await();
                                        ends[0]++;
                                    } catch (Cancelled e) {
                                        ends[1]++;
                                        throw e;
                                    }
                                }));
                    }
                    checkpoint();
                    for (int i = 0; i < all.size(); i++) {
                        switch (i % 4) {
                            case 0 -> {
                                all.get(i).cancel();
                                promises.get(i).complete(i);
                            }
                            case 1 -> {
                                promises.get(i).complete(i);
                                all.get(i).cancel();
                            }
                            case 2 -> all.get(i).cancel();
                            default -> promises.get(i).complete(i);
                        }
                    }
                });
            }
            assertThat(EventLoop.current().statistics().tasks()).isEqualTo(1);
        });
        assertThat(ends[1]).isEqualTo(tasks / 4);
        assertThat(ends[0] + ends[1]).isEqualTo(tasks);
    }

    @Test
    void aStormOfCancellationsFromOtherThreadsLosesNoTask() throws Exception {
        int tasks = 30_000;
        AtomicInteger ended = new AtomicInteger();
        try (EventLoop loop = EventLoop.open("storm")) {
            List<Task<?>> all = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                boolean foreign = i % 3 == 0;
                all.add(
                        loop.spawn(() -> {
                            try {
                                if (foreign) {
                                    Thread.sleep(3_600_000);
                                } else {
                                    sleep(Duration.ofHours(1));
                                }
                            } finally {
                                ended.incrementAndGet();
                            }
                        }));
            }
            Thread other = Thread.ofPlatform().start(() -> all.forEach(Task::cancel));
            all.forEach(Task::cancel);
            other.join();
            loop.run(() ->
                    group(g -> {
                        for (Task<?> task : all) {
                            g.spawn(() -> {
                                try {
                                    task.await();
                                } catch (java.util.concurrent.CancellationException e) {
                                    // the point
                                }
                            });
                        }
                    }));
            assertThat(all).allMatch(Task::isCancelled);
            Trial.assertThatNothingIsLeft(loop);
        }
        assertThat(ended).hasValue(tasks);
    }

    @Test
    void deadlinesAndResultsThatRaceLeaveNothingBehind() {
        try (EventLoop loop = EventLoop.open("racing deadlines")) {
            AtomicInteger ends = new AtomicInteger();
            int tasks = 20_000;
            loop.run(() ->
                    group(g -> {
                        for (int i = 0; i < tasks; i++) {
                            g.spawn(() -> {
                                long nanos = ThreadLocalRandom.current().nextLong(3_000_000);
                                long limit = ThreadLocalRandom.current().nextLong(3_000_000);
                                try {
                                    timeout(
                                            Duration.ofNanos(limit),
                                            () -> sleep(Duration.ofNanos(nanos)));
                                } catch (TimeoutException e) {
                                    // that is the other fair end
                                }
                                ends.incrementAndGet();
                                checkpoint();
                            });
                        }
                    }));
            assertThat(ends).hasValue(tasks);
            Trial.assertThatNothingIsLeft(loop);
        }
    }
}
