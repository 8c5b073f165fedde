package dev.heddle.sql;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One job's use of a connection, on a worker. Others may [#cancel] it meanwhile.
final class Session {
    private static final System.Logger LOG = System.getLogger("dev.heddle.sql");

    /// Rows that are handed to the driver in one piece.
    private static final int BATCH = 1_000;

    final Connection connection;
    private final int mostRows;

    /// Guard of all below: the monitor of this session. It is held while the driver is told to
    /// cancel, so that a cancellation never hits what the connection does next.
    private @Nullable Statement running;

    private boolean cancelled;
    private boolean sent;

    Session(Connection connection, int mostRows) {
        this.connection = connection;
        this.mostRows = mostRows;
    }

    /// Cancels the statement that runs, and lets no other begin. From any thread; may be repeated,
    /// for drivers that miss one which comes too early.
    synchronized void cancel() {
        cancelled = true;
        Statement statement = running;
        if (statement != null) {
            sent = true;
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It may have ended in this moment. If it has not, we come again.
                LOG.log(Level.DEBUG, "a statement cannot be cancelled", e);
            }
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /// Whether the driver was told to cancel: what the connection does next is not certain then.
    synchronized boolean wasSent() {
        return sent;
    }

    void checkCancelled() {
        if (isCancelled()) {
            throw new Cut();
        }
    }

    <T extends @Nullable Object> List<T> query(
            Rows<T> rows, String sql, @Nullable Object[] parameters) {
        List<T> list = query(rows, sql, parameters, mostRows + 1);
        if (list.size() > mostRows) {
            throw new SqlException(
                    "more than %d rows (DatabaseLimits.rows): say LIMIT, or raise the limit, for: %s"
                            .formatted(mostRows, sql));
        }
        return list;
    }

    <T extends @Nullable Object> List<T> query(
            Rows<T> rows, String sql, @Nullable Object[] parameters, int most) {
        return running(
                sql,
                parameters,
                statement -> {
                    statement.setMaxRows(most);
                    List<T> list = new ArrayList<>();
                    try (ResultSet results = statement.executeQuery()) {
                        RowMapper<T> mapper = rows.mapper(results.getMetaData());
                        while (results.next()) {
                            list.add(mapper.map(results));
                        }
                    }
                    return list;
                });
    }

    long update(String sql, @Nullable Object[] parameters) {
        return this.<Long>running(sql, parameters, PreparedStatement::executeLargeUpdate);
    }

    long batch(String sql, Iterable<? extends @Nullable Object[]> rows) {
        return this.<Long>running(
                sql,
                new Object[0],
                statement -> {
                    long changed = 0;
                    int waiting = 0;
                    for (@Nullable Object[] row : rows) {
                        bind(statement, row);
                        statement.addBatch();
                        if (++waiting == BATCH) {
                            checkCancelled();
                            changed += sum(statement.executeBatch());
                            waiting = 0;
                        }
                    }
                    return waiting == 0 ? changed : changed + sum(statement.executeBatch());
                });
    }

    private static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += Math.max(count, 0); // negative: done, but the driver cannot say on how many
        }
        return sum;
    }

    @FunctionalInterface
    private interface Use<T extends @Nullable Object> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T extends @Nullable Object> T running(
            String sql, @Nullable Object[] parameters, Use<T> use) {
        checkCancelled();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            begin(statement);
            try {
                return use.of(statement);
            } finally {
                end();
            }
        } catch (SQLException e) {
            if (isCancelled()) {
                throw new Cut(e);
            }
            String message = String.valueOf(e.getMessage());
            throw new SqlException(message.contains(sql) ? message : message + ", in: " + sql, e);
        }
    }

    private synchronized void begin(Statement statement) {
        checkCancelled();
        running = statement;
    }

    private synchronized void end() {
        running = null;
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(
                    i + 1,
                    switch (parameters[i]) {
                        case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                        case Enum<?> constant -> constant.name();
                        case null -> null;
                        case Object other -> other;
                    });
        }
    }
}
