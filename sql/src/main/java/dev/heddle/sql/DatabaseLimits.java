package dev.heddle.sql;

import java.time.Duration;

/// What bounds a [Database].
///
/// @param connections the most connections, and so statements at a time: 1 or more. Keep it below
///   the number of workers (`heddle.workers`, 16 or more), so that a transaction that has locked
///   rows finds a worker to commit with while others wait for its locks
/// @param waiting the most tasks that may wait for a connection
/// @param acquire how long a task may wait for a connection
/// @param rows the most rows that a query may return as a list
/// @param close how long [Database#close] waits for running transactions before it cuts them
public record DatabaseLimits(
        int connections, int waiting, Duration acquire, int rows, Duration close) {

    /// 8 connections, 10,000 tasks in line for 30 s at most, a million rows, 5 s to close.
    public static final DatabaseLimits DEFAULT =
            new DatabaseLimits(8, 10_000, Duration.ofSeconds(30), 1_000_000, Duration.ofSeconds(5));

    public DatabaseLimits {
        if (connections < 1 || waiting < 0 || rows < 1) {
            throw new IllegalArgumentException(
                    "connections and rows are 1 or more, waiting is 0 or more, and not "
                            + connections
                            + ", "
                            + rows
                            + " and "
                            + waiting);
        }
    }

    /// These limits with another number of connections.
    ///
    /// @param most 1 or more
    /// @return new limits
    public DatabaseLimits withConnections(int most) {
        return new DatabaseLimits(most, waiting, acquire, rows, close);
    }

    /// These limits with another number of tasks in line.
    ///
    /// @param most 0 or more
    /// @return new limits
    public DatabaseLimits withWaiting(int most) {
        return new DatabaseLimits(connections, most, acquire, rows, close);
    }

    /// These limits with another time to wait for a connection.
    ///
    /// @param most how long
    /// @return new limits
    public DatabaseLimits withAcquire(Duration most) {
        return new DatabaseLimits(connections, waiting, most, rows, close);
    }

    /// These limits with another number of rows.
    ///
    /// @param most 1 or more
    /// @return new limits
    public DatabaseLimits withRows(int most) {
        return new DatabaseLimits(connections, waiting, acquire, most, close);
    }

    /// These limits with another time to wait when closing.
    ///
    /// @param most how long
    /// @return new limits
    public DatabaseLimits withClose(Duration most) {
        return new DatabaseLimits(connections, waiting, acquire, rows, most);
    }
}
