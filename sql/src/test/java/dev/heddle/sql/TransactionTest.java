package dev.heddle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final String COUNT = "select count(*) from t";

    private static void table(Database db) {
        db.update("create table t (id int primary key)");
    }

    @Test
    void returningCommits() throws Exception {
        InMemory.with(db -> {
            table(db);
            long seen =
                    db.transaction(tx -> {
                        tx.update("insert into t values (1)");
                        Heddle.sleep(Duration.ofMillis(1)); // a body may suspend
                        return tx.queryOne(Long.class, COUNT);
                    });
            assertThat(seen).isEqualTo(1);
            assertThat(db.queryOne(Long.class, COUNT)).isEqualTo(1L);
        });
    }

    @Test
    void aFailingBodyRollsBackAndItsFailureArrives() throws Exception {
        InMemory.with(
                DatabaseLimits.DEFAULT.withConnections(1),
                db -> {
                    table(db);
                    assertThatThrownBy(() ->
                                    db.<Void, IOException>transaction(tx -> {
                                        tx.update("insert into t values (1)");
                                        throw new IOException("the body's own");
                                    }))
                            .isInstanceOf(IOException.class)
                            .hasMessage("the body's own")
                            .hasNoSuppressedExceptions();
                    assertThatThrownBy(() ->
                                    db.<Void, IOException>transactionOnWorker(tx -> {
                                        tx.update("insert into t values (2)");
                                        throw new IOException("on a worker");
                                    }))
                            .isInstanceOf(IOException.class)
                            .hasMessage("on a worker");
                    assertThat(db.queryOne(Long.class, COUNT)).isZero();
                    db.update("insert into t values (3)"); // autocommit again
                    assertThat(db.queryOne(Long.class, COUNT)).isEqualTo(1L);
                });
    }

    @Test
    void othersDoNotSeeWhatIsNotCommitted() throws Exception {
        InMemory.with(db -> {
            table(db);
            db.transaction(tx -> {
                tx.update("insert into t values (1)");
                assertThat(db.queryOne(Long.class, COUNT)).isZero();
            });
        });
    }

    @Test
    void aWholeTransactionOnAWorkerIsOneJob() throws Exception {
        InMemory.with(db -> {
            table(db);
            Thread[] threads = new Thread[2];
            long count =
                    db.transactionOnWorker(tx -> {
                        threads[0] = Thread.currentThread();
                        tx.update("insert into t values (1)");
                        threads[1] = Thread.currentThread();
                        return tx.queryOne(Long.class, COUNT);
                    });
            assertThat(count).isEqualTo(1);
            assertThat(threads[0]).isSameAs(threads[1]).isNotSameAs(Thread.currentThread());
            assertThat(threads[0].getName()).startsWith("heddle-worker");
        });
    }

    @Test
    void aSnapshotSeesOneInstant() throws Exception {
        InMemory.with(db -> {
            table(db);
            var before = new Promise<Void>();
            var written = new Promise<Void>();
            Heddle.group(g -> {
                var reader =
                        g.spawn(() ->
                                db.snapshotOnWorker(tx -> {
                                    long first = tx.queryOne(Long.class, COUNT);
                                    before.complete(null);
                                    written.toCompletableFuture().join();
                                    return tx.queryOne(Long.class, COUNT) - first;
                                }));
                before.await();
                db.update("insert into t values (1)");
                written.complete(null);
                assertThat(reader.await()).isZero();
            });
            assertThat(db.queryOne(Long.class, COUNT)).isEqualTo(1L);
        });
    }

    @Test
    void aTransactionThatHasEndedSaysSo() throws Exception {
        InMemory.with(db -> {
            var kept = new AtomicReference<Transaction>();
            db.transaction(tx -> {
                kept.set(tx);
            });
            assertThatThrownBy(() -> kept.get().update("select 1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended");
            db.transactionOnWorker(tx -> {
                kept.set(tx);
                return null;
            });
            assertThatThrownBy(() -> kept.get().update("select 1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended");
        });
    }

    @Test
    void twoTasksAtATimeAreRefused() throws Exception {
        InMemory.with(db ->
                db.transaction(tx -> {
                    Heddle.group(g -> {
                        var other =
                                g.spawn(() ->
                                        tx.queryOne(
                                                Long.class,
                                                "select count(*) from system_range(1, 100000)"));
                        Heddle.checkpoint();
                        assertThatThrownBy(() -> tx.queryOne(Long.class, "select 1"))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("another task");
                        assertThat(other.await()).isEqualTo(100_000L);
                    });
                }));
    }
}
