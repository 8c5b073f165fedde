package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LoopLocalTest {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final LoopLocal<int[]> COUNTER =
            LoopLocal.of(() -> {
                MADE.incrementAndGet();
                return new int[1];
            });

    @Test
    void eachLoopHasItsOwnAndItsTasksShareIt() {
        int before = MADE.get();
        for (int i = 0; i < 2; i++) {
            Trial.run(() -> {
                Heddle.group(g -> {
                    for (int n = 0; n < 10; n++) {
                        g.spawn(() -> COUNTER.get()[0]++);
                    }
                });
                assertThat(COUNTER.get()[0]).isEqualTo(10);
                assertThat(COUNTER.get(EventLoop.current())).isSameAs(COUNTER.get());
            });
        }
        assertThat(MADE.get() - before).isEqualTo(2);
    }

    @Test
    void manyOfThemDoNotMeet() {
        List<LoopLocal<String>> locals = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String value = "value " + i;
            locals.add(LoopLocal.of(() -> value));
        }
        Trial.run(() -> {
            for (int i = 49; i >= 0; i--) {
                assertThat(locals.get(i).get()).isEqualTo("value " + i);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(locals.get(i).get()).isEqualTo("value " + i);
            }
        });
    }

    @Test
    void outsideOfALoopItSaysWhatToDo() {
        assertThatThrownBy(COUNTER::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Heddle.run");
    }

    @Test
    void callbacksAndStrangersSeeTheLoopsValue() throws Exception {
        Trial.run(() -> {
            COUNTER.get()[0] = 7;
            Promise<Integer> inCallback = new Promise<>();
            EventLoop.current().callSoon(() -> inCallback.complete(COUNTER.get()[0]));
            assertThat(inCallback.await()).isEqualTo(7);
            Promise<Integer> inStranger = new Promise<>();
            Thread.startVirtualThread(() -> inStranger.complete(COUNTER.get()[0])).join();
            assertThat(inStranger.await()).isEqualTo(7);
            Heddle.checkpoint();
        });
    }
}
