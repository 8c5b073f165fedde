package dev.heddle.sql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The statements that a [Database] and a [Transaction] run. For tasks; each call suspends (within
/// [Database#transactionOnWorker] it blocks the worker instead).
///
/// Parameters stand for the `?` of a statement, in order: what JDBC's `setObject` takes, and
/// `Instant` (stored with offset zero) and enums (stored by name). Rows become
///
/// - records, whose components are named after the columns, `created_at` for `createdAt`; columns
///   without a component are left out, components without a column are an error;
/// - values of the first column, for `String`, `Long`, `Integer`, `Short`, `Byte`, `Double`,
///   `Float`, `Boolean`, `BigDecimal`, `byte[]`, enums, `UUID`, `Instant` and the other types of
///   `java.time`;
/// - or what a [RowMapper] makes of them.
///
/// Cancelling a caller cancels its statement in the database; a result that is there already is
/// delivered.
public abstract sealed class Queries permits Database, Transaction {
    Queries() {}

    abstract <T extends @Nullable Object> T execute(String sql, Work<T> work);

    /// Runs a query.
    ///
    /// @param <T> what a row becomes
    /// @param type a record, or the type of the first column
    /// @param sql the statement
    /// @param parameters its parameters
    /// @return the rows, in order
    /// @throws SqlException if the statement fails, a row does not fit, or there are more rows than
    ///   [DatabaseLimits#rows]
    public final <T> List<T> query(Class<T> type, String sql, @Nullable Object... parameters) {
        return execute(sql, session -> session.query(Rows.to(type), sql, parameters));
    }

    /// Runs a query whose rows become what a function makes of them.
    ///
    /// @param <T> what a row becomes
    /// @param mapper the function; on a worker
    /// @param sql the statement
    /// @param parameters its parameters
    /// @return the rows, in order
    /// @throws SqlException if the statement fails, or there are more rows than
    ///   [DatabaseLimits#rows]
    public final <T extends @Nullable Object> List<T> query(
            RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        return execute(sql, session -> session.query(columns -> mapper, sql, parameters));
    }

    /// Runs a query that returns exactly one row.
    ///
    /// @param <T> what the row becomes
    /// @param type a record, or the type of the first column
    /// @param sql the statement
    /// @param parameters its parameters
    /// @return the row
    /// @throws SqlException if the statement fails, or there is no row or more than one
    public final <T> T queryOne(Class<T> type, String sql, @Nullable Object... parameters) {
        return queryFirst(type, sql, parameters)
                .orElseThrow(() ->
                        new SqlException(
                                "one row was expected and none came, which queryFirst allows, from: "
                                        + sql));
    }

    /// Runs a query that returns at most one row.
    ///
    /// @param <T> what the row becomes
    /// @param type a record, or the type of the first column
    /// @param sql the statement
    /// @param parameters its parameters
    /// @return the row, if there is one
    /// @throws SqlException if the statement fails, or there is more than one row
    public final <T> Optional<T> queryFirst(
            Class<T> type, String sql, @Nullable Object... parameters) {
        List<T> rows = execute(sql, session -> session.query(Rows.to(type), sql, parameters, 2));
        if (rows.size() > 1) {
            throw new SqlException(
                    "at most one row was expected and more came; say LIMIT 1, or use query, for: "
                            + sql);
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /// Runs a statement that returns no rows: a change of data or of tables.
    ///
    /// @param sql the statement
    /// @param parameters its parameters
    /// @return how many rows it has changed
    /// @throws SqlException if it fails
    public final long update(String sql, @Nullable Object... parameters) {
        return execute(sql, session -> session.update(sql, parameters));
    }

    /// Runs a statement once for each row of parameters; outside of a transaction, in one of its
    /// own.
    ///
    /// @param sql the statement
    /// @param rows the parameters of each run; iterated on a worker
    /// @return how many rows it has changed, all in all; runs of which the driver does not know
    ///   count as none
    /// @throws SqlException if a run fails; none then counts, unless the transaction's body goes on
    public long batch(String sql, Iterable<? extends @Nullable Object[]> rows) {
        return execute(sql, session -> session.batch(sql, rows));
    }
}
