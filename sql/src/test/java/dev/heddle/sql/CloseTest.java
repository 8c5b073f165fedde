package dev.heddle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class CloseTest {
    @Test
    void useAfterCloseSaysSo() throws Exception {
        InMemory.with(db -> {
            db.close();
            assertThatThrownBy(() -> db.queryOne(Long.class, "select 1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
            assertThatThrownBy(() -> db.transaction(tx -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
        });
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        InMemory.with(db -> {
            db.close();
            db.close();
        });
    }

    @Test
    void closingWaitsForWhatRuns() throws Exception {
        InMemory.with(db -> {
            var release = new Promise<Void>();
            var held = new Promise<Boolean>();
            Heddle.group(g -> {
                var running =
                        g.spawn(() ->
                                db.<Long, RuntimeException>transaction(tx -> {
                                    held.complete(true);
                                    release.await();
                                    return tx.queryOne(Long.class, "select 3");
                                }));
                held.await();
                var closing = g.spawn(db::close);
                Heddle.checkpoint();
                Heddle.checkpoint();
                assertThat(closing.isDone()).isFalse();
                release.complete(null);
                closing.await();
                assertThat(running.await()).isEqualTo(3L);
            });
        });
    }

    @Test
    void whatDoesNotEndInTimeIsCut() throws Exception {
        var limits = DatabaseLimits.DEFAULT.withClose(Duration.ofMillis(30));
        InMemory.with(
                limits,
                db -> {
                    SlowFunctions.into(db);
                    Heddle.group(g -> {
                        var slow =
                                g.spawn(() ->
                                        assertThatThrownBy(() ->
                                                        db.query(
                                                                Long.class,
                                                                SlowFunctions.FOR_HOURS))
                                                .isInstanceOf(IllegalStateException.class)
                                                .hasMessageContaining("was closed while this ran"));
                        SlowFunctions.begun.await();
                        db.close();
                        slow.await();
                    });
                });
    }

    @Test
    void whoWaitsInLineIsSentHome() throws Exception {
        var limits = DatabaseLimits.DEFAULT.withConnections(1);
        InMemory.with(
                limits,
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
                            var waits =
                                    g.spawn(() ->
                                            assertThatThrownBy(() ->
                                                            db.queryOne(Long.class, "select 1"))
                                                    .isInstanceOf(IllegalStateException.class)
                                                    .hasMessageContaining("is closed"));
                            Heddle.checkpoint();
                            var closing = g.spawn(db::close);
                            waits.await();
                            release.complete(null);
                            closing.await();
                        }));
    }

    @Test
    void aCancelledTaskCanClose(@TempDir Path folder) throws Exception {
        InMemory.inTask(() -> {
            var file = folder.resolve("db");
            Heddle.scope(scope -> {
                try (Database db = Database.h2(file)) {
                    db.update("create table t (id int)");
                    scope.cancel();
                }
                return null;
            });
            // Were it open still, this would be refused or would see no table.
            try (Database db = Database.h2(file)) {
                assertThat(db.queryOne(Long.class, "select count(*) from t")).isZero();
            }
        });
    }
}
