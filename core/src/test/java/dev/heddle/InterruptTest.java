package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class InterruptTest {
    @Test
    void interruptingATaskThatWaitsInHeddleCancelsIt() {
        Trial.run(() ->
                group(g -> {
                    var task = g.spawn(() -> sleep(millis(3_600_000)));
                    checkpoint();
                    task.thread().interrupt();
                    assertThatThrownBy(task::await)
                            .isInstanceOf(CancellationException.class)
                            .hasMessageContaining("interrupted from outside");
                }));
    }

    @Test
    void interruptingATaskThatWaitsInTheJdkThrowsThereAsUsual() {
        Trial.run(() ->
                group(g -> {
                    var task =
                            g.spawn(() -> {
                                try {
                                    Thread.sleep(3_600_000);
                                } catch (InterruptedException e) {
                                    checkpoint();
                                    return "told";
                                }
                                return "never";
                            });
                    checkpoint();
                    task.thread().interrupt();
                    assertThat(task.await()).isEqualTo("told");
                }));
    }

    @Test
    void aTaskThatInterruptsItselfIsCancelledAtItsNextWait() {
        Trial.run(() ->
                group(g -> {
                    var task =
                            g.spawn(() -> {
                                Thread.currentThread().interrupt();
                                new Promise<String>().await();
                            });
                    assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
                }));
    }

    @Test
    void anInterruptFromOutsideReachesNoShield() {
        Trial.run(() -> {
            List<String> seen = new ArrayList<>();
            group(g -> {
                var task =
                        g.spawn(() -> {
                            shield(() -> sleep(millis(10)));
                            seen.add("shield over");
                            checkpoint();
                            seen.add("never");
                        });
                checkpoint();
                task.thread().interrupt();
            });
            assertThat(seen).containsExactly("shield over");
        });
    }

    @Test
    void anInterruptAtAGroupsEndCancelsTheGroup() {
        Trial.run(() ->
                group(g -> {
                    var task =
                            g.spawn(() ->
                                    group(inner -> {
                                        inner.spawn(() -> sleep(millis(3_600_000)));
                                    }));
                    Trial.settle();
                    task.thread().interrupt();
                    assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
                    assertThat(Trial.now()).isZero();
                }));
    }

    @Test
    void interruptingTheThreadThatCalledRunCancelsTheTaskAndKeepsTheFlag() {
        try (EventLoop loop = EventLoop.open("interrupted run")) {
            Thread caller = Thread.currentThread();
            List<String> seen = new ArrayList<>();
            assertThatThrownBy(() ->
                            loop.run(() -> {
                                caller.interrupt();
                                try {
                                    sleep(millis(3_600_000));
                                } finally {
                                    shield(() -> sleep(millis(5)));
                                    seen.add("clean");
                                }
                                return null;
                            }))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen).containsExactly("clean");
        }
    }

    @Test
    void runReturnsTheResultOfATaskThatIgnoresTheInterruptOfItsCaller() {
        try (EventLoop loop = EventLoop.open("ignored interrupt")) {
            Thread caller = Thread.currentThread();
            String value =
                    loop.run(() -> {
                        caller.interrupt();
                        shield(() -> sleep(millis(10)));
                        return "done";
                    });
            assertThat(value).isEqualTo("done");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void interruptingTheLoopsOwnThreadDoesNotMakeItSpinOrStop() {
        try (EventLoop loop = EventLoop.open("interrupted loop")) {
            Thread carrier = loop.run(VirtualThreads::carrier);
            carrier.interrupt();
            assertThat(
                            loop.run(() -> {
                                sleep(millis(20));
                                return "works";
                            }))
                    .isEqualTo("works");
            long before = loop.statistics().polls();
            loop.run(() -> sleep(millis(50)));
            assertThat(loop.statistics().polls() - before).isLessThan(20);
        }
    }

    @Test
    void closingWhileInterruptedWaitsAndKeepsTheFlag() {
        EventLoop loop = EventLoop.open("interrupted close");
        Promise<String> cleaned = new Promise<>();
        loop.spawn(() -> {
            try {
                sleep(millis(3_600_000));
            } finally {
                shield(() -> sleep(millis(10)));
                cleaned.complete("clean");
            }
        });
        loop.run(() -> checkpoint());
        Thread.currentThread().interrupt();
        loop.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cleaned.isDone()).isTrue();
    }

    @Test
    void theInterruptOfAnInnerScopeIsGoneInTheOuterOne() throws Exception {
        Trial.run(() ->
                scope(outer -> {
                    scope(inner -> {
                        inner.cancel();
                        Thread.sleep(3_600_000);
                        return null;
                    });
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    checkpoint();
                    return null;
                }));
    }
}
