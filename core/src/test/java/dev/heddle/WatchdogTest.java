package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchdogTest {
    private final BlockingQueue<Stall> stalls = new LinkedBlockingQueue<>();
    private volatile boolean reported;

    private void computeUntilReported() {
        while (!reported) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aTaskThatHoldsItsLoopIsReportedWithTheLineItIsAt() throws Exception {
        try (EventLoop loop = EventLoop.open("busy")) {
            loop.onStall(stall -> {
                stalls.add(stall);
                reported = true;
            });
            Task<?> greedy = loop.spawn("greedy", () -> computeUntilReported());
            Stall stall = stalls.take();
            Object ignored = greedy.get();
            assertThat(stall.task()).contains("\"greedy\"", "WatchdogTest.java");
            assertThat(stall.held()).isGreaterThanOrEqualTo(Watchdog.LIMIT);
            assertThat(stall.stack())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("computeUntilReported");
        }
        assertThat(stalls).isEmpty();
    }

    @Test
    void aHandlerThatFailsDoesNotEndTheWatch() throws Exception {
        try (EventLoop loop = EventLoop.open("busy")) {
            loop.onStall(stall -> {
                reported = true;
                throw new IllegalStateException("the handler of this test");
            });
            Object first = loop.spawn(() -> computeUntilReported()).get();
            reported = false;
            Object second = loop.spawn(() -> computeUntilReported()).get();
            assertThat(first).isEqualTo(second);
            assertThat(reported).isTrue();
        }
    }

    @Test
    void tasksThatWaitAreNotReported() throws Exception {
        CountDownLatch otherIsReported = new CountDownLatch(1);
        try (EventLoop patient = EventLoop.open("patient");
                EventLoop busy = EventLoop.open("busy")) {
            patient.onStall(stalls::add);
            busy.onStall(stall -> {
                reported = true;
                otherIsReported.countDown();
            });
            Promise<String> never = new Promise<>();
            Task<String> waiting = patient.spawn(() -> never.await());
            Object ignored = busy.spawn(() -> computeUntilReported()).get();
            otherIsReported.await();
            never.complete("now");
            assertThat(waiting.get()).isEqualTo("now");
        }
        assertThat(List.copyOf(stalls)).isEmpty();
    }
}
