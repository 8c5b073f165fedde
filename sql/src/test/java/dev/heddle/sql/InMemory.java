package dev.heddle.sql;

import dev.heddle.Action;
import dev.heddle.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs a test in a task, with an H2 database of its own in memory.
final class InMemory {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private InMemory() {}

    @FunctionalInterface
    interface Test {
        void run(Database db) throws Exception;
    }

    /// A URL of a database that nobody else has.
    static String url() {
        return "jdbc:h2:mem:test" + NUMBERS.incrementAndGet();
    }

    static void with(DatabaseLimits limits, Test test) throws Exception {
        inTask(() -> {
            try (Database db = Database.open(url(), "", "", limits)) {
                test.run(db);
            }
        });
    }

    static void with(Test test) throws Exception {
        with(DatabaseLimits.DEFAULT, test);
    }

    static void inTask(Action<Exception> test) throws Exception {
        try (EventLoop loop = EventLoop.open("test")) {
            loop.run(() -> {
                test.run();
                return null;
            });
        }
    }
}
