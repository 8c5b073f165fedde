package dev.heddle.spawning;

import dev.heddle.Body;
import dev.heddle.EventLoop;
import dev.heddle.Task;

/// Stands for a package of Heddle that is not the core: its lines are places of spawn like any
/// other.
public final class Server {
    /// The line that spawns.
    public static final int LINE = 16;

    private Server() {}

    public static Task<String> start(Body<String, Exception> body) {
        return EventLoop.current().spawn("connection", body);
    }
}
