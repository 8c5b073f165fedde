package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class UnhandledFailureTest {
    private record Report(String where, Throwable failure) {}

    private final List<Report> reports = new ArrayList<>();

    private EventLoop loop() {
        EventLoop loop = EventLoop.current();
        loop.onUnhandled((where, failure) -> reports.add(new Report(where, failure)));
        return loop;
    }

    @Test
    void aBackgroundTasksFailureIsReportedOnceWhenItEndsWithItsNameAndLine() {
        var failure = new IllegalStateException("nobody looks");
        int[] line = new int[1];
        Trial.run(() -> {
            EventLoop loop = loop();
            line[0] = here() + 1;
            loop.spawn(
                    "poller",
                    () -> {
                        sleep(millis(5));
                        throw failure;
                    });
            sleep(millis(4));
            assertThat(reports).isEmpty();
            sleep(millis(2));
            assertThat(reports).hasSize(1);
        });
        assertThat(reports)
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.failure()).isSameAs(failure);
                    assertThat(report.where())
                            .contains("poller")
                            .contains("UnhandledFailureTest.java:" + line[0]);
                });
    }

    static int here() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    @Test
    void aFailureThatIsAwaitedIsNotReported() {
        Trial.run(() -> {
            var task =
                    loop().spawn(() -> {
                        checkpoint();
                        throw new IllegalStateException("awaited");
                    });
            assertThatThrownBy(task::await).hasMessage("awaited");
        });
        assertThat(reports).isEmpty();
    }

    @Test
    void aFailureAwaitedTooLateIsReportedAndStillThrown() {
        Trial.run(() -> {
            var task =
                    loop().spawn(() -> {
                        throw new IllegalStateException("late");
                    });
            Trial.settle();
            assertThat(reports).hasSize(1);
            assertThatThrownBy(task::await).hasMessage("late");
            assertThatThrownBy(task::await).hasMessage("late");
        });
        assertThat(reports).hasSize(1);
    }

    @Test
    void aWaiterThatWasCancelledDoesNotCount() {
        Trial.run(() -> {
            var task =
                    loop().spawn(() -> {
                        sleep(millis(10));
                        throw new IllegalStateException("left alone");
                    });
            assertThatThrownBy(() -> Heddle.timeout(millis(5), task::await))
                    .isInstanceOf(TimeoutException.class);
            sleep(millis(10));
        });
        assertThat(reports).hasSize(1);
    }

    @Test
    void cancelledAndSuccessfulTasksAreNotReported() {
        Trial.run(() -> {
            EventLoop loop = loop();
            loop.spawn(() -> sleep(millis(99))).cancel();
            loop.spawn(() -> "fine");
            Trial.settle();
        });
        assertThat(reports).isEmpty();
    }

    @Test
    void aTaskOfAGroupIsNotReportedButThrown() {
        Trial.run(() -> {
            loop();
            assertThatThrownBy(() ->
                            Heddle.group((TaskGroup g) -> {
                                g.spawn(() -> {
                                    throw new IllegalStateException("in a group");
                                });
                            }))
                    .hasMessage("in a group");
        });
        assertThat(reports).isEmpty();
    }

    @Test
    void aFailureWhileTheLoopClosesIsReported() {
        EventLoop loop = EventLoop.open("closing");
        loop.onUnhandled((where, failure) -> reports.add(new Report(where, failure)));
        loop.spawn(() -> {
            try {
                sleep(millis(3_600_000));
            } catch (Cancelled e) {
                throw new IllegalStateException("clean-up failed");
            }
        });
        loop.run(() -> checkpoint());
        loop.close();
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.failure()).hasMessage("clean-up failed"));
    }

    @Test
    void theHandlerMaySuspendAndTheLoopWaitsForIt() {
        List<String> told = new ArrayList<>();
        try (EventLoop loop = EventLoop.open("slow handler", new VirtualClock())) {
            loop.onUnhandled((where, failure) -> {
                shield(() -> sleep(millis(10)));
                told.add(String.valueOf(failure.getMessage()));
            });
            loop.spawn(() -> {
                throw new IllegalStateException("boom");
            });
            loop.run(() -> checkpoint());
        }
        assertThat(told).containsExactly("boom");
    }

    @Test
    void aHandlerThatFailsIsLoggedWithTheFailureAndTheLoopLives() {
        List<LogRecord> logged =
                logged(() ->
                        Trial.run(() -> {
                            EventLoop loop = EventLoop.current();
                            loop.onUnhandled((where, failure) -> {
                                throw new IllegalArgumentException("in the handler");
                            });
                            loop.spawn(() -> {
                                throw new IllegalStateException("boom");
                            });
                            Trial.settle();
                        }));
        assertThat(logged)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.getThrown()).hasMessage("boom");
                    assertThat(record.getThrown().getSuppressed())
                            .singleElement()
                            .satisfies(e -> assertThat(e).hasMessage("in the handler"));
                });
    }

    @Test
    void withoutAHandlerItIsLoggedAsAnErrorWithItsPlace() {
        List<LogRecord> logged =
                logged(() ->
                        Trial.run(() -> {
                            EventLoop.current()
                                    .spawn(
                                            "lonely",
                                            () -> {
                                                throw new IllegalStateException("boom");
                                            });
                            Trial.settle();
                        }));
        assertThat(logged)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.getLevel()).isEqualTo(java.util.logging.Level.SEVERE);
                    assertThat(record.getMessage())
                            .contains("lonely")
                            .contains("UnhandledFailureTest.java:");
                    assertThat(record.getThrown()).hasMessage("boom");
                });
    }

    private static List<LogRecord> logged(Runnable body) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        if (record.getThrown() != null) {
                            records.add(record);
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger("dev.heddle");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            body.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return records;
    }
}
