package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakeUpTest {
    @Test
    void noWakeUpIsLost() throws Exception {
        int rounds = 15_000;
        AtomicInteger lost = new AtomicInteger();
        try (EventLoop loop = EventLoop.open("woken")) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        // One at a time, so that the loop falls asleep in between.
                                        for (int n = 0; n < rounds && lost.get() == 0; n++) {
                                            CountDownLatch ran = new CountDownLatch(1);
                                            loop.callSoon(ran::countDown);
                                            if (!ran.await(5, TimeUnit.SECONDS)) {
                                                lost.incrementAndGet();
                                            }
                                        }
                                    } catch (InterruptedException e) {
                                        lost.incrementAndGet();
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(lost).hasValue(0);
    }

    @Test
    void noUnparkFromAnotherThreadIsLost() throws Exception {
        int rounds = 15_000;
        try (EventLoop a = EventLoop.open("ping");
                EventLoop b = EventLoop.open("pong")) {
            // Two loops hand a ball to and fro, each asleep while the other has it.
            @SuppressWarnings({"unchecked", "rawtypes"})
            Promise<Integer>[] balls = new Promise[2 * rounds];
            for (int i = 0; i < balls.length; i++) {
                balls[i] = new Promise<>();
            }
            Task<String> ping =
                    a.spawn(() -> {
                        for (int i = 0; i < balls.length; i += 2) {
                            balls[i].complete(i);
                            balls[i + 1].await();
                        }
                        return "ping";
                    });
            Task<String> pong =
                    b.spawn(() -> {
                        for (int i = 0; i < balls.length; i += 2) {
                            balls[i].await();
                            balls[i + 1].complete(i);
                        }
                        return "pong";
                    });
            assertThat(ping.get(20, TimeUnit.SECONDS)).isEqualTo("ping");
            assertThat(pong.get(20, TimeUnit.SECONDS)).isEqualTo("pong");
        }
    }

    @Test
    void aLoopThatWakesItselfNeedsNoSystemCall() {
        Heddle.run(() -> {
            EventLoop loop = EventLoop.current();
            long before = loop.statistics().wakeUps();
            group(g -> {
                Promise<String> promise = new Promise<>();
                g.spawn(promise::await);
                g.spawn(() -> sleep(millis(2)));
                g.spawn(() -> {
                    sleep(millis(1));
                    promise.complete("go");
                    loop.callSoon(() -> {});
                });
                g.spawn(() -> sleep(millis(50))).cancel();
            });
            assertThat(loop.statistics().wakeUps()).isEqualTo(before);
        });
    }

    @Test
    void aBusyLoopIsNotWoken() throws Exception {
        try (EventLoop loop = EventLoop.open("busy")) {
            AtomicBoolean stop = new AtomicBoolean();
            CountDownLatch began = new CountDownLatch(1);
            Task<?> busy =
                    loop.spawn(() -> {
                        began.countDown();
                        while (!stop.get()) {
                            checkpoint();
                        }
                    });
            began.await();
            long before = loop.statistics().wakeUps();
            CountDownLatch ran = new CountDownLatch(2_000);
            for (int i = 0; i < 2_000; i++) {
                loop.callSoon(ran::countDown);
            }
            ran.await();
            assertThat(loop.statistics().wakeUps()).isEqualTo(before);
            stop.set(true);
            busy.get();
        }
    }

    @Test
    void manySubmissionsToASleepingLoopCostOneWakeUpEachAtMost() throws Exception {
        try (EventLoop loop = EventLoop.open("asleep")) {
            loop.run(() -> checkpoint());
            long before = loop.statistics().wakeUps();
            for (int i = 0; i < 100; i++) {
                loop.run(() -> {});
            }
            assertThat(loop.statistics().wakeUps() - before).isBetween(1L, 100L);
        }
    }

    @Test
    void anIdleLoopDoesNothing() throws Exception {
        try (EventLoop loop = EventLoop.open("idle")) {
            loop.run(() -> checkpoint());
            loop.spawn(() -> sleep(Duration.ofHours(1)));
            loop.run(() -> checkpoint());
            long polls = loop.statistics().polls();
            long turns = loop.statistics().turns();
            TimeUnit.MILLISECONDS.sleep(100);
            assertThat(loop.statistics().polls() - polls).isLessThanOrEqualTo(2);
            assertThat(loop.statistics().turns() - turns).isLessThanOrEqualTo(2);
        }
    }
}
