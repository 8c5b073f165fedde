package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PromiseTest {
    @Test
    void theFirstCompletionCounts() {
        Promise<String> promise = new Promise<>();
        assertThat(promise.isDone()).isFalse();
        promise.complete("first");
        assertThat(promise.tryComplete("second")).isFalse();
        assertThat(promise.tryFail(new IOException())).isFalse();
        assertThatThrownBy(() -> promise.complete("third"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tryComplete");
        assertThatThrownBy(() -> promise.fail(new IOException()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(promise.isDone()).isTrue();
        Trial.run(() -> assertThat(promise.await()).isEqualTo("first"));
    }

    @Test
    void nullIsAValue() {
        Promise<String> promise = new Promise<>();
        promise.complete((String) null);
        Trial.run(() -> assertThat(promise.await()).isNull());
        assertThat(promise.toCompletableFuture()).isCompletedWithValue(null);
    }

    @Test
    void waitersAreWokenInTheOrderInWhichTheyCame() {
        List<Integer> woken = new ArrayList<>();
        Trial.run(() ->
                group(g -> {
                    Promise<String> promise = new Promise<>();
                    for (int i = 0; i < 5; i++) {
                        int number = i;
                        g.spawn(() -> {
                            promise.await();
                            woken.add(number);
                        });
                    }
                    checkpoint();
                    promise.complete("go");
                }));
        assertThat(woken).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aWaiterThatLeavesDoesNotDisturbTheOthers() {
        for (int leaver = 0; leaver < 3; leaver++) {
            int who = leaver;
            List<Integer> woken = new ArrayList<>();
            Trial.run(() ->
                    group(g -> {
                        Promise<String> promise = new Promise<>();
                        List<Task<?>> tasks = new ArrayList<>();
                        for (int i = 0; i < 3; i++) {
                            int number = i;
                            tasks.add(
                                    g.spawn(() -> {
                                        promise.await();
                                        woken.add(number);
                                    }));
                        }
                        checkpoint();
                        tasks.get(who).cancel();
                        Trial.settle();
                        promise.complete("go");
                    }));
            assertThat(woken).hasSize(2).doesNotContain(who).isSorted();
        }
    }

    @Test
    void uncheckedFailuresArriveAsThemselvesCheckedOnesAsACause() {
        var unchecked = new IllegalStateException("unchecked");
        var checked = new IOException("checked");
        Promise<String> first = new Promise<>();
        first.fail(unchecked);
        Promise<String> second = new Promise<>();
        second.fail(checked);
        Promise<String> third = new Promise<>();
        third.fail(new CancellationException("no longer wanted"));
        Trial.run(() -> {
            assertThatThrownBy(first::await).isSameAs(unchecked);
            assertThatThrownBy(second::await)
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("checked")
                    .cause()
                    .isSameAs(checked);
            assertThatThrownBy(third::await)
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("no longer wanted");
        });
    }

    @Test
    void cancellingAWaiterLeavesThePromise() {
        Trial.run(() -> {
            Promise<String> promise = new Promise<>();
            assertThatThrownBy(() -> timeout(millis(1), promise::await))
                    .isInstanceOf(TimeoutException.class);
            promise.complete("still useful");
            assertThat(promise.await()).isEqualTo("still useful");
        });
    }

    @Test
    void aLongLivedPromiseKeepsNoWaiterThatHasTimedOut() throws Exception {
        Promise<String> promise = new Promise<>();
        Trial.run(() ->
                group(g -> {
                    for (int i = 0; i < 10; i++) {
                        g.spawn(() -> {
                            for (int n = 0; n < 2_000; n++) {
                                try {
                                    timeout(millis(1), promise::await);
                                } catch (TimeoutException e) {
                                    // the point
                                }
                            }
                        });
                    }
                }));
        assertThat(waiters(promise)).isZero();
    }

    /// Walks the ring behind the sentinel, both ways.
    private static int waiters(Promise<?> promise) throws Exception {
        Field ring = Promise.class.getDeclaredField("waiters");
        ring.setAccessible(true);
        Object sentinel = ring.get(promise);
        Field next = sentinel.getClass().getDeclaredField("next");
        next.setAccessible(true);
        int size = 0;
        for (Object at = next.get(sentinel); at != sentinel && size < 100_000; at = next.get(at)) {
            size++;
        }
        return size;
    }

    @Test
    void awaitingOutsideOfATaskSaysWhatToDo() {
        assertThatThrownBy(() -> new Promise<String>().await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Heddle.run")
                .hasMessageContaining(Thread.currentThread().getName());
    }

    @Test
    void ofManyCompletionsFromManyThreadsOneCounts() throws Exception {
        for (int round = 0; round < 500; round++) {
            Promise<Integer> promise = new Promise<>();
            AtomicInteger winners = new AtomicInteger();
            CompletableFuture<Integer> seen = promise.toCompletableFuture();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                threads.add(
                        Thread.startVirtualThread(() -> {
                            if (promise.tryComplete(number)) {
                                winners.incrementAndGet();
                            }
                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(winners).hasValue(1);
            assertThat(seen).isCompleted();
        }
    }

    @Test
    void aStageOfTheJdkBecomesAPromise() {
        Trial.run(() -> {
            assertThat(Promise.of(CompletableFuture.completedFuture(1)).await()).isEqualTo(1);
            var failure = new IllegalStateException("in a stage");
            var failed =
                    CompletableFuture.supplyAsync(() -> {
                        throw failure;
                    });
            assertThatThrownBy(() -> Promise.of(failed).await()).isSameAs(failure);
            var cancelled = new CompletableFuture<String>();
            cancelled.cancel(false);
            assertThatThrownBy(() -> Promise.of(cancelled).await())
                    .isInstanceOf(CancellationException.class);
        });
    }

    @Test
    void aPromiseBecomesAFutureOfTheJdk() {
        Promise<String> promise = new Promise<>();
        CompletableFuture<String> before = promise.toCompletableFuture();
        assertThat(before.isDone()).isFalse();
        before.cancel(false);
        assertThat(promise.isDone()).as("the future does not reach the promise").isFalse();
        CompletableFuture<String> other = promise.toCompletableFuture();
        promise.complete("value");
        assertThat(other).isCompletedWithValue("value");
        assertThat(promise.toCompletableFuture()).isCompletedWithValue("value");
        assertThat(promise.thenApply(String::length).toCompletableFuture()).isCompletedWithValue(5);
    }

    @Test
    void aFailureBecomesAFailedFuture() {
        var failure = new IOException("checked");
        Promise<String> promise = new Promise<>();
        promise.fail(failure);
        assertThatThrownBy(() -> promise.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void aStageThatThrowsDoesNotKeepTheOthersFromBeingToldOrTheTaskFromEnding() {
        Trial.run(() ->
                group(g -> {
                    Promise<String> go = new Promise<>();
                    var task = g.spawn(go::await);
                    List<String> told = new ArrayList<>();
                    task.thenAccept(value -> {
                        throw new IllegalStateException("in a dependent");
                    });
                    task.thenAccept(told::add);
                    go.complete("value");
                    assertThat(task.await()).isEqualTo("value");
                    assertThat(told).containsExactly("value");
                }));
    }

    @Test
    void aTaskIsAFuture() throws Exception {
        try (EventLoop loop = EventLoop.open("futures")) {
            assertThat(loop.spawn(() -> 1).get()).isEqualTo(1);
            var failure = new IOException("checked");
            loop.onUnhandled((where, error) -> {});
            assertThatThrownBy(() ->
                            loop.spawn(
                                            () -> {
                                                throw failure;
                                            })
                                    .get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(failure);
            var endless = loop.spawn(() -> Heddle.sleep(millis(3_600_000)));
            assertThatThrownBy(() -> endless.get(1, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            loop.run(() ->
                    assertThatThrownBy(() ->
                                    endless.get(1, java.util.concurrent.TimeUnit.MILLISECONDS))
                            .isInstanceOf(java.util.concurrent.TimeoutException.class));
            assertThat(endless.cancel(true)).isTrue();
            assertThatThrownBy(endless::get).isInstanceOf(CancellationException.class);
            assertThat(endless.cancel(true)).isFalse();
            assertThat(endless.isCancelled()).isTrue();
        }
    }
}
