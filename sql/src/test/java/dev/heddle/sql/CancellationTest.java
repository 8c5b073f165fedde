package dev.heddle.sql;

import static dev.heddle.sql.SlowFunctions.FOR_HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Cancelled;
import dev.heddle.Heddle;
import dev.heddle.Promise;
import dev.heddle.TimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class CancellationTest {
    private static final DatabaseLimits ONE = DatabaseLimits.DEFAULT.withConnections(1);
    private static final String COUNT = "select count(*) from t";

    @Test
    void aRunningStatementIsCancelled() throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    SlowFunctions.into(db);
                    Heddle.group(g -> {
                        var slow = g.spawn(() -> db.query(Long.class, FOR_HOURS));
                        SlowFunctions.begun.await();
                        slow.cancel();
                        assertThatThrownBy(slow::await).isInstanceOf(CancellationException.class);
                        assertThat(slow.isCancelled()).isTrue();
                    });
                    assertThat(db.queryOne(Long.class, "select 1")).isEqualTo(1L);
                });
    }

    @Test
    void aDeadlineCutsAStatement() throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    SlowFunctions.into(db);
                    assertThatThrownBy(() ->
                                    Heddle.timeout(
                                            Duration.ofMillis(50),
                                            () -> db.query(Long.class, FOR_HOURS)))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(db.queryOne(Long.class, "select 1")).isEqualTo(1L);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCancelledTransactionRollsBack(boolean onWorker) throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    SlowFunctions.into(db);
                    db.update("create table t (id int primary key)");
                    TransactionBody<Long, RuntimeException> body =
                            tx -> {
                                tx.update("insert into t values (1)");
                                return tx.queryOne(Long.class, FOR_HOURS);
                            };
                    Heddle.group(g -> {
                        var cut =
                                g.spawn(() ->
                                        onWorker
                                                ? db.transactionOnWorker(body)
                                                : db.transaction(body));
                        SlowFunctions.begun.await();
                        cut.cancel();
                        assertThatThrownBy(cut::await).isInstanceOf(CancellationException.class);
                    });
                    assertThat(db.queryOne(Long.class, COUNT)).isZero();
                    db.update("insert into t values (1)");
                    assertThat(db.queryOne(Long.class, COUNT)).isEqualTo(1L);
                });
    }

    @Test
    void aBodyThatIsCancelledBetweenStatementsRollsBack() throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    db.update("create table t (id int primary key)");
                    var never = new Promise<Void>();
                    var inserted = new Promise<Boolean>();
                    Heddle.group(g -> {
                        var cut =
                                g.spawn(() ->
                                        db.transaction(tx -> {
                                            tx.update("insert into t values (1)");
                                            inserted.complete(true);
                                            never.await();
                                        }));
                        inserted.await();
                        cut.cancel();
                    });
                    assertThat(db.queryOne(Long.class, COUNT)).isZero();
                });
    }

    @Test
    void whoCatchesEverythingOnAWorkerIsCutAllTheSame() throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    SlowFunctions.into(db);
                    db.update("create table t (id int primary key)");
                    Heddle.group(g -> {
                        var cut =
                                g.spawn(() ->
                                        db.<Integer, RuntimeException>transactionOnWorker(tx -> {
                                            tx.update("insert into t values (1)");
                                            try {
                                                tx.queryOne(Long.class, FOR_HOURS);
                                            } catch (Throwable swallowed) {
                                                return 1;
                                            }
                                            return 2;
                                        }));
                        SlowFunctions.begun.await();
                        cut.cancel();
                        assertThatThrownBy(cut::await).isInstanceOf(CancellationException.class);
                    });
                    assertThat(db.queryOne(Long.class, COUNT)).isZero();
                });
    }

    @Test
    void aTransactionOneOfWhoseStatementsWasCutIsOver() throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    SlowFunctions.into(db);
                    db.update("create table t (id int primary key)");
                    assertThatThrownBy(() ->
                                    db.transaction(tx -> {
                                        tx.update("insert into t values (1)");
                                        assertThatThrownBy(() ->
                                                        Heddle.timeout(
                                                                Duration.ofMillis(50),
                                                                () ->
                                                                        tx.query(
                                                                                Long.class,
                                                                                FOR_HOURS)))
                                                .isInstanceOf(TimeoutException.class);
                                        tx.update("insert into t values (2)");
                                    }))
                            .isInstanceOf(SqlException.class)
                            .hasMessageContaining("was rolled back");
                    assertThat(db.queryOne(Long.class, COUNT)).isZero();
                });
    }

    @Test
    void whoIsCancelledInLineLeavesIt() throws Exception {
        InMemory.with(
                ONE,
                db ->
                        Heddle.group(g -> {
                            var release = new Promise<Void>();
                            var held = new Promise<Boolean>();
                            g.spawn(() ->
                                    db.transaction(tx -> {
                                        held.complete(true);
                                        release.await();
                                    }));
                            held.await();
                            var first = g.spawn(() -> db.queryOne(Long.class, "select 1"));
                            var second = g.spawn(() -> db.queryOne(Long.class, "select 2"));
                            Heddle.checkpoint();
                            first.cancel();
                            assertThatThrownBy(first::await)
                                    .isInstanceOf(CancellationException.class);
                            release.complete(null);
                            assertThat(second.await()).isEqualTo(2L);
                        }));
    }

    @Test
    void whoIsCancelledAsItsTurnComesPassesItOn() throws Exception {
        InMemory.with(
                ONE,
                db ->
                        Heddle.group(g -> {
                            var release = new Promise<Void>();
                            var held = new Promise<Boolean>();
                            var holder =
                                    g.spawn(() ->
                                            db.transaction(tx -> {
                                                held.complete(true);
                                                release.await();
                                            }));
                            held.await();
                            var first = g.spawn(() -> db.queryOne(Long.class, "select 1"));
                            var second = g.spawn(() -> db.queryOne(Long.class, "select 2"));
                            Heddle.checkpoint();
                            // The holder gives the place to the first, who has not run yet when it
                            // is cancelled.
                            g.spawn(() -> {
                                holder.await();
                                first.cancel();
                            });
                            release.complete(null);
                            assertThat(second.await()).isEqualTo(2L);
                        }));
    }

    @Test
    void aCancelledCallerDoesNotBegin() throws Exception {
        InMemory.with(
                ONE,
                db -> {
                    db.update("create table t (id int primary key)");
                    Heddle.scope(scope -> {
                        scope.cancel();
                        assertThatThrownBy(() -> db.update("insert into t values (1)"))
                                .isInstanceOf(Cancelled.class);
                        return null;
                    });
                    assertThat(db.queryOne(Long.class, COUNT)).isZero();
                });
    }

    @Test
    void cancellationAtAnyMomentLosesNoConnection() throws Exception {
        InMemory.with(
                DatabaseLimits.DEFAULT.withConnections(2),
                db -> {
                    db.update("create table t (id bigint auto_increment primary key)");
                    for (int round = 0; round < 200; round++) {
                        int turns = round % 20;
                        Heddle.group(g -> {
                            for (int i = 0; i < 4; i++) {
                                g.spawn(() ->
                                        db.transaction(tx -> {
                                            tx.update("insert into t default values");
                                            tx.update("delete from t");
                                        }));
                            }
                            for (int i = 0; i < turns; i++) {
                                Heddle.sleep(Duration.ofNanos(50_000));
                            }
                            g.cancel();
                        });
                        assertThat(db.queryOne(Long.class, COUNT)).isZero();
                    }
                    // Both places still work, at the same time.
                    db.transaction(one -> {
                        db.transaction(two -> {
                            assertThat(one.queryOne(Long.class, "select 1")).isEqualTo(1L);
                            assertThat(two.queryOne(Long.class, "select 2")).isEqualTo(2L);
                        });
                    });
                });
    }
}
