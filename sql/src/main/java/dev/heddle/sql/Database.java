package dev.heddle.sql;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.Task;
import dev.heddle.TimeoutException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A database, with a bounded pool of connections to it. For tasks, of any number of loops.
///
/// ```java
/// record Stock(long id, String name, int amount) {}
///
/// try (var db = Database.h2(Path.of("stock"))) {
///     db.update("create table if not exists stock (id identity, name varchar, amount int)");
///     db.update("insert into stock (name, amount) values (?, ?)", "yarn", 12);
///     db.transaction(tx -> {
///         int left = tx.queryOne(Integer.class, "select amount from stock where name = ?", "yarn");
///         tx.update("update stock set amount = ? where name = ?", left - 1, "yarn");
///     });
///     List<Stock> all = db.query(Stock.class, "select * from stock");
/// }
/// ```
///
/// Statements run on Heddle's workers, at most one for each connection; who finds none free waits
/// in line, suspended, first come first served.
public final class Database extends Queries implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.heddle.sql");

    /// How long `close` waits for statements to give up once they were cancelled.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofMillis(20);

    /// H2's own level above the standard ones: the whole transaction sees one state.
    private static final int H2_SNAPSHOT = 6;

    private final Source source;
    private final DatabaseLimits limits;
    private final Pool pool;

    /// Keeps an embedded database open while the pool has no connection to it. Used by nobody.
    private final @Nullable Connection anchor;

    private final Promise<@Nullable Void> closed = new Promise<>();

    private Database(Source source, DatabaseLimits limits, @Nullable Connection anchor) {
        this.source = source;
        this.limits = limits;
        this.anchor = anchor;
        this.pool = new Pool(source, limits);
    }

    /// Opens a database that needs no password. Suspends.
    ///
    /// @param url a JDBC URL, such as `jdbc:h2:mem:test`
    /// @return the database, to be closed by the caller
    /// @throws SqlException if no connection can be made
    public static Database open(String url) {
        return open(url, "", "", DatabaseLimits.DEFAULT);
    }

    /// Opens a database. Suspends.
    ///
    /// @param url a JDBC URL
    /// @param user the user's name; empty if the URL says it or none is needed
    /// @param password the user's password
    /// @param limits the size of the pool and other bounds
    /// @return the database, to be closed by the caller
    /// @throws SqlException if no connection can be made
    public static Database open(String url, String user, String password, DatabaseLimits limits) {
        requireTask("Database.open");
        Source source = new Source(url, user, password);
        Connection first;
        try {
            first =
                    Heddle.offload(() -> {
                        Connection connection = source.connect();
                        if (source.isH2()) {
                            return connection;
                        }
                        connection.close();
                        return null;
                    });
        } catch (SQLException e) {
            throw new SqlException("cannot open " + source + ": " + e.getMessage(), e);
        }
        return new Database(source, limits, first);
    }

    /// Opens an embedded H2 database on disk. Suspends.
    ///
    /// @param file the database's path; H2 appends `.mv.db`. Made if it is not there
    /// @return the database, to be closed by the caller
    /// @throws SqlException if it cannot be opened, for example because another process has it open
    public static Database h2(Path file) {
        return h2(file, DatabaseLimits.DEFAULT);
    }

    /// Opens an embedded H2 database on disk, with limits. See [#h2(Path)].
    ///
    /// @param file the database's path
    /// @param limits the size of the pool and other bounds
    /// @return the database, to be closed by the caller
    /// @throws SqlException if it cannot be opened
    public static Database h2(Path file, DatabaseLimits limits) {
        String path = file.toAbsolutePath().toString();
        if (path.indexOf(';') >= 0) {
            throw new IllegalArgumentException(
                    "H2 takes what follows a semicolon in a path for settings: choose another path"
                            + " than "
                            + path);
        }
        // Closed by us, in order, and not by a hook while statements still run. Failures are
        // thrown,
        // so no file of traces.
        return open(
                "jdbc:h2:file:" + path + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
                "",
                "",
                limits);
    }

    @Override
    <T extends @Nullable Object> T execute(String sql, Work<T> work) {
        requireTask("a statement of a Database");
        Place place = pool.acquire();
        try {
            return hop(place, work);
        } finally {
            release(place);
        }
    }

    /// Runs a statement once for each row of parameters, in a transaction of its own.
    ///
    /// @param sql the statement
    /// @param rows the parameters of each run; iterated on a worker
    /// @return how many rows it has changed, all in all
    /// @throws SqlException if a run fails; none counts then
    @Override
    public long batch(String sql, Iterable<? extends @Nullable Object[]> rows) {
        return this.<Long, RuntimeException>transactionOnWorker(tx -> tx.batch(sql, rows));
    }

    /// Runs a transaction whose body may suspend: it runs in the calling task, and each of its
    /// statements, and the commit, is a job of its own on a worker. It holds a connection from its
    /// beginning to its end.
    ///
    /// Returning commits; throwing, or being cancelled, rolls back.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws SqlException if the commit fails, or no connection comes free in time
    public <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionBody<T, X> body) throws X {
        requireTask("Database.transaction");
        Place place = pool.acquire();
        try {
            Transaction tx = Transaction.inTask(this, place);
            try {
                T value = body.run(tx);
                tx.commit();
                return value;
            } catch (Throwable failure) {
                tx.rollback(failure);
                throw failure;
            }
        } finally {
            release(place);
        }
    }

    /// Runs a transaction that returns nothing. See [#transaction(TransactionBody)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param body what to do
    /// @throws X if the body fails
    public <X extends Exception> void transaction(TransactionAction<X> body) throws X {
        this.<@Nullable Void, X>transaction(tx -> {
            body.run(tx);
            return null;
        });
    }

    /// Runs a transaction as one job on a worker: the fastest way, for bodies that only compute and
    /// talk to the database. The body cannot suspend, and must not touch what belongs to the loop.
    ///
    /// Cancelling the caller cuts the body at its next statement and rolls back; a commit that has
    /// begun is waited for, and its result delivered.
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    /// @throws SqlException if the commit fails, or no connection comes free in time
    public <T extends @Nullable Object, X extends Exception> T transactionOnWorker(
            TransactionBody<T, X> body) throws X {
        return onWorker(body, false);
    }

    /// Runs a transaction on a worker that returns nothing. See
    /// [#transactionOnWorker(TransactionBody)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param body what to do
    /// @throws X if the body fails
    public <X extends Exception> void transactionOnWorker(TransactionAction<X> body) throws X {
        this.<@Nullable Void, X>onWorker(
                tx -> {
                    body.run(tx);
                    return null;
                },
                false);
    }

    /// Runs a transaction on a worker that only reads, and sees the database as of one instant,
    /// whatever others write meanwhile. See [#transactionOnWorker(TransactionBody)].
    ///
    /// @param <T> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    public <T extends @Nullable Object, X extends Exception> T snapshotOnWorker(
            TransactionBody<T, X> body) throws X {
        return onWorker(body, true);
    }

    private <T extends @Nullable Object, X extends Exception> T onWorker(
            TransactionBody<T, X> body, boolean snapshot) throws X {
        requireTask("a transaction of a Database");
        Place place = pool.acquire();
        try {
            return this.<T, X>hopThrowing(place, s -> inOneJob(place, s, body, snapshot));
        } finally {
            release(place);
        }
    }

    private <T extends @Nullable Object> T inOneJob(
            Place place, Session s, TransactionBody<T, ?> body, boolean snapshot) throws Exception {
        s.connection.setAutoCommit(false);
        int isolation = snapshot ? isolate(s.connection) : 0;
        Transaction tx = Transaction.onWorker(this, place, s);
        try {
            T value = body.run(tx);
            s.checkCancelled();
            s.connection.commit();
            s.connection.setAutoCommit(true);
            return value;
        } catch (Throwable failure) {
            try {
                Transaction.rollback(s);
            } catch (SQLException e) {
                failure.addSuppressed(e);
                place.discard();
            }
            throw failure;
        } finally {
            tx.ended();
            if (snapshot && !s.connection.isClosed()) {
                s.connection.setReadOnly(false);
                s.connection.setTransactionIsolation(isolation);
            }
        }
    }

    private int isolate(Connection connection) throws SQLException {
        int before = connection.getTransactionIsolation();
        connection.setTransactionIsolation(
                source.isH2() ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        return before;
    }

    /// Runs work with the connection of a place that the caller holds.
    <T extends @Nullable Object> T hop(Place place, Work<T> work) {
        return this.<T, RuntimeException>hopThrowing(place, work);
    }

    @SuppressWarnings("unchecked") // X is what the body in `work` throws; all else is handled here
    private <T extends @Nullable Object, X extends Exception> T hopThrowing(
            Place place, Work<T> work) throws X {
        try {
            return new Job<>(place, source, limits.rows(), work).await();
        } catch (Cut cut) {
            Heddle.checkpoint(); // throws Cancelled, unless it was close() that has cut us
            throw new IllegalStateException(
                    "the database " + source + " was closed while this ran", cut);
        } catch (SQLException e) {
            throw new SqlException(source + " failed: " + e.getMessage(), e);
        } catch (Exception e) {
            throw (X) e;
        }
    }

    private void release(Place place) {
        pool.release(place);
        if (pool.isClosed() && closed.isDone()) {
            Heddle.shield(this::closeFree); // close() has not waited for us
        }
    }

    /// Waits for what runs, within [DatabaseLimits#close], cancels what is left and closes all
    /// connections. Tasks in line fail. Suspends, also in a cancelled task; does nothing when the
    /// database is closed already.
    @Override
    public void close() {
        requireTask("Database.close");
        Heddle.shield(() -> {
            if (!pool.close()) {
                closed.await();
                return;
            }
            try {
                if (!drained(limits.close())) {
                    cutAll();
                }
            } finally {
                closed.complete(null);
                closeFree();
            }
        });
    }

    private void cutAll() {
        long deadline = System.nanoTime() + GRACE.toNanos();
        do {
            pool.places().forEach(Place::cut);
        } while (!drained(AGAIN) && System.nanoTime() < deadline);
        if (!pool.drained().isDone()) {
            LOG.log(
                    Level.WARNING,
                    "closing {0}: a transaction does not end; its connection is closed when it does",
                    source);
        }
    }

    private boolean drained(Duration limit) {
        try {
            Heddle.timeout(
                    limit,
                    () -> {
                        pool.drained().await();
                    });
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void closeFree() {
        List<Place> free = pool.takeFree();
        Connection last = pool.drained().isDone() ? anchor : null;
        Heddle.offload(() -> {
            free.forEach(Place::discard);
            if (last != null) {
                Place.closeQuietly(last);
            }
        });
    }

    private static void requireTask(String what) {
        if (Task.current() == null) {
            throw new IllegalStateException(
                    what
                            + " suspends a task, and thread \""
                            + Thread.currentThread().getName()
                            + "\" is not in one. Call it inside Heddle.run(() -> …) or a task that"
                            + " was given to EventLoop.spawn(() -> …).");
        }
    }

    @Override
    public String toString() {
        return "Database " + source;
    }
}
