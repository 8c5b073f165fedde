/// Databases from tasks: JDBC off the loop, a bounded pool, transactions, rows to records.
///
/// Start at [dev.heddle.sql.Database]. JDBC blocks the thread that calls it, so each statement, or
/// a whole transaction, runs as one job on Heddle's workers; what waits for a connection waits as a
/// suspended task and holds no worker. What a particular database offers beyond JDBC does not
/// belong here.
///
/// Rules: a `Connection` is touched by workers only, and by one job at a time: the one whose task
/// holds its [Place]. The line of tasks that wait is guarded by the pool's monitor.
@NullMarked
package dev.heddle.sql;

import org.jspecify.annotations.NullMarked;
