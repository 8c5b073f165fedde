package dev.heddle;

import static dev.heddle.Heddle.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLoopGroupTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    @Test
    void loopsAreNumberedAndServeInTurn() {
        try (var group = EventLoopGroup.open("worker", 3)) {
            assertThat(group.loops())
                    .extracting(EventLoop::name)
                    .containsExactly("worker-0", "worker-1", "worker-2");
            List<EventLoop> turns = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                turns.add(group.next());
            }
            assertThat(turns.subList(0, 3)).isEqualTo(group.loops());
            assertThat(turns.get(3)).isSameAs(turns.get(0));
        }
    }

    @Test
    void thereIsOneForEachCoreUnlessToldOtherwise() {
        try (var group = EventLoopGroup.open("core")) {
            assertThat(group.loops()).hasSize(Runtime.getRuntime().availableProcessors());
        }
        assertThatThrownBy(() -> EventLoopGroup.open("none", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 loops");
    }

    @Test
    void aTaskStaysOnTheLoopItWasGivenTo() throws Exception {
        try (var group = EventLoopGroup.open("worker", 2)) {
            Task<EventLoop> first = group.spawn(() -> EventLoop.current());
            Task<EventLoop> second = group.spawn(() -> EventLoop.current());
            assertThat(List.of(first.get(), second.get())).isEqualTo(group.loops());
        }
    }

    @Test
    void closingCancelsAllBeforeItWaitsForTheFirst() throws Exception {
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(2);
        try (var group = EventLoopGroup.open("worker", 2)) {
            Promise<String> secondHasEnded = new Promise<>();
            group.loops()
                    .get(0)
                    .spawn(() -> {
                        begun.countDown();
                        try {
                            sleep(FOR_EVER);
                        } finally {
                            Heddle.shield(() -> {
                                log.add("first saw " + secondHasEnded.await());
                            });
                        }
                    });
            group.loops()
                    .get(1)
                    .spawn(() -> {
                        begun.countDown();
                        try {
                            sleep(FOR_EVER);
                        } finally {
                            secondHasEnded.complete("second end");
                        }
                    });
            begun.await();
        }
        assertThat(log).containsExactly("first saw second end");
    }

    @Test
    void closingTwiceIsHarmlessAndTakesNoMore() {
        var group = EventLoopGroup.open("worker", 2);
        group.close();
        group.close();
        assertThatThrownBy(() -> group.spawn(() -> 1))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void closingFromOneOfItsLoopsIsRefusedAndClosesNone() {
        try (var group = EventLoopGroup.open("worker", 2)) {
            EventLoop second = group.loops().get(1);
            second.run(() ->
                    assertThatThrownBy(group::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("cannot close"));
            assertThat(group.loops().get(0).<Integer, RuntimeException>run(() -> 7)).isEqualTo(7);
        }
    }

    @Test
    void manyThreadsSpawnWhileItClosesAndEachTaskRunsOrIsRefused() throws Exception {
        for (int round = 0; round < 10; round++) {
            AtomicInteger begun = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ended = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            try (var group = EventLoopGroup.open("worker", 2)) {
                for (int t = 0; t < 3; t++) {
                    Thread thread =
                            new Thread(() -> {
                                try {
                                    for (int i = 0; ; i++) {
                                        Task<Void> task =
                                                group.spawn(() -> {
                                                    begun.incrementAndGet();
                                                    Heddle.checkpoint();
                                                });
                                        accepted.incrementAndGet();
                                        task.promise()
                                                .toCompletableFuture()
                                                .whenComplete((v, e) -> ended.incrementAndGet());
                                        if (i == 100) {
                                            go.countDown();
                                        }
                                    }
                                } catch (RejectedExecutionException closed) {
                                    return;
                                }
                            });
                    threads.add(thread);
                    thread.start();
                }
                go.await();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(accepted.get()).isPositive();
            assertThat(begun).hasValue(accepted.get());
            assertThat(ended).hasValue(accepted.get());
        }
    }
}
