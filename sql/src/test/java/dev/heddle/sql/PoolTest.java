package dev.heddle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolTest {
    @Test
    void twoHundredTasksShareFourConnections() throws Exception {
        InMemory.with(
                DatabaseLimits.DEFAULT.withConnections(4),
                db -> {
                    db.update("create table t (id int primary key, session int)");
                    Heddle.group(g -> {
                        for (int i = 0; i < 200; i++) {
                            int id = i;
                            g.spawn(() ->
                                    db.transaction(tx -> {
                                        tx.update("insert into t values (?, session_id())", id);
                                        Heddle.checkpoint();
                                        assertThat(
                                                        tx.queryOne(
                                                                Integer.class,
                                                                "select session from t where id = ?",
                                                                id))
                                                .isPositive();
                                    }));
                        }
                    });
                    assertThat(db.queryOne(Long.class, "select count(*) from t")).isEqualTo(200L);
                    assertThat(db.queryOne(Long.class, "select count(distinct session) from t"))
                            .isBetween(1L, 4L);
                });
    }

    @Test
    void theLineIsFirstComeFirstServed() throws Exception {
        InMemory.with(
                DatabaseLimits.DEFAULT.withConnections(1),
                db -> {
                    List<Integer> served = new ArrayList<>();
                    Heddle.group(g -> {
                        for (int i = 0; i < 20; i++) {
                            int number = i;
                            g.spawn(() ->
                                    db.transaction(tx -> {
                                        served.add(number);
                                        tx.queryOne(Long.class, "select 1");
                                    }));
                        }
                    });
                    assertThat(served).isEqualTo(IntStream.range(0, 20).boxed().toList());
                });
    }

    @Test
    void whoWaitsTooLongIsToldWhy() throws Exception {
        var limits = DatabaseLimits.DEFAULT.withConnections(1).withAcquire(Duration.ofMillis(30));
        InMemory.with(
                limits,
                db ->
                        db.transaction(outer -> {
                            assertThatThrownBy(() -> db.queryOne(Long.class, "select 1"))
                                    .isInstanceOf(SqlException.class)
                                    .hasMessageContainingAll(
                                            "1 connections", "PT0.03S", "transaction inside");
                            assertThat(outer.queryOne(Long.class, "select 1")).isEqualTo(1L);
                        }));
    }

    @Test
    void theLineIsBounded() throws Exception {
        var limits = DatabaseLimits.DEFAULT.withConnections(1).withWaiting(1);
        InMemory.with(
                limits,
                db ->
                        Heddle.group(g -> {
                            var release = new Promise<Void>();
                            db.transaction(tx -> {
                                var waits = g.spawn(() -> db.queryOne(Long.class, "select 7"));
                                Heddle.checkpoint();
                                assertThatThrownBy(() -> db.queryOne(Long.class, "select 1"))
                                        .isInstanceOf(SqlException.class)
                                        .hasMessageContaining("DatabaseLimits.waiting");
                                assertThat(waits.isDone()).isFalse();
                                release.complete(null);
                            });
                            release.await();
                        }));
    }

    @Test
    void aPoolServesSeveralLoops() throws Exception {
        InMemory.with(
                DatabaseLimits.DEFAULT.withConnections(2),
                db -> {
                    db.update("create table t (id bigint auto_increment primary key)");
                    try (EventLoop other = EventLoop.open("other")) {
                        Heddle.group(g -> {
                            for (int i = 0; i < 50; i++) {
                                g.spawn(() -> db.update("insert into t default values"));
                            }
                            for (int i = 0; i < 50; i++) {
                                var there =
                                        other.spawn(
                                                () -> db.update("insert into t default values"));
                                g.spawn(() -> there.await());
                            }
                        });
                    }
                    assertThat(db.queryOne(Long.class, "select count(*) from t")).isEqualTo(100L);
                });
    }

    /// One loop gives the only place back without end, while on another cancelled tasks come and
    /// go: sooner or later it is given to one that does not wait for it any more.
    @Test
    void aPlaceGivenToOneWhoHasLeftIsPassedOn() throws Exception {
        var limits = DatabaseLimits.DEFAULT.withConnections(1).withAcquire(Duration.ofSeconds(3));
        InMemory.with(
                limits,
                db -> {
                    try (EventLoop other = EventLoop.open("other")) {
                        var busy =
                                other.spawn(() -> {
                                    while (true) {
                                        db.queryOne(Long.class, "select 1");
                                    }
                                });
                        for (int i = 0; i < 20_000; i++) {
                            Heddle.scope(scope -> {
                                scope.cancel();
                                db.update("select 1");
                                return null;
                            });
                        }
                        assertThat(busy.isDone()).isFalse();
                        busy.cancel();
                    }
                    assertThat(db.queryOne(Long.class, "select 2")).isEqualTo(2L);
                });
    }
}
