package dev.heddle;

import static dev.heddle.Heddle.asCompleted;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsCompletedTest {
    private static Task<Integer> after(TaskGroup group, int millis) {
        return group.spawn(() -> {
            sleep(millis(millis));
            return millis;
        });
    }

    @Test
    void theOriginalTasksComeInTheOrderOfTheirEndsEachWhenItIsThere() {
        Trial.run(() ->
                group(g -> {
                    var a = after(g, 30);
                    var b = after(g, 10);
                    var c = after(g, 20);
                    List<Task<Integer>> order = new ArrayList<>();
                    for (Task<Integer> task : asCompleted(List.of(a, b, c, b))) {
                        order.add(task);
                        assertThat(now()).isEqualTo(millis(task.await()));
                    }
                    assertThat(order).containsExactly(b, c, a);
                }));
    }

    @Test
    void thoseThatHaveEndedBeforeComeFirstInTheGivenOrder() {
        Trial.run(() ->
                group(g -> {
                    var slow = after(g, 30);
                    var a = after(g, 2);
                    var b = after(g, 1);
                    sleep(millis(5));
                    assertThat(asCompleted(List.of(slow, a, b))).containsExactly(a, b, slow);
                }));
    }

    @Test
    void thoseThatEndWhileTheCallerIsBusyComeInTheOrderOfTheirEnds() {
        Trial.run(() ->
                group(g -> {
                    var a = after(g, 2);
                    var b = after(g, 1);
                    var completions = asCompleted(List.of(a, b));
                    sleep(millis(5));
                    assertThat(completions).containsExactly(b, a);
                }));
    }

    @Test
    void failedAndCancelledTasksAreHandedOutLikeOthers() {
        Trial.run(() -> {
            EventLoop loop = EventLoop.current();
            List<Object> unhandled = new ArrayList<>();
            loop.onUnhandled((where, failure) -> unhandled.add(failure));
            Task<Void> failing =
                    loop.spawn(() -> {
                        sleep(millis(1));
                        throw new IllegalStateException("failed");
                    });
            Task<Void> endless = loop.spawn(() -> sleep(millis(100)));
            var tasks = asCompleted(List.of(endless, failing)).iterator();
            endless.cancel();
            Task<?> first = tasks.next();
            assertThat((Object) first).isSameAs(endless);
            assertThat(first.isCancelled()).isTrue();
            assertThatThrownBy(tasks.next()::await).hasMessage("failed");
            assertThat(unhandled).as("who iterates awaits").isEmpty();
            assertThat(tasks.hasNext()).isFalse();
            assertThatThrownBy(tasks::next).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void cancellingTheCallerEndsTheWaitAndNoTask() {
        Trial.run(() ->
                group(g -> {
                    var slow = after(g, 30);
                    var completions = asCompleted(List.of(slow));
                    assertThatThrownBy(
                                    () -> timeout(millis(10), () -> completions.iterator().next()))
                            .isInstanceOf(TimeoutException.class);
                    assertThat((Object) completions.iterator().next()).isSameAs(slow);
                    assertThat(slow.await()).isEqualTo(30);
                }));
    }

    @Test
    void anEndInTheInstantOfTheCancellationIsNotLost() {
        Trial.run(() ->
                group(g -> {
                    Promise<String> end = new Promise<>();
                    Task<String> task = g.spawn(end::await);
                    Task<Boolean> caller =
                            g.spawn(() -> asCompleted(List.of(task)).iterator().next() == task);
                    sleep(millis(1));
                    end.complete("ended");
                    Task.current().onDone(t -> {});
                    Heddle.checkpoint();
                    caller.cancel();
                    assertThat(caller.await()).isTrue();
                }));
    }

    @Test
    void whatIsClosedHoldsNoTaskAndHasNoMore() {
        Trial.run(() ->
                group(g -> {
                    var slow = after(g, 10);
                    try (var completions = asCompleted(List.of(slow))) {
                        completions.close();
                        assertThat(completions).isEmpty();
                    }
                    assertThat(slow.await()).isEqualTo(10);
                }));
    }

    @Test
    void tasksOfOtherLoopsThatEndAtAnyTimeAllCome() {
        for (int round = 0; round < 20; round++) {
            try (EventLoop first = EventLoop.open("first");
                    EventLoop second = EventLoop.open("second")) {
                Heddle.run(() -> {
                    Set<Task<Integer>> tasks = new HashSet<>();
                    for (int i = 0; i < 200; i++) {
                        int me = i;
                        tasks.add(
                                (i % 2 == 0 ? first : second)
                                        .spawn(() -> {
                                            for (int k = 0; k < me % 7; k++) {
                                                Heddle.checkpoint();
                                            }
                                            return me;
                                        }));
                    }
                    Set<Task<Integer>> seen = new HashSet<>();
                    for (Task<Integer> task : asCompleted(tasks)) {
                        assertThat(task.isDone()).isTrue();
                        seen.add(task);
                    }
                    assertThat(seen).isEqualTo(tasks);
                });
            }
        }
    }
}
