package dev.heddle;

import java.util.concurrent.CancellationException;

/// What the end of a task means for its group.
@FunctionalInterface
interface GroupRule {
    /// The first failure cancels the rest: the rule of [Heddle#group].
    GroupRule FAILURES_CANCEL =
            (group, outcome) -> {
                if (outcome instanceof Outcome.Failure<?>(Throwable error)) {
                    group.record(Promise.asUnchecked(error));
                }
            };

    /// As above, and a task that was cancelled alone counts as a failure: where each result is
    /// needed.
    GroupRule ALL_MUST_RETURN =
            (group, outcome) -> {
                if (outcome instanceof Outcome.Cancellation<?>(String reason)
                        && !group.scope().isCancelled()) {
                    group.record(new CancellationException(reason));
                } else {
                    FAILURES_CANCEL.ended(group, outcome);
                }
            };

    /// However a task ends, the others go on.
    GroupRule ALL_GO_ON = (group, outcome) -> {};

    /// A task of the group has ended. On the loop thread, in that task; must not suspend.
    void ended(TaskGroup group, Outcome<?> outcome);
}
