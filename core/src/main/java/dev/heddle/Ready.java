package dev.heddle;

import org.jspecify.annotations.Nullable;

/// What a loop runs in its turn: a task that may go on, a callback, or a step of a foreign thread.
///
/// The link is part of the node, so that queueing allocates nothing and cannot fail for want of
/// memory. A node stands in at most one queue at a time: the JDK hands a virtual thread to its
/// scheduler once for each time it becomes runnable.
abstract sealed class Ready permits Strand, Callback, StrangerStep {
    /// Owner: the queue that holds this node.
    @Nullable Ready next;
}
