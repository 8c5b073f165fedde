package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static dev.heddle.Trial.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GroupSpawnRulesTest {
    @Test
    void aTaskMaySpawnWhenTheBodyHasReturned() {
        Trial.run(() -> {
            List<String> ran = new ArrayList<>();
            group(g -> {
                g.spawn(() -> {
                    sleep(millis(5));
                    g.spawn(() -> {
                        sleep(millis(5));
                        g.spawn(() -> {
                            sleep(millis(5));
                            ran.add("grandchild");
                        });
                    });
                });
            });
            assertThat(ran).containsExactly("grandchild");
            assertThat(now()).isEqualTo(millis(15));
        });
    }

    @Test
    void spawningIntoAGroupThatHasEndedIsRefused() {
        Trial.run(() -> {
            TaskGroup[] leaked = new TaskGroup[1];
            group(g -> {
                leaked[0] = g;
            });
            assertThatThrownBy(() -> leaked[0].spawn(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ended");
        });
    }

    @Test
    void aGroupWaitsForATaskThatWasAddedInTheInstantInWhichTheLastOneEnded() {
        Trial.run(() -> {
            List<String> ran = new ArrayList<>();
            TaskGroup[] shared = new TaskGroup[1];
            group(outer -> {
                outer.spawn(() -> {
                    group(g -> {
                        shared[0] = g;
                        g.spawn(() -> {
                            checkpoint();
                        });
                    });
                    ran.add("group");
                });
                // Queued behind the child's last turn and before the host's: the group has no task
                // left, and has not ended.
                outer.spawn(() -> {
                    checkpoint();
                    checkpoint();
                    try {
                        shared[0].spawn(() -> {
                            sleep(millis(5));
                            ran.add("late task");
                        });
                    } catch (IllegalStateException e) {
                        ran.add("refused");
                    }
                });
            });
            assertThat(ran).isIn(List.of("late task", "group"), List.of("group", "refused"));
        });
    }

    @Test
    void noMomentOfAddingLetsATaskOutliveItsGroup() {
        for (int moment = 0; moment < 12; moment++) {
            int turns = moment;
            Trial.run(() -> {
                TaskGroup[] shared = new TaskGroup[1];
                List<Task<?>> added = new ArrayList<>();
                boolean[] over = new boolean[1];
                group(outer -> {
                    outer.spawn(() -> {
                        group(g -> {
                            shared[0] = g;
                            g.spawn(() -> {
                                checkpoint();
                                checkpoint();
                            });
                        });
                        over[0] = true;
                        assertThat(added).allMatch(Task::isDone);
                    });
                    outer.spawn(() -> {
                        for (int i = 0; i < turns; i++) {
                            checkpoint();
                        }
                        if (over[0]) {
                            assertThatThrownBy(() -> shared[0].spawn(() -> 1))
                                    .isInstanceOf(IllegalStateException.class);
                        } else {
                            added.add(shared[0].spawn(() -> sleep(millis(5))));
                        }
                    });
                });
            });
        }
    }

    @Test
    void aCancelledGroupTakesNoMoreTasks() {
        Trial.run(() ->
                group(g -> {
                    g.cancel();
                    assertThatThrownBy(() -> g.spawn(() -> 1)).isInstanceOf(Cancelled.class);
                    shield(() ->
                            assertThatThrownBy(() -> g.spawn(() -> 1))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("cancelled"));
                }));
    }

    @Test
    void aFailedGroupTakesNoMoreTasks() {
        Trial.run(() -> {
            var failure = new IllegalStateException("boom");
            List<String> seen = new ArrayList<>();
            assertThatThrownBy(() ->
                            group(g -> {
                                g.spawn(() -> {
                                    throw failure;
                                });
                                shield(() -> {
                                    settle();
                                    try {
                                        g.spawn(() -> seen.add("ran"));
                                    } catch (IllegalStateException e) {
                                        seen.add("refused");
                                    }
                                });
                            }))
                    .isSameAs(failure);
            assertThat(seen).containsExactly("refused");
        });
    }

    @Test
    void spawningFromAnotherLoopIsRefused() {
        try (EventLoop other = EventLoop.open("other")) {
            Heddle.run(() ->
                    group(g -> {
                        var attempt =
                                other.spawn(() -> {
                                    assertThatThrownBy(() -> g.spawn(() -> 1))
                                            .isInstanceOf(IllegalStateException.class)
                                            .hasMessageContaining("EventLoop.spawn");
                                    return "refused";
                                });
                        assertThat(attempt.await()).isEqualTo("refused");
                    }));
        }
    }

    @Test
    void aGroupInsideAShieldIsReachedByNothingOutside() {
        Trial.run(() -> {
            List<String> ran = new ArrayList<>();
            scope(s -> {
                s.cancel();
                shield(() ->
                        group(g -> {
                            g.spawn(() -> {
                                sleep(millis(5));
                                ran.add("shielded child");
                            });
                        }));
                checkpoint();
                ran.add("never");
                return null;
            });
            assertThat(ran).containsExactly("shielded child");
        });
    }

    @Test
    void aTaskSpawnedInACancelledScopeOfAnOuterGroupIsNotCancelledByIt() {
        Trial.run(() -> {
            String value =
                    group(g -> {
                        List<Task<String>> task = new ArrayList<>();
                        scope(s -> {
                            task.add(
                                    g.spawn(() -> {
                                        sleep(millis(5));
                                        return "lives with its group";
                                    }));
                            s.cancel();
                            checkpoint();
                            return null;
                        });
                        return task.getFirst().await();
                    });
            assertThat(value).isEqualTo("lives with its group");
        });
    }
}
