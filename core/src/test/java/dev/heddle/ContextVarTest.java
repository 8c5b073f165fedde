package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.offload;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ContextVarTest {
    private static final ContextVar<String> USER = ContextVar.of("user", "nobody");
    private static final ContextVar<Integer> DEPTH = ContextVar.of("depth");
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITABLE =
            new InheritableThreadLocal<>();
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    private final List<Object> seen = new ArrayList<>();

    @AfterEach
    void theTestsOwnThreadIsLeftWithoutValues() {
        Context.become(Context.EMPTY);
        INHERITABLE.remove();
    }

    @Test
    void withoutAValueThereIsTheDefaultOrAnErrorThatNamesTheVariable() {
        assertThat(USER.get()).isEqualTo("nobody");
        assertThat(USER.isSet()).isFalse();
        assertThat(USER.orElse("other")).isEqualTo("other");
        assertThatThrownBy(DEPTH::get)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("\"depth\"");
    }

    @Test
    void aNullIsAValue() {
        USER.set(null);
        assertThat(USER.isSet()).isTrue();
        assertThat(USER.get()).isNull();
        assertThat(USER.orElse("other")).isNull();
        ContextVar<String> nullByDefault = ContextVar.of("null", null);
        assertThat(nullByDefault.get()).isNull();
    }

    @Test
    void withPutsBackWhatWasThereAlsoNothingAndAlsoAfterAFailure() {
        assertThat(USER.<String, RuntimeException>with("ada", USER::get)).isEqualTo("ada");
        assertThat(USER.isSet()).isFalse();
        assertThat(Context.current()).isSameAs(Context.EMPTY);
        USER.set("grace");
        assertThatThrownBy(() ->
                        USER.with(
                                "ada",
                                () -> {
                                    USER.set("eve");
                                    DEPTH.set(1);
                                    throw new IllegalStateException();
                                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(USER.get()).isEqualTo("grace");
        assertThat(DEPTH.get()).isEqualTo(1);
    }

    @Test
    void manyVariablesKeepTheirOwnValuesInWhateverOrderTheyGo() {
        List<ContextVar<Integer>> variables = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            variables.add(ContextVar.of("v" + i));
        }
        nest(variables, 0);
        assertThat(Context.current()).isSameAs(Context.EMPTY);
    }

    private static void nest(List<ContextVar<Integer>> variables, int i) {
        if (i == variables.size()) {
            for (int j = 0; j < i; j++) {
                assertThat(variables.get(j).get()).isEqualTo(j);
            }
            return;
        }
        variables.get(i).with(i, () -> nest(variables, i + 1));
    }

    @Test
    void aTaskInheritsAtItsSpawnAndWhatEitherSetsLaterIsItsOwn() {
        Trial.run(() -> {
            USER.set("ada");
            group(g -> {
                g.spawn(() -> {
                    seen.add(USER.get());
                    USER.set("child");
                    sleep(millis(10));
                    seen.add(USER.get());
                });
                USER.set("parent");
                sleep(millis(5));
                seen.add(USER.get());
            });
            assertThat(seen).containsExactly("ada", "parent", "child");
        });
    }

    @Test
    void twoTasksInTurnKeepTheirOwn() {
        Trial.run(() -> {
            group(g -> {
                for (int i = 0; i < 3; i++) {
                    int me = i;
                    g.spawn(() ->
                            DEPTH.with(
                                    me,
                                    () -> {
                                        for (int k = 0; k < 5; k++) {
                                            assertThat(DEPTH.get()).isEqualTo(me);
                                            checkpoint();
                                        }
                                    }));
                }
            });
            assertThat(DEPTH.isSet()).isFalse();
        });
    }

    @Test
    void aTaskInheritsFromTheThreadThatSpawnsIt() {
        USER.set("outside");
        try (var loop = EventLoop.open("test", new VirtualClock())) {
            assertThat(loop.<String, RuntimeException>run(USER::get)).isEqualTo("outside");
            loop.run(() -> USER.set("inside"));
            assertThat(USER.get()).isEqualTo("outside");
        }
    }

    @Test
    void aCallbackRunsWithTheValuesOfItsSchedulingAndLeavesNone() {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            USER.set("soon");
            loop.callSoon(() -> {
                seen.add(USER.get());
                USER.set("leaked");
            });
            loop.callLater(millis(5), () -> seen.add(USER.get()));
            USER.set("later");
            loop.callSoon(() -> seen.add(USER.get()));
            loop.callLater(millis(6), () -> seen.add(USER.get()));
            Context.become(Context.EMPTY);
            loop.callSoon(() -> seen.add(USER.isSet()));
            sleep(millis(10));
            assertThat(seen).containsExactly("soon", "later", false, "soon", "later");
        });
    }

    @Test
    void aCallbackThatSuspendsKeepsItsValues() {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            USER.with(
                    "first",
                    () ->
                            loop.callSoon(() -> {
                                sleep(millis(5));
                                seen.add(USER.get());
                            }));
            USER.with("second", () -> loop.callSoon(() -> seen.add(USER.get())));
            sleep(millis(10));
            assertThat(seen).containsExactly("second", "first");
        });
    }

    @Test
    void offloadedWorkSeesItsTasksValuesAndLeavesNoneOnTheWorker() {
        Trial.run(() -> {
            USER.set("ada");
            for (int i = 0; i < 2 * Workers.SIZE; i++) {
                assertThat(
                                Heddle.<String, RuntimeException>offload(() -> {
                                    String value = USER.get();
                                    USER.set("leaked");
                                    return value;
                                }))
                        .isEqualTo("ada");
            }
            Context.become(Context.EMPTY);
            for (int i = 0; i < 2 * Workers.SIZE; i++) {
                offload(() -> assertThat(USER.isSet()).isFalse());
            }
        });
    }

    @Test
    void aGeneratorRunsWithTheValuesOfWhoeverResumesIt() {
        Trial.run(() -> {
            USER.set("creator");
            var generator =
                    Generator.<String>of(out -> {
                        while (true) {
                            out.yield(USER.get());
                            USER.set("set by generator");
                        }
                    });
            USER.set("first");
            var values = generator.iterator();
            assertThat(values.next()).isEqualTo("first");
            group(g -> {
                USER.set("second");
                g.spawn(() -> {
                    assertThat(values.next()).isEqualTo("set by generator");
                    assertThat(USER.get()).isEqualTo("set by generator");
                });
                settle();
                assertThat(USER.get()).isEqualTo("second");
            });
            generator.close();
        });
    }

    @Test
    void aYieldInsideWithIsRefused() {
        var generator =
                Generator.<String>of(out -> {
                    USER.with("inner", () -> seen.add(USER.get()));
                    out.yield("fine");
                    USER.with("inner", () -> out.yield("not fine"));
                });
        USER.with(
                "outer",
                () -> {
                    var values = generator.iterator();
                    assertThat(values.next()).isEqualTo("fine");
                    assertThatThrownBy(values::next)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("ContextVar.with");
                    assertThat(USER.get()).isEqualTo("outer");
                });
    }

    @Test
    void aThreadLocalIsATasksOwnAndNobodyInheritsIt() {
        Trial.run(() -> {
            LOCAL.set("parent");
            group(g -> {
                g.spawn(() -> {
                    seen.add("child: " + LOCAL.get());
                    LOCAL.set("child");
                });
                EventLoop.current().callSoon(() -> seen.add("callback: " + LOCAL.get()));
                offload(() -> seen.add("worker: " + LOCAL.get()));
            });
            seen.add("parent: " + LOCAL.get());
            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "child: null", "callback: null", "worker: null", "parent: parent");
        });
    }

    @Test
    void anInheritableThreadLocalIsCopiedAtTheSpawnOfATaskAndReachesNothingElse() {
        Trial.run(() -> {
            settle();
            INHERITABLE.set("parent");
            group(g -> {
                g.spawn(() -> {
                    seen.add("child: " + INHERITABLE.get());
                    INHERITABLE.set("child");
                });
                EventLoop.current().callSoon(() -> seen.add("callback: " + INHERITABLE.get()));
            });
            settle();
            seen.add("parent: " + INHERITABLE.get());
            assertThat(seen)
                    .containsExactlyInAnyOrder("child: parent", "callback: null", "parent: parent");
        });
    }

    @Test
    void aScopedValueHoldsOnTheTasksOwnStackAndIsInheritedByNoTask() {
        Trial.run(() -> {
            ScopedValue.where(SCOPED, "bound")
                    .run(() -> {
                        group(g -> {
                            g.spawn(() -> seen.add("child: " + SCOPED.isBound()));
                            sleep(millis(1));
                            seen.add("body: " + SCOPED.get());
                        });
                    });
            assertThat(seen).containsExactly("child: false", "body: bound");
        });
    }

    @Test
    void aThreadThatForeignCodeStartsInATaskBeginsWithoutValues() throws Exception {
        Trial.run(() -> {
            USER.set("ada");
            Thread stranger =
                    Thread.ofVirtual()
                            .start(() -> {
                                seen.add(USER.isSet());
                                USER.set("stranger");
                                seen.add(USER.get());
                            });
            stranger.join();
            assertThat(seen).containsExactly(false, "stranger");
            assertThat(USER.get()).isEqualTo("ada");
        });
    }

    @Test
    void threadsOutsideOfLoopsHaveTheirOwnValues() throws InterruptedException {
        USER.set("main");
        CountDownLatch ended = new CountDownLatch(1);
        Thread other =
                new Thread(() -> {
                    seen.add(USER.get());
                    USER.set("other");
                    ended.countDown();
                });
        other.start();
        other.join();
        assertThat(ended.getCount()).isZero();
        assertThat(seen).containsExactly("nobody");
        assertThat(USER.get()).isEqualTo("main");
    }

    @Test
    void whoUsesNoVariablesHoldsNothing() {
        Trial.run(() -> {
            group(g -> {
                Task<Object> child = g.spawn(() -> Task.current().context);
                assertThat(child.await()).isSameAs(Context.EMPTY);
            });
        });
    }
}
