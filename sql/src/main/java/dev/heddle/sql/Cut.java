package dev.heddle.sql;

/// Ends a job on a worker whose task was cancelled, or whose database was closed: the task turns it
/// into [dev.heddle.Cancelled] or [SqlException]. An error, so that the body of a transaction does
/// not take it for a failure to be dealt with.
final class Cut extends Error {
    private static final long serialVersionUID = 1L;

    Cut(Throwable cause) {
        super("its task was cancelled or its database closed", cause, true, false);
    }

    Cut() {
        super("its task was cancelled or its database closed", null, true, false);
    }
}
