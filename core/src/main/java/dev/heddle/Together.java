package dev.heddle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several bodies at once, each in a task, until all have ended: [Heddle#gather] and [Heddle#all].
final class Together {
    private Together() {}

    static <T extends @Nullable Object> List<Outcome<T>> gather(
            List<? extends Body<? extends T, ?>> bodies) {
        List<Task<T>> tasks = new ArrayList<>(bodies.size());
        try {
            run(GroupRule.ALL_GO_ON, bodies, tasks);
        } catch (Cancelled cancelled) {
            // Nobody will see the outcomes, and no failure is to be lost.
            for (Task<T> task : tasks) {
                if (task.promise().outcome() instanceof Outcome.Failure<T>(Throwable error)) {
                    cancelled.addSuppressed(error);
                }
            }
            throw cancelled;
        }
        List<Outcome<T>> outcomes = new ArrayList<>(tasks.size());
        for (Task<T> task : tasks) {
            Outcome<T> outcome = task.promise().outcome();
            assert outcome != null : "a group ends after its tasks";
            outcomes.add(outcome);
        }
        return outcomes;
    }

    static <T extends @Nullable Object> List<T> all(List<? extends Body<? extends T, ?>> bodies) {
        List<Task<T>> tasks = new ArrayList<>(bodies.size());
        run(GroupRule.ALL_MUST_RETURN, bodies, tasks);
        List<T> values = new ArrayList<>(tasks.size());
        for (Task<T> task : tasks) {
            values.add(task.promise().result());
        }
        return values;
    }

    private static <T extends @Nullable Object> void run(
            GroupRule rule, List<? extends Body<? extends T, ?>> bodies, List<Task<T>> tasks) {
        Task.currentFor("gather").checkCancelled();
        TaskGroup.<@Nullable Void, RuntimeException>run(
                rule,
                group -> {
                    for (Body<? extends T, ?> body : List.copyOf(bodies)) {
                        tasks.add(group.<T>spawn(body));
                    }
                    return null;
                });
    }
}
