package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.offload;
import static dev.heddle.Heddle.scope;
import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A cancellation and a completion in the same turn of the loop, in both orders: a value that has
/// arrived is delivered, and the next suspension point throws.
@Timeout(10)
class CancelMeetsCompletionTest {
    /// Waits in a task, lets `meet` do both things before that task's turn, and says what it saw.
    private static List<String> meeting(
            Body<?, ?> wait, java.util.function.Consumer<Task<?>> meet) {
        List<String> seen = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    var task =
                            g.spawn(() -> {
                                try {
                                    seen.add("got " + wait.run());
                                } catch (Cancelled e) {
                                    seen.add("cancelled");
                                }
                                try {
                                    checkpoint();
                                    seen.add("not cancelled behind it");
                                } catch (Cancelled e) {
                                    seen.add("cancelled behind it");
                                }
                            });
                    checkpoint();
                    meet.accept(task);
                }));
        return seen;
    }

    @Test
    void promiseCompletedThenCancelled() {
        Promise<String> promise = new Promise<>();
        assertThat(
                        meeting(
                                promise::await,
                                task -> {
                                    promise.complete("value");
                                    task.cancel();
                                }))
                .containsExactly("got value", "cancelled behind it");
    }

    @Test
    void promiseCancelledThenCompleted() {
        Promise<String> promise = new Promise<>();
        assertThat(
                        meeting(
                                promise::await,
                                task -> {
                                    task.cancel();
                                    promise.complete("value");
                                }))
                .containsExactly("got value", "cancelled behind it");
    }

    @Test
    void promiseFailedAndCancelledDeliversTheFailure() {
        Promise<String> promise = new Promise<>();
        assertThat(
                        meeting(
                                () -> {
                                    assertThatThrownBy(promise::await).hasMessage("boom");
                                    return "failure";
                                },
                                task -> {
                                    task.cancel();
                                    promise.fail(new IllegalStateException("boom"));
                                }))
                .containsExactly("got failure", "cancelled behind it");
    }

    @Test
    void taskEndsThenAwaiterIsCancelled() {
        Trial.run(() ->
                group(g -> {
                    Promise<String> go = new Promise<>();
                    List<String> seen = new ArrayList<>();
                    var worker = g.spawn(go::await);
                    var waiter = g.spawn(() -> seen.add(worker.await()));
                    checkpoint();
                    go.complete("result");
                    // The worker ends before this turn comes again, and the waiter is queued behind
                    // it.
                    checkpoint();
                    assertThat(worker.isDone()).isTrue();
                    assertThat(waiter.isDone()).isFalse();
                    waiter.cancel();
                    shield(() -> assertThat(waiter.await()).isTrue());
                    assertThat(seen).containsExactly("result");
                }));
    }

    @Test
    void awaiterIsCancelledThenTaskEnds() {
        Trial.run(() ->
                group(g -> {
                    Promise<String> go = new Promise<>();
                    List<String> seen = new ArrayList<>();
                    var worker = g.spawn(go::await);
                    var waiter = g.spawn(() -> seen.add(worker.await()));
                    checkpoint();
                    go.complete("result");
                    waiter.cancel();
                    // The worker is in front of the waiter in the queue.
                    Trial.settle();
                    assertThat(worker.isDone()).isTrue();
                    assertThat(seen).containsExactly("result");
                }));
    }

    @Test
    void sleepOverThenCancelled() {
        List<String> seen = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    var sleeper =
                            g.spawn(() -> {
                                sleep(millis(10));
                                seen.add("slept");
                                checkpoint();
                                seen.add("never");
                            });
                    checkpoint();
                    EventLoop.current().callLater(millis(10), sleeper::cancel);
                }));
        assertThat(seen).containsExactly("slept");
    }

    @Test
    void sleepCancelledByATimerOfTheSameInstantThatComesFirst() {
        // The deadline was set before the sleep, so it fires before it, in the same pass.
        Trial.run(() -> {
            String value =
                    timeout(
                            millis(10),
                            () -> {
                                sleep(millis(10));
                                assertThatThrownBy(() -> checkpoint())
                                        .isInstanceOf(Cancelled.class);
                                return "slept";
                            });
            assertThat(value).isEqualTo("slept");
        });
    }

    @Test
    void sleepCancelledATurnBeforeItIsOverThrows() {
        assertThat(
                        meeting(
                                () -> {
                                    sleep(millis(10));
                                    return "slept";
                                },
                                Task::cancel))
                .containsExactly("cancelled", "cancelled behind it");
    }

    @Test
    void offloadedWorkThatRunsWhenItsCallerIsCancelledIsWaitedForAndDelivered() {
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean began = new AtomicBoolean();
        assertThat(
                        meeting(
                                () ->
                                        offload(() -> {
                                            began.set(true);
                                            go.await();
                                            return "work";
                                        }),
                                task -> {
                                    while (!began.get()) {
                                        Thread.onSpinWait();
                                    }
                                    task.cancel();
                                    go.countDown();
                                }))
                .containsExactly("got work", "cancelled behind it");
    }

    @Test
    void offloadedWorkThatEndsBeforeItsCallerIsCancelledIsDelivered() {
        AtomicBoolean ended = new AtomicBoolean();
        assertThat(
                        meeting(
                                () ->
                                        offload(() -> {
                                            ended.set(true);
                                            return "work";
                                        }),
                                task -> {
                                    while (!ended
                                            .get()) { // without giving way: the caller has no turn
                                        Thread.onSpinWait();
                                    }
                                    task.cancel();
                                }))
                .containsExactly("got work", "cancelled behind it");
    }

    @Test
    void readinessThatCameBeforeTheCancellationIsDelivered() throws Exception {
        try (EventLoop loop = EventLoop.open("readiness first")) {
            loop.run(() -> readinessMeetsCancellation(true));
        }
    }

    @Test
    void readinessThatComesBehindTheCancellationLosesNoByte() throws Exception {
        try (EventLoop loop = EventLoop.open("cancellation first")) {
            loop.run(() -> readinessMeetsCancellation(false));
        }
    }

    private static void readinessMeetsCancellation(boolean readyFirst) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        List<String> seen = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(8);
        try (var sink = pipe.sink();
                Readiness readiness = Readiness.of(pipe.source())) {
            group(g -> {
                var reader =
                        g.spawn(() -> {
                            try {
                                readiness.awaitReadable();
                                seen.add("ready");
                            } catch (Cancelled e) {
                                seen.add("cancelled");
                            }
                        });
                checkpoint();
                if (!readyFirst) {
                    reader.cancel();
                }
                sink.write(ByteBuffer.wrap(new byte[] {7}));
                if (readyFirst) {
                    // The poll that finds the byte queues the reader behind this task.
                    EventLoop loop = EventLoop.current();
                    long polls = loop.statistics().polls();
                    while (loop.statistics().polls() == polls) {
                        checkpoint();
                    }
                    assertThat(seen).isEmpty();
                    reader.cancel();
                }
            });
            // The poll may come in between here, too: what counts is that the byte is there.
            assertThat(seen)
                    .isIn(
                            readyFirst
                                    ? List.of(List.of("ready"))
                                    : List.of(List.of("ready"), List.of("cancelled")));
            while (pipe.source().read(buffer) == 0) {
                readiness.awaitReadable();
            }
            assertThat(buffer.flip().get()).isEqualTo((byte) 7);
        }
    }

    @Test
    void aGroupWhoseLastTaskEndsBeforeTheCancellationKeepsItsValue() {
        assertThat(groupMeetsCancellation(true)).containsExactly("value", "cancelled behind");
    }

    @Test
    void aGroupWhoseLastTaskEndsInSpiteOfTheCancellationKeepsItsValue() {
        assertThat(groupMeetsCancellation(false)).containsExactly("value", "cancelled behind");
    }

    private static List<String> groupMeetsCancellation(boolean endFirst) {
        List<String> seen = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    Promise<String> go = new Promise<>();
                    var host =
                            g.spawn(() -> {
                                seen.add(
                                        group(inner -> {
                                            inner.spawn(go::await);
                                            return "value";
                                        }));
                                try {
                                    checkpoint();
                                } catch (Cancelled e) {
                                    seen.add("cancelled behind");
                                }
                            });
                    Trial.settle();
                    if (endFirst) {
                        go.complete("child's");
                        checkpoint();
                        host.cancel();
                    } else {
                        host.cancel();
                        go.complete("child's");
                    }
                }));
        return seen;
    }

    @Test
    void aGroupWhoseTasksWereCutFromOutsideHasNoValue() {
        List<String> seen = new ArrayList<>();
        Trial.run(() ->
                scope(s -> {
                    EventLoop.current().callLater(millis(5), s::cancel);
                    seen.add(
                            group(inner -> {
                                inner.spawn(() -> sleep(millis(99)));
                                return "value";
                            }));
                    return null;
                }));
        assertThat(seen).isEmpty();
    }

    @Test
    void acrossLoopsNoValueIsLostAndNoWaiterIsForgotten() throws Exception {
        AtomicInteger delivered = new AtomicInteger();
        AtomicInteger cut = new AtomicInteger();
        int rounds = 5_000;
        try (EventLoop a = EventLoop.open("a");
                EventLoop b = EventLoop.open("b")) {
            for (int round = 0; round < rounds; round++) {
                Promise<Integer> promise = new Promise<>();
                Task<?> waiter =
                        a.spawn(() -> {
                            try {
                                promise.await();
                                delivered.incrementAndGet();
                            } catch (Cancelled e) {
                                cut.incrementAndGet();
                                throw e;
                            }
                        });
                Task<?> completer = b.spawn(() -> promise.complete(1));
                waiter.cancel();
                completer.get();
                try {
                    waiter.get();
                } catch (java.util.concurrent.CancellationException e) {
                    // that is the other fair end
                }
            }
        }
        assertThat(delivered.get() + cut.get()).isEqualTo(rounds);
    }
}
