package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TaskGroupTest {
    @Test
    void aGroupReturnsWhatItsBodyReturns() {
        int sum =
                Trial.run(() ->
                        group(g -> {
                            var a = g.spawn(() -> 1);
                            var b = g.spawn(() -> 2);
                            return a.await() + b.await();
                        }));
        assertThat(sum).isEqualTo(3);
    }

    @Test
    void aGroupEndsWhenItsLastTaskEnds() {
        Trial.run(() -> {
            group(g -> {
                g.spawn(() -> sleep(millis(30)));
                g.spawn(() -> sleep(millis(10)));
            });
            assertThat(now()).isEqualTo(millis(30));
        });
    }

    @Test
    void anEmptyGroupDoesNotWait() {
        Trial.run(() -> {
            String value = group(g -> "at once");
            assertThat(value).isEqualTo("at once");
        });
    }

    @Test
    void tasksBeginInTheOrderOfTheirSpawn() {
        List<Integer> order = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    for (int i = 0; i < 5; i++) {
                        int number = i;
                        g.spawn(() -> {
                            order.add(number);
                            checkpoint();
                            order.add(number + 10);
                        });
                    }
                    order.add(-1);
                }));
        assertThat(order).containsExactly(-1, 0, 1, 2, 3, 4, 10, 11, 12, 13, 14);
    }

    @Test
    void cancellingAGroupCutsBodyAndTasksAndIsNoFailure() {
        Trial.run(() -> {
            List<String> cut = new ArrayList<>();
            String value =
                    group(g -> {
                        g.spawn(() -> {
                            try {
                                sleep(millis(1000));
                            } finally {
                                cut.add("task");
                            }
                        });
                        g.spawn(() -> {
                            sleep(millis(5));
                            g.cancel();
                        });
                        try {
                            sleep(millis(1000));
                        } finally {
                            cut.add("body");
                        }
                        return "never";
                    });
            assertThat(value).isNull();
            assertThat(cut).containsExactlyInAnyOrder("task", "body");
            assertThat(now()).isEqualTo(millis(5));
            checkpoint();
        });
    }

    @Test
    void aGroupWhoseBodyReturnedBeforeItWasCancelledKeepsTheValue() {
        Trial.run(() -> {
            String value =
                    group(g -> {
                        g.spawn(() -> sleep(millis(1000)));
                        g.spawn(() -> g.cancel());
                        return "kept";
                    });
            assertThat(value).isEqualTo("kept");
        });
    }

    @Test
    void aGroupInACancelledScopeWaitsForItsTasksAndThrows() {
        Trial.run(() -> {
            List<String> ended = new ArrayList<>();
            scope(s -> {
                group(g -> {
                    g.spawn(() -> {
                        try {
                            sleep(millis(1000));
                        } finally {
                            Heddle.shield(() -> sleep(millis(7)));
                            ended.add("child");
                        }
                    });
                    g.spawn(() -> s.cancel());
                    sleep(millis(1000));
                });
                ended.add("never: cut by the scope");
                return null;
            });
            assertThat(ended).containsExactly("child");
            assertThat(now()).isEqualTo(millis(7));
        });
    }

    @Test
    void cancellingAGroupThatHasEndedIsHarmless() throws Exception {
        try (EventLoop loop = EventLoop.open("ended")) {
            TaskGroup[] leaked = new TaskGroup[1];
            Promise<String> goOn = new Promise<>();
            Task<String> task =
                    loop.spawn(() -> {
                        group(g -> {
                            leaked[0] = g;
                            g.spawn(() -> {});
                        });
                        String word = goOn.await();
                        checkpoint();
                        return word;
                    });
            while (leaked[0] == null || loop.statistics().ready() > 0) {
                loop.run(() -> {
                    checkpoint();
                    return 0;
                });
            }
            leaked[0].cancel();
            loop.run(() -> {
                checkpoint();
                return 0;
            });
            goOn.complete("unhurt");
            assertThat(task.get()).isEqualTo("unhurt");
        }
    }

    @Test
    void groupsNestDeeply() {
        int depth = 500;
        int sum = Trial.run(() -> nested(depth));
        assertThat(sum).isEqualTo(depth);
    }

    private static int nested(int depth) {
        if (depth == 0) {
            return 0;
        }
        return group(g -> {
            Task<Integer> below = g.spawn(() -> nested(depth - 1));
            return 1 + below.await();
        });
    }

    @Test
    void awaitingATaskFromItselfIsRefused() {
        Trial.run(() ->
                group(g -> {
                    Task<?>[] self = new Task<?>[1];
                    self[0] =
                            g.spawn(() -> {
                                assertThatThrownBy(() -> self[0].await())
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("itself");
                                assertThatThrownBy(() -> self[0].get())
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("itself");
                            });
                }));
    }
}
