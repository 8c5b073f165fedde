package dev.heddle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bounded number of tasks that go through a source: [Heddle#mapConcurrently] and
/// [Heddle#forEachConcurrently].
///
/// The caller's task pulls the source, and only when there is a place for the item, so that nothing
/// is taken that does not begin at once. Owner of all fields: the loop thread.
final class Workforce implements GroupRule {
    private final int limit;
    private int busy;

    /// While the caller waits for a place.
    private @Nullable Suspension<@Nullable Void> place;

    private Workforce(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "at most "
                            + limit
                            + " at a time would never begin: give a limit of at least 1");
        }
        this.limit = limit;
    }

    static <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
            Iterable<? extends A> source, int limit, Mapper<? super A, ? extends B, ?> mapper) {
        List<@Nullable B> results = new ArrayList<>();
        new Workforce(limit)
                .<A>run(
                        source,
                        item -> {
                            int index = results.size();
                            results.add(null);
                            return () -> results.set(index, mapper.map(item));
                        });
        @SuppressWarnings("NullAway") // each was set, or the group has thrown
        List<B> complete = results;
        return complete;
    }

    static <A extends @Nullable Object> void forEach(
            Iterable<? extends A> source, int limit, Visitor<? super A, ?> visitor) {
        new Workforce(limit).<A>run(source, item -> () -> visitor.visit(item));
    }

    /// What to do with an item.
    private interface Job<A extends @Nullable Object> {
        Action<?> on(A item);
    }

    private <A extends @Nullable Object> void run(Iterable<? extends A> source, Job<A> job) {
        Task<?> host = Task.currentFor("mapConcurrently");
        host.checkCancelled();
        TaskGroup.<@Nullable Void, RuntimeException>run(
                this,
                group -> {
                    Iterator<? extends A> items = source.iterator();
                    while (hasPlace(host) && items.hasNext()) {
                        Action<?> action = job.on(items.next());
                        busy++;
                        Task<@Nullable Void> ignored = group.spawn(action);
                    }
                    return null;
                });
    }

    private boolean hasPlace(Task<?> host) {
        host.checkCancelled();
        if (busy == limit) {
            Suspension<@Nullable Void> wait = Suspension.ofCurrent();
            place = wait;
            try {
                wait.await();
            } finally {
                place = null;
            }
        } else {
            Heddle.cooperate();
        }
        return true;
    }

    @Override
    public void ended(TaskGroup group, Outcome<?> outcome) {
        busy--;
        GroupRule.ALL_MUST_RETURN.ended(group, outcome);
        if (place != null) {
            boolean ignored = place.resume(null);
        }
    }
}
