package dev.heddle.sql;

import dev.heddle.Heddle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Statements that count all together or not at all, opened by [Database#transaction] and
/// [Database#transactionOnWorker]. One conversation: for one task at a time.
public final class Transaction extends Queries {
    /// How long a rollback may wait for a worker before the connection is given up instead.
    private static final Duration ROLLBACK = Duration.ofSeconds(5);

    private final Database database;
    private final Place place;

    /// Where a transaction on a worker runs its statements; null for one in a task.
    private final @Nullable Session session;

    private final Thread thread = Thread.currentThread();

    /// The connection that the transaction has begun on. Written by jobs, read by the task between
    /// them.
    private @Nullable Connection connection;

    /// ```
    /// OPEN ──statement──▶ BUSY ──▶ OPEN ──commit or rollback──▶ ENDED
    /// ```
    ///
    /// Owner: the task that opened it (or those it lends it to, on its loop), or the worker.
    private State state = State.OPEN;

    private enum State {
        OPEN,
        BUSY,
        ENDED
    }

    private Transaction(Database database, Place place, @Nullable Session session) {
        this.database = database;
        this.place = place;
        this.session = session;
    }

    static Transaction inTask(Database database, Place place) {
        return new Transaction(database, place, null);
    }

    static Transaction onWorker(Database database, Place place, Session session) {
        Transaction tx = new Transaction(database, place, session);
        tx.connection = session.connection;
        return tx;
    }

    @Override
    <T extends @Nullable Object> T execute(String operation, Work<T> work) {
        switch (state) {
            case OPEN -> {}
            case BUSY ->
                    throw new IllegalStateException(
                            "this transaction runs a statement of another task: its statements go"
                                    + " one after the other, so await the other first");
            case ENDED ->
                    throw new IllegalStateException(
                            "this transaction has ended: use it inside its body only");
        }
        state = State.BUSY;
        try {
            Session direct = session;
            if (direct == null) {
                return database.hop(
                        place,
                        s -> {
                            begin(s);
                            return work.run(s);
                        });
            }
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException(
                        "this transaction runs on a worker: use it in its body only, not in tasks");
            }
            return inPlace(direct, work);
        } finally {
            state = State.OPEN;
        }
    }

    private static <T extends @Nullable Object> T inPlace(Session session, Work<T> work) {
        try {
            return work.run(session);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SqlException("the statement failed: " + e.getMessage(), e);
        }
    }

    private void begin(Session s) throws SQLException {
        if (connection == null) {
            s.connection.setAutoCommit(false);
            connection = s.connection;
        } else if (connection != s.connection) {
            throw new SqlException(
                    "this transaction was rolled back, because one of its statements was cancelled"
                            + " or its connection was lost: run it anew");
        }
    }

    // ---- in a task ----

    /// Commits what was done, if anything was.
    void commit() {
        boolean began = connection != null;
        if (began) {
            execute(
                    "commit",
                    s -> {
                        s.connection.commit();
                        s.connection.setAutoCommit(true);
                        return null;
                    });
        }
        connection = null;
        state = State.ENDED;
    }

    /// Ends a transaction that was not committed. Does not throw: what it is called for is being
    /// thrown already.
    void rollback(Throwable failure) {
        state = State.ENDED;
        if (connection == null) {
            return;
        }
        boolean done = false;
        try {
            Heddle.shield(
                    ROLLBACK,
                    () -> {
                        database.hop(
                                place,
                                s -> {
                                    if (s.connection == connection) {
                                        rollback(s);
                                    }
                                    return null;
                                });
                    });
            done = true;
        } catch (Exception e) {
            failure.addSuppressed(e);
        } finally {
            if (!done) {
                place.breakUp();
            }
        }
    }

    // ---- on a worker ----

    static void rollback(Session s) throws SQLException {
        s.connection.rollback();
        s.connection.setAutoCommit(true);
    }

    void ended() {
        state = State.ENDED;
    }
}
