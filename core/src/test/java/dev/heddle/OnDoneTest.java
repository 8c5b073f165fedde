package dev.heddle;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OnDoneTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void functionsAreCalledInTheOrderOfTheirAddingAfterTheEnd() {
        Trial.run(() ->
                group(g -> {
                    Task<String> task =
                            g.spawn(() -> {
                                sleep(millis(1));
                                log.add("ends");
                                return "value";
                            });
                    task.onDone(t -> log.add("first: " + t.await()));
                    task.onDone(t -> log.add("second: " + t.isDone()));
                    task.await();
                    settle();
                    assertThat(log).containsExactly("ends", "first: value", "second: true");
                }));
    }

    @Test
    void forATaskThatHasEndedTheyAreCalledSoonAndNotAtOnce() {
        Trial.run(() ->
                group(g -> {
                    Task<String> task = g.spawn(() -> "value");
                    task.await();
                    task.onDone(t -> log.add("called"));
                    assertThat(log).isEmpty();
                    settle();
                    assertThat(log).containsExactly("called");
                }));
    }

    @Test
    void whatTheyThrowGoesToTheHandlerAndTheNextIsCalled() {
        Trial.run(() -> {
            EventLoop.current().onUnhandled((where, failure) -> log.add(failure.getMessage()));
            group(g -> {
                Task<String> task = g.spawn(() -> "value");
                task.onDone(t -> {
                    throw new IllegalStateException("thrown");
                });
                task.onDone(t -> log.add("called"));
            });
            settle();
            assertThat(log).containsExactly("thrown", "called");
        });
    }

    @Test
    void theyMaySuspend() {
        Trial.run(() ->
                group(g -> {
                    Task<String> task = g.spawn(() -> "value");
                    task.onDone(t -> {
                        sleep(millis(5));
                        log.add("slow");
                    });
                    task.onDone(t -> log.add("quick"));
                    sleep(millis(10));
                    assertThat(log).containsExactly("quick", "slow");
                }));
    }

    @Test
    void cancelledTasksAreDoneToo() {
        Trial.run(() ->
                group(g -> {
                    Task<Void> task = g.spawn(() -> sleep(millis(100)));
                    task.onDone(t -> log.add(t.isCancelled()));
                    task.cancel();
                    settle();
                    assertThat(log).containsExactly(true);
                }));
    }

    @Test
    void watchingIsNotAwaitingSoAFailureIsStillReported() {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            loop.onUnhandled((where, failure) -> log.add("reported " + failure.getMessage()));
            Task<Void> task =
                    loop.spawn(() -> {
                        throw new IllegalStateException("failure");
                    });
            task.onDone(t -> log.add("done"));
            settle();
            assertThat(log).containsExactly("reported failure", "done");
        });
    }

    @Test
    void theyRunOnTheTasksLoopWhoeverAddsThem() throws InterruptedException {
        int threads = 4;
        int each = 500;
        AtomicInteger called = new AtomicInteger();
        var wrong = new ConcurrentLinkedQueue<Object>();
        try (EventLoop loop = EventLoop.open("loop")) {
            Promise<String> end = new Promise<>();
            Task<String> task = loop.spawn(end::await);
            List<Thread> adders =
                    IntStream.range(0, threads)
                            .mapToObj(n -> {
                                var thread =
                                        new Thread(() -> {
                                            for (int i = 0; i < each; i++) {
                                                task.onDone(t -> {
                                                    called.incrementAndGet();
                                                    if (!loop.isCurrent() || !t.isDone()) {
                                                        wrong.add(Thread.currentThread());
                                                    }
                                                });
                                                if (n == 0 && i == each / 2) {
                                                    end.complete("now");
                                                }
                                            }
                                        });
                                thread.start();
                                return thread;
                            })
                            .toList();
            for (Thread adder : adders) {
                adder.join();
            }
        }
        assertThat(called).hasValue(threads * each);
        assertThat(wrong).isEmpty();
    }

    @Test
    void onAClosedLoopTheyAreRefused() {
        Task<String> task;
        try (EventLoop loop = EventLoop.open("gone")) {
            task = loop.spawn(() -> "value");
        }
        assertThatThrownBy(() -> task.onDone(t -> log.add("never")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("\"gone\"");
    }
}
