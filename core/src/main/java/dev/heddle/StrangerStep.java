package dev.heddle;

/// One step of a virtual thread that foreign code started inside a task, and that inherited the
/// task's scheduler. See [Strangers].
final class StrangerStep extends Ready {
    final Runnable continuation;

    StrangerStep(Runnable continuation) {
        this.continuation = continuation;
    }
}
