package dev.heddle;

import static dev.heddle.Heddle.checkCancelled;
import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static dev.heddle.Trial.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StartTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void theCallerGoesOnWhenTheTaskIsReadyAndTheTaskGoesOnToo() {
        Trial.run(() -> {
            group(g -> {
                int port =
                        g.start(ready -> {
                            sleep(millis(10));
                            ready.started(8080);
                            sleep(millis(10));
                            log.add("ended at " + now().toMillis());
                        });
                assertThat(port).isEqualTo(8080);
                assertThat(now()).isEqualTo(millis(10));
            });
            assertThat(log).containsExactly("ended at 20");
        });
    }

    @Test
    void aFailureBeforeIsTheCallersAndNotTheGroups() {
        Trial.run(() -> {
            var failure = new IOException("port taken");
            String result =
                    group(g -> {
                        Task<String> sibling =
                                g.spawn(() -> {
                                    sleep(millis(10));
                                    return "alive";
                                });
                        assertThatThrownBy(() ->
                                        g.start(ready -> {
                                            sleep(millis(1));
                                            throw failure;
                                        }))
                                .isInstanceOf(TaskFailedException.class)
                                .hasCause(failure);
                        return sibling.await();
                    });
            assertThat(result).isEqualTo("alive");
        });
    }

    @Test
    void aFailureBehindIsTheGroups() {
        Trial.run(() -> {
            var failure = new IllegalStateException("later");
            assertThatThrownBy(() ->
                            group(g -> {
                                g.start(ready -> {
                                    ready.started("ready");
                                    sleep(millis(1));
                                    throw failure;
                                });
                                sleep(millis(100));
                            }))
                    .isSameAs(failure);
            assertThat(now()).isEqualTo(millis(1));
        });
    }

    @Test
    void aTaskThatEndsWithoutAWordIsNamed() {
        Trial.run(() ->
                group(g -> {
                    assertThatThrownBy(() -> g.start("mute", ready -> sleep(millis(1))))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("\"mute\"")
                            .hasMessageContaining(StartTest.class.getName())
                            .hasMessageContaining("started()");
                }));
    }

    @Test
    void aTaskThatIsCancelledAloneBeforeSaysSo() {
        Trial.run(() ->
                group(g -> {
                    assertThatThrownBy(() ->
                                    g.start(ready -> {
                                        Task.current().cancel("had enough");
                                        checkCancelled();
                                    }))
                            .isInstanceOf(CancellationException.class)
                            .hasMessageContaining("had enough");
                }));
    }

    @Test
    void cancellingTheCallerCancelsTheTaskAndWaitsForIt() {
        Trial.run(() -> {
            String alive =
                    group(g -> {
                        Task<String> sibling =
                                g.spawn(() -> {
                                    sleep(millis(100));
                                    return "alive";
                                });
                        assertThatThrownBy(() ->
                                        timeout(
                                                millis(10),
                                                () ->
                                                        g.<String>start(ready -> {
                                                            try {
                                                                sleep(millis(50));
                                                            } finally {
                                                                shield(() -> sleep(millis(5)));
                                                                log.add("cleaned up");
                                                            }
                                                        })))
                                .isInstanceOf(TimeoutException.class);
                        assertThat(log).containsExactly("cleaned up");
                        assertThat(now()).isEqualTo(millis(15));
                        return sibling.await();
                    });
            assertThat(alive).isEqualTo("alive");
        });
    }

    @Test
    void aCleanUpThatFailsMeanwhileIsThrown() {
        Trial.run(() ->
                group(g -> {
                    assertThatThrownBy(() ->
                                    timeout(
                                            millis(10),
                                            () ->
                                                    g.<String>start(ready -> {
                                                        try {
                                                            sleep(millis(50));
                                                        } catch (Cancelled cut) {
                                                            throw new IllegalStateException(
                                                                    "clean-up");
                                                        }
                                                    })))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("clean-up");
                }));
    }

    @Test
    void cancellingTheGroupEndsTheWaitOfACallerInIt() {
        Trial.run(() -> {
            group(g -> {
                g.spawn(() -> {
                    sleep(millis(5));
                    g.cancel();
                });
                try {
                    g.start(ready -> sleep(millis(50)));
                } finally {
                    log.add("cut at " + now().toMillis());
                }
            });
            assertThat(log).containsExactly("cut at 5");
        });
    }

    @Test
    void aCallerOutsideOfTheGroupLearnsThatItWasCancelled() {
        Trial.run(() ->
                group(outer -> {
                    Promise<TaskGroup> inner = new Promise<>();
                    outer.spawn(() ->
                            group(g -> {
                                inner.complete(g);
                                sleep(millis(5));
                                g.cancel();
                            }));
                    TaskGroup g = inner.await();
                    assertThatThrownBy(() -> g.start(ready -> sleep(millis(50))))
                            .isInstanceOf(CancellationException.class)
                            .hasMessageContaining("before it had started");
                }));
    }

    @Test
    void startedFirstThenCancelledDeliversTheValueAndTheTaskLives() {
        Trial.run(() ->
                group(g -> {
                    Promise<String> go = new Promise<>();
                    Task<Void> caller =
                            g.spawn(() -> {
                                log.add(
                                        g.start(ready -> {
                                            ready.started(go.await());
                                            log.add("started");
                                            sleep(millis(5));
                                            log.add("ended");
                                        }));
                                checkCancelled();
                                log.add("never");
                            });
                    settle();
                    go.complete("value");
                    checkpoint();
                    assertThat(log).containsExactly("started");
                    caller.cancel();
                    sleep(millis(10));
                    assertThat(log).containsExactly("started", "value", "ended");
                    assertThat(caller.isCancelled()).isTrue();
                }));
    }

    @Test
    void cancelledFirstThenStartedDoesNotCountAndTheTaskIsCut() {
        Trial.run(() ->
                group(g -> {
                    Promise<String> go = new Promise<>();
                    Task<Void> caller =
                            g.spawn(() -> {
                                log.add(
                                        g.start(ready -> {
                                            ready.started(go.await());
                                            log.add("started");
                                            try {
                                                sleep(millis(5));
                                            } finally {
                                                log.add("cut at " + now().toMillis());
                                            }
                                        }));
                            });
                    settle();
                    go.complete("value");
                    caller.cancel();
                    sleep(millis(10));
                    assertThat(log).containsExactly("started", "cut at 0");
                    assertThat(caller.isCancelled()).isTrue();
                }));
    }

    @Test
    void startedIsForTheTaskItselfAndOnce() {
        Trial.run(() ->
                group(g -> {
                    List<Started<String>> kept = new ArrayList<>();
                    String value =
                            g.start(ready -> {
                                kept.add(ready);
                                ready.started("once");
                                assertThatThrownBy(() -> ready.started("twice"))
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("already");
                            });
                    assertThat(value).isEqualTo("once");
                    assertThatThrownBy(() -> kept.getFirst().started("other"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("for task");
                }));
    }

    @Test
    void aChildMayStartASibling() {
        Trial.run(() -> {
            group(g -> {
                g.spawn(() -> {
                    sleep(millis(1));
                    log.add(
                            g.start(ready -> {
                                sleep(millis(1));
                                ready.started("sibling");
                            }));
                });
            });
            assertThat(log).containsExactly("sibling");
        });
    }
}
