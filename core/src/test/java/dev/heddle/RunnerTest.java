package dev.heddle;

import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunnerTest {
    private static final ContextVar<String> USER = ContextVar.of("user", "nobody");

    private static Runner open() {
        return Runner.open(Runner.Options.DEFAULT.withName("runs").withClock(new VirtualClock()));
    }

    @Test
    void severalRunsShareOneLoopAndItsBackgroundTasks() {
        try (var runner = open()) {
            List<String> log = new ArrayList<>();
            runner.run(() -> {
                EventLoop.current()
                        .spawn(() -> {
                            sleep(millis(5));
                            log.add("background");
                        });
            });
            assertThat(runner.<String, RuntimeException>run(() -> EventLoop.current().name()))
                    .isEqualTo("runs");
            runner.run(() -> sleep(millis(10)));
            assertThat(log).containsExactly("background");
        }
    }

    @Test
    void whatARunSetsTheNextOneSeesAndTheCallerDoesNot() {
        try (var runner = open()) {
            runner.run(() -> USER.set("ada"));
            assertThat(runner.<String, RuntimeException>run(USER::get)).isEqualTo("ada");
            assertThat(USER.get()).isEqualTo("nobody");
        }
    }

    @Test
    void theFirstRunInheritsFromItsCaller() {
        USER.with(
                "ada",
                () -> {
                    try (var runner = open()) {
                        assertThat(runner.<String, RuntimeException>run(USER::get))
                                .isEqualTo("ada");
                    }
                });
    }

    @Test
    void aFailedRunLeavesTheRunnerUsable() {
        var failure = new IOException("no disk");
        try (var runner = open()) {
            assertThatThrownBy(() ->
                            runner.run(() -> {
                                throw failure;
                            }))
                    .isSameAs(failure);
            assertThat(runner.<Integer, RuntimeException>run(() -> 7)).isEqualTo(7);
            assertThat(runner.exitCode()).isZero();
        }
    }

    @Test
    void aSecondRunAtTheSameTimeIsRefused() throws Exception {
        try (var runner = open()) {
            CountDownLatch begun = new CountDownLatch(1);
            Promise<String> end = new Promise<>();
            Thread other =
                    new Thread(() ->
                            runner.run(() -> {
                                begun.countDown();
                                end.await();
                            }));
            other.start();
            begun.await();
            assertThatThrownBy(() -> runner.run(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("loop()");
            end.complete("now");
            other.join();
            runner.run(() -> 1);
        }
    }

    @Test
    void onALoopItIsRefusedWithAdvice() {
        try (var runner = open()) {
            Trial.run(() -> {
                assertThatThrownBy(() -> runner.run(() -> 1))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("spawn");
            });
        }
    }

    @Test
    void afterItsEndItTakesNoMore() {
        var runner = open();
        runner.close();
        runner.close();
        assertThatThrownBy(() -> runner.run(() -> 1))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void onlyOneRunnerAtATimeHasTheSignals() {
        try (var first = Runner.open(Runner.Options.DEFAULT.withSignals());
                var second = Runner.open(Runner.Options.DEFAULT.withSignals())) {
            first.run(() ->
                    Heddle.offload(() -> {
                        assertThatThrownBy(() -> second.run(() -> 1))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("withSignals");
                    }));
            assertThat(second.<Integer, RuntimeException>run(() -> 7)).isEqualTo(7);
        }
    }
}
