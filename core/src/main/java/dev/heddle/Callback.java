package dev.heddle;

/// A function that waits in the ready queue to be run by a [CallbackRunner].
final class Callback extends Ready {
    final Runnable body;

    /// What it runs with: captured when it was scheduled.
    final Context context;

    /// For the core's own, which asks for no context.
    Callback(Runnable body) {
        this(body, Context.EMPTY);
    }

    Callback(Runnable body, Context context) {
        this.body = body;
        this.context = context;
    }
}
