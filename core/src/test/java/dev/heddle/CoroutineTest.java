package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CoroutineTest {
    private final List<Object> log = new ArrayList<>();

    private Coroutine<Double, Double> average() {
        return Coroutine.of(c -> {
            double sum = 0;
            for (int n = 0; ; ) {
                double x = c.yield(n == 0 ? 0 : sum / n);
                sum += x;
                n++;
            }
        });
    }

    @Test
    void itKeepsItsStateBetweenResumptions() {
        try (var average = average()) {
            assertThat(average.start()).isZero();
            assertThat(average.send(10.0)).isEqualTo(10.0);
            assertThat(average.send(20.0)).isEqualTo(15.0);
        }
    }

    @Test
    void aRaisedFailureCanBeCaughtAndAnswered() {
        Coroutine<String, String> stubborn =
                Coroutine.of(c -> {
                    String answer = "ready";
                    while (true) {
                        try {
                            answer = c.yield(answer);
                        } catch (IllegalArgumentException e) {
                            answer = "caught " + e.getMessage();
                        }
                    }
                });
        assertThat(stubborn.start()).isEqualTo("ready");
        assertThat(stubborn.raise(new IllegalArgumentException("x"))).isEqualTo("caught x");
        assertThat(stubborn.send("y")).isEqualTo("y");
        stubborn.close();
    }

    @Test
    void aRaisedFailureThatIsNotCaughtComesBackAndEndsIt() {
        var average = average();
        assertThat(average.start()).isZero();
        var failure = new IllegalStateException("no");
        assertThatThrownBy(() -> average.raise(failure)).isSameAs(failure);
        assertThat(average.isDone()).isTrue();
        assertThatThrownBy(() -> average.send(1.0)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void closingRunsFinallyOnce() {
        Coroutine<Integer, Integer> closing =
                Coroutine.of(c -> {
                    try {
                        int ignored = c.yield(1);
                    } finally {
                        log.add("finally");
                    }
                });
        assertThat(closing.start()).isEqualTo(1);
        closing.close();
        closing.close();
        assertThat(log).containsExactly("finally");
    }

    @Test
    void closingOneThatPausesAgainIsAnError() {
        Coroutine<Integer, Integer> stubborn =
                Coroutine.of(c -> {
                    try {
                        int ignored = c.yield(1);
                    } finally {
                        int ignored = c.yield(2);
                    }
                });
        assertThat(stubborn.start()).isEqualTo(1);
        assertThatThrownBy(stubborn::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("paused again");
    }

    @Test
    void resumingItFromWithinItselfIsRefused() {
        AtomicReference<Coroutine<Integer, Integer>> self = new AtomicReference<>();
        self.set(Coroutine.of(c -> self.get().send(1)));
        assertThatThrownBy(() -> self.get().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("from within itself");
    }

    @Test
    void resumingItFromTwoThreadsIsRefused() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Coroutine<Integer, Integer> busy =
                Coroutine.of(c -> {
                    inside.countDown();
                    leave.await();
                    int ignored = c.yield(1);
                });
        Thread first = Thread.ofPlatform().start(busy::start);
        inside.await();
        assertThatThrownBy(() -> busy.send(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two threads");
        leave.countDown();
        first.join();
    }

    @Test
    void sendingBeforeTheStartAndStartingTwiceAreRefused() {
        var average = average();
        assertThatThrownBy(() -> average.send(1.0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call start");
        assertThat(average.start()).isZero();
        assertThatThrownBy(average::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("started already");
        average.close();
    }

    @Test
    void yieldOutsideOfTheBodyIsRefused() {
        AtomicReference<Coroutine.Pause<Integer, Integer>> leaked = new AtomicReference<>();
        Coroutine<Integer, Integer> leaking =
                Coroutine.of(c -> {
                    leaked.set(c);
                    int ignored = c.yield(1);
                });
        assertThat(leaking.start()).isEqualTo(1);
        assertThatThrownBy(() -> leaked.get().yield(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside");
        leaking.close();
    }
}
