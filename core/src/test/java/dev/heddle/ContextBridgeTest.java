package dev.heddle;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.offload;
import static dev.heddle.Trial.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ContextBridgeTest {
    /// Works as the MDC of SLF4J does.
    private static final class Mdc implements ContextBridge<Map<String, String>> {
        final ThreadLocal<Map<String, String>> map = new ThreadLocal<>();

        @Override
        public Map<String, String> capture() {
            return map.get();
        }

        @Override
        public void restore(Map<String, String> state) {
            if (state == null) {
                map.remove();
            } else {
                map.set(state);
            }
        }

        void put(String key, String value) {
            map.set(Map.of(key, value));
        }
    }

    private final Mdc mdc = new Mdc();
    private final List<Object> seen = new ArrayList<>();

    @BeforeEach
    void add() {
        ContextBridge.add(mdc);
    }

    @AfterEach
    void remove() {
        ContextBridge.remove(mdc);
    }

    @Test
    void aThreadLocalGoesAlongIntoTasksCallbacksAndOffloadedWork() {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            mdc.put("request", "7");
            group(g -> {
                g.spawn(() -> {
                    seen.add(mdc.map.get());
                    mdc.put("request", "child");
                });
                loop.callSoon(() -> seen.add(mdc.map.get()));
            });
            loop.callSoon(() -> seen.add(mdc.map.get()));
            offload(() -> seen.add(mdc.map.get()));
            settle();
            assertThat(seen).hasSize(4).containsOnly(Map.of("request", "7"));
            assertThat(mdc.map.get()).isEqualTo(Map.of("request", "7"));
        });
    }

    @Test
    void nothingIsLeftOnThreadsThatOthersUse() {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            for (int i = 0; i < 2 * Workers.SIZE; i++) {
                mdc.put("request", "7");
                loop.callSoon(() -> mdc.put("request", "leaked"));
                offload(() -> mdc.put("request", "leaked"));
                ContextBridge.remove(mdc);
                loop.callSoon(() -> seen.add(mdc.map.get()));
                offload(() -> seen.add(mdc.map.get()));
                ContextBridge.add(mdc);
            }
            settle();
            assertThat(seen).hasSize(4 * Workers.SIZE).containsOnlyNulls();
        });
    }

    @Test
    void aBridgeComesWithContextVariables() {
        ContextVar<String> user = ContextVar.of("user");
        Trial.run(() -> {
            mdc.put("request", "7");
            user.with(
                    "ada",
                    () ->
                            group(g -> {
                                g.spawn(() -> {
                                    seen.add(user.get());
                                    seen.add(mdc.map.get());
                                });
                            }));
            assertThat(seen).containsExactly("ada", Map.of("request", "7"));
        });
    }

    @Test
    void aBridgeThatFailsToSetDownFailsTheBodyAndNotTheLoop() {
        var failure = new IllegalStateException("cannot set down");
        ContextBridge<String> broken =
                new ContextBridge<>() {
                    @Override
                    public String capture() {
                        return "state";
                    }

                    @Override
                    public void restore(String state) {
                        if (state != null) {
                            throw failure;
                        }
                    }
                };
        ContextBridge.add(broken);
        try (var loop = EventLoop.open("test", new VirtualClock())) {
            loop.onUnhandled((where, unhandled) -> seen.add(unhandled));
            assertThatThrownBy(() -> loop.run(() -> seen.add("never"))).isSameAs(failure);
            loop.callSoon(() -> seen.add("never"));
            ContextBridge.remove(broken);
            loop.run(Trial::settle);
            assertThat(seen).containsExactly(failure);
        } finally {
            ContextBridge.remove(broken);
        }
    }
}
