package dev.heddle.sql;

import dev.heddle.Promise;

/// What a statement calls so that a test knows that it runs.
public final class SlowFunctions {
    /// Completed by a statement that has begun. Set by the test before.
    static volatile Promise<Boolean> begun = new Promise<>();

    private SlowFunctions() {}

    static void into(Database db) {
        begun = new Promise<>();
        db.update(
                "create alias has_begun for '%s.hasBegun'"
                        .formatted(SlowFunctions.class.getName()));
    }

    public static long hasBegun(long x) {
        begun.tryComplete(true);
        return x;
    }

    /// Runs for hours unless it is cancelled.
    static final String FOR_HOURS =
            "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b"
                    + " where has_begun(a.x + b.x) < 0";
}
