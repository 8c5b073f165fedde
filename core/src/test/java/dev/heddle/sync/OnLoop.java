package dev.heddle.sync;

import dev.heddle.Action;
import dev.heddle.EventLoop;
import dev.heddle.VirtualClock;

/// Runs a test's body as the main task of a loop whose clock jumps.
final class OnLoop {
    private OnLoop() {}

    static void run(Action<Exception> body) throws Exception {
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            loop.run(body);
        }
    }
}
