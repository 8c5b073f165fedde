package dev.heddle.sql;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A place for one connection in the pool, given to one task at a time. The connection is opened by
/// the first job that needs it, and replaced when it is not to be trusted any more.
final class Place {
    private static final System.Logger LOG = System.getLogger("dev.heddle.sql");

    /// A connection that was not used for so long is tried before it is used again: the other side,
    /// or something between, may have dropped it.
    private static final long IDLE_NANOS = 30_000_000_000L;

    private static final int VALID_SECONDS = 2;

    /// Owner: the job that runs for the task that holds this place.
    private @Nullable Connection connection;

    private long usedAt;

    /// What uses the connection now. Written by the job, read by [Database#close].
    private volatile @Nullable Session session;

    /// The connection is to be closed before the place is used again. Written by the task that
    /// holds this place.
    private volatile boolean broken;

    /// Nothing may begin here any more. Written by [Database#close].
    private volatile boolean cut;

    // ---- on a worker ----

    /// Makes the connection ready for a job.
    Session begin(Source source, int mostRows) throws SQLException {
        if (cut) {
            throw new Cut();
        }
        Connection current = connection;
        if (current != null
                && (broken || (System.nanoTime() - usedAt > IDLE_NANOS && !isValid(current)))) {
            discard();
            current = null;
        }
        if (current == null) {
            current = source.connect();
            connection = current;
            broken = false;
        }
        Session begun = new Session(current, mostRows);
        session = begun;
        if (cut) {
            begun.cancel();
        }
        return begun;
    }

    /// Ends a job: closes the connection if what it will do next is not certain.
    void end(Session ending, boolean failed) {
        session = null;
        usedAt = System.nanoTime();
        Connection current = connection;
        if (current != null && (ending.wasSent() || (failed && !isValid(current)))) {
            discard();
        }
    }

    void discard() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            closeQuietly(current);
        }
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection cannot be tried", e);
            return false;
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection that is given up cannot be closed", e);
        }
    }

    // ---- in tasks ----

    void breakUp() {
        broken = true;
    }

    /// Cancels what runs here, and lets nothing begin.
    void cut() {
        cut = true;
        Session running = session;
        if (running != null) {
            running.cancel();
        }
    }
}
