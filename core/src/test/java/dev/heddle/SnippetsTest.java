package dev.heddle;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.sync.Channel;
import dev.heddle.sync.Lock;
import dev.heddle.sync.Queue;
import dev.heddle.sync.Select;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The snippets of the core's Javadoc, word for word where `begin` and `end` stand around them.
@Timeout(10)
class SnippetsTest {
    private static int slowly(int value) {
        sleep(Duration.ofMillis(1));
        return value;
    }

    private final List<Object> printed = new ArrayList<>();

    @Test
    void heddle() {
        // begin: Heddle
        run(() -> {
            var sum =
                    timeout(
                            Duration.ofSeconds(5),
                            () ->
                                    group(g -> {
                                        var a = g.spawn(() -> slowly(1));
                                        var b = g.spawn(() -> slowly(2));
                                        return a.await() + b.await();
                                    }));
            System.out.println(sum);
            printed.add(sum);
        });
        // end
        assertThat(printed).containsExactly(3);
    }

    private void refreshForEver() {
        while (true) {
            sleep(Duration.ofMillis(1));
        }
    }

    private int compute() {
        return slowly(42);
    }

    @Test
    void eventLoop() {
        // begin: EventLoop
        try (var loop = EventLoop.open("background")) {
            loop.spawn(() -> refreshForEver());
            int answer = loop.run(() -> compute());
            // end
            assertThat(answer).isEqualTo(42);
        }
    }

    @Test
    void virtualClock() {
        // begin: VirtualClock
        var clock = new VirtualClock();
        try (var loop = EventLoop.open("test", clock)) {
            loop.run(() -> Heddle.sleep(Duration.ofHours(1))); // returns at once
        }
        // end
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    private static final class ThirdParty {
        void onAnswer(Consumer<Integer> callback) {
            Thread.ofPlatform().start(() -> callback.accept(42));
        }
    }

    @Test
    void promise() {
        run(() -> {
            var thirdParty = new ThirdParty();
            // begin: Promise
            var answer = new Promise<Integer>();
            thirdParty.onAnswer(answer::complete);
            int value = answer.await();
            // end
            assertThat(value).isEqualTo(42);
        });
    }

    @Test
    void readiness() throws Exception {
        run(() -> {
            Pipe pipe = Pipe.open();
            var channel = pipe.source();
            channel.configureBlocking(false);
            var buffer = ByteBuffer.allocate(8);
            try (var sink = pipe.sink();
                    var readiness = Readiness.of(channel)) {
                EventLoop.current().spawn(() -> sink.write(ByteBuffer.wrap(new byte[3])));
                // begin: Readiness
                int n;
                while ((n = channel.read(buffer)) == 0) {
                    readiness.awaitReadable();
                }
                // end
                assertThat(n).isEqualTo(3);
            }
        });
    }

    private final ArrayDeque<Suspension<String>> waiters = new ArrayDeque<>();

    private String waitInLine() {
        // begin: Suspension
        var wait = Suspension.<String>ofCurrent();
        waiters.add(wait);
        try {
            return wait.await(); // someone else: waiters.removeFirst().resume("value")
        } finally {
            waiters.remove(wait);
        }
        // end
    }

    @Test
    void suspension() {
        String value =
                Trial.run(() ->
                        group(g -> {
                            var waiting = g.spawn(() -> waitInLine());
                            Heddle.checkpoint();
                            waiters.removeFirst().resume("value");
                            return waiting.await();
                        }));
        assertThat(value).isEqualTo("value");
    }

    @Test
    void generator() {
        // begin: Generator
        var fib =
                Generator.<Integer>of(out -> {
                    for (int a = 0, b = 1; ; b = a + (a = b)) {
                        out.yield(a);
                    }
                });
        for (int n : fib) {
            if (n > 100) break;
            System.out.println(n);
            printed.add(n);
        }
        // end
        assertThat(printed).containsExactly(0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89);
    }

    @Test
    void coroutine() {
        // begin: Coroutine
        var average =
                Coroutine.<Double, Double>of(c -> {
                    double sum = 0;
                    for (int n = 0; ; ) {
                        double x = c.yield(n == 0 ? 0 : sum / n);
                        sum += x;
                        n++;
                    }
                });
        average.start();
        assertThat(average.send(10.0)).isEqualTo(10.0);
        assertThat(average.send(20.0)).isEqualTo(15.0);
        average.close(); // runs the body's finally
        // end
    }

    @Test
    void channel() {
        List<String> read = List.of("one", "two");
        Trial.run(() -> {
            // begin: Channel
            var lines = new Channel<String>(16);
            group(g -> {
                g.spawn(() -> {
                    for (var line : read) lines.send(line);
                    lines.close();
                });
                for (var line : lines) printed.add(line);
            });
            // end
        });
        assertThat(printed).containsExactly("one", "two");
    }

    @Test
    void queue() {
        Trial.run(() ->
                group(g -> {
                    // begin: Queue
                    var urls = Queue.<String>fifo(100);
                    for (int i = 0; i < 8; i++) {
                        g.spawn(() -> {
                            while (true) {
                                var url = urls.get();
                                try {
                                    printed.add(url);
                                } finally {
                                    urls.done();
                                }
                            }
                        });
                    }
                    urls.put("http://…");
                    urls.join(); // all that was put has been done
                    // end
                    g.cancel();
                }));
        assertThat(printed).containsExactly("http://…");
    }

    @Test
    void lock() {
        int[] account = new int[1];
        Trial.run(() -> {
            var lock = new Lock();
            group(g -> {
                for (int i = 0; i < 10; i++) {
                    g.spawn(() -> {
                        // begin: Lock
                        lock.with(() -> {
                            var balance = account[0];
                            Heddle.checkpoint();
                            account[0] = balance + 1;
                        });
                        // end
                    });
                }
            });
        });
        assertThat(account[0]).isEqualTo(10);
    }

    @Test
    void select() {
        Trial.run(() -> {
            var orders = new Channel<Integer>(1);
            var stop = new Channel<String>(1);
            stop.send("tired");
            // begin: Select
            String next =
                    Select.one(
                            List.of(
                                    orders.onReceive(order -> "order " + order),
                                    stop.onReceive(reason -> "stopped: " + reason)));
            // end
            assertThat(next).isEqualTo("stopped: tired");
        });
    }
}
