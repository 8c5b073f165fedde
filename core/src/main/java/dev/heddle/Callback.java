package dev.heddle;

/// A function that waits in the ready queue to be run by a [CallbackRunner].
final class Callback extends Ready {
    final Runnable body;

    Callback(Runnable body) {
        this.body = body;
    }
}
