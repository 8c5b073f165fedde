package dev.heddle;

import static dev.heddle.Heddle.firstOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two threads let an attempt succeed each while a third cancels the caller, all at once: whatever
/// was opened is returned or closed, once.
@Timeout(60)
class RaceStressTest {
    private static final int ROUNDS = 2_000;

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private final class Resource implements AutoCloseable {
        private boolean open = true;

        Resource() {
            opened.incrementAndGet();
        }

        @Override
        public void close() {
            assertThat(open).as("closed twice").isTrue();
            open = false;
            closed.incrementAndGet();
        }
    }

    private record Round(Promise<String> first, Promise<String> second, Task<Resource> caller) {}

    private volatile Round round;

    @Test
    void whateverIsOpenedIsReturnedOrClosedOnce() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(4);
        Thread[] threads = {
            starter(barrier, now -> now.first.complete("go")),
            starter(barrier, now -> now.second.complete("go")),
            starter(barrier, now -> now.caller.cancel())
        };
        int won = 0;
        int cancelled = 0;
        try (EventLoop loop = EventLoop.open("race")) {
            for (int i = 0; i < ROUNDS; i++) {
                Promise<String> first = new Promise<>();
                Promise<String> second = new Promise<>();
                round =
                        new Round(
                                first,
                                second,
                                loop.spawn(() -> firstOf(() -> open(first), () -> open(second))));
                barrier.await();
                try (Resource resource = round.caller.get()) {
                    assertThat(resource.open).isTrue();
                    won++;
                } catch (CancellationException e) {
                    cancelled++;
                }
                barrier.await();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(won + cancelled).isEqualTo(ROUNDS);
        assertThat(won).as("the value was there first, sometimes").isPositive();
        assertThat(closed).hasValue(opened.get());
    }

    private Resource open(Promise<String> go) {
        go.await();
        return new Resource();
    }

    private interface Move {
        void make(Round now);
    }

    private Thread starter(CyclicBarrier barrier, Move move) {
        Thread thread =
                new Thread(() -> {
                    try {
                        for (int i = 0; i < ROUNDS; i++) {
                            barrier.await();
                            move.make(round);
                            barrier.await();
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
