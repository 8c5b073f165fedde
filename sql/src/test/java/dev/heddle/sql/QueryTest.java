package dev.heddle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {
    @Test
    void whatWasInsertedIsFound() throws Exception {
        InMemory.with(db -> {
            db.update("create table t (id int, name varchar)");
            assertThat(db.update("insert into t values (?, ?), (?, ?)", 1, "a", 2, null))
                    .isEqualTo(2);
            assertThat(db.query(row -> row.getInt(1) + row.getString(2), "select * from t"))
                    .containsExactly("1a", "2null");
        });
    }

    @Test
    void oneColumnBecomesAValue() throws Exception {
        InMemory.with(db -> {
            assertThat(db.queryOne(Long.class, "select 42")).isEqualTo(42L);
            assertThat(
                            db.queryOne(
                                    int.class.equals(Integer.TYPE) ? Integer.class : null,
                                    "select 7"))
                    .isEqualTo(7);
            assertThat(db.query(String.class, "select x from system_range(1, 3)"))
                    .containsExactly("1", "2", "3");
        });
    }

    @Test
    void oneRowMeansOne() throws Exception {
        InMemory.with(db -> {
            assertThatThrownBy(() -> db.queryOne(Long.class, "select x from system_range(1, 2)"))
                    .isInstanceOf(SqlException.class)
                    .hasMessageContaining("at most one row")
                    .hasMessageContaining("system_range");
            assertThatThrownBy(() -> db.queryOne(Long.class, "select x from system_range(1, 0)"))
                    .isInstanceOf(SqlException.class)
                    .hasMessageContaining("none came");
            assertThat(db.queryFirst(Long.class, "select x from system_range(1, 0)")).isEmpty();
        });
    }

    @Test
    void moreRowsThanTheLimitAreAnError() throws Exception {
        InMemory.with(
                DatabaseLimits.DEFAULT.withRows(10),
                db -> {
                    assertThat(db.query(Long.class, "select x from system_range(1, 10)"))
                            .hasSize(10);
                    assertThatThrownBy(
                                    () -> db.query(Long.class, "select x from system_range(1, 11)"))
                            .isInstanceOf(SqlException.class)
                            .hasMessageContaining("more than 10 rows");
                });
    }

    @Test
    void aFailureNamesTheStatementAndItsState() throws Exception {
        InMemory.with(db -> {
            db.update("create table t (id int primary key)");
            db.update("insert into t values (1)");
            assertThatThrownBy(() -> db.update("insert into t values (?)", 1))
                    .isInstanceOfSatisfying(
                            SqlException.class, e -> assertThat(e.state()).isEqualTo("23505"))
                    .hasMessageContaining("insert into t values (?)");
            assertThat(db.queryOne(Long.class, "select count(*) from t")).isEqualTo(1L);
        });
    }

    @Test
    void aBatchCountsAsAWhole() throws Exception {
        InMemory.with(db -> {
            db.update("create table t (id int primary key)");
            List<Object[]> rows =
                    IntStream.range(0, 2_500).mapToObj(i -> new Object[] {i}).toList();
            assertThat(db.batch("insert into t values (?)", rows)).isEqualTo(2_500);
            List<Object[]> twice =
                    List.of(new Object[] {9_000}, new Object[] {9_001}, new Object[] {1});
            assertThatThrownBy(() -> db.batch("insert into t values (?)", twice))
                    .isInstanceOf(SqlException.class);
            assertThat(db.queryOne(Long.class, "select count(*) from t")).isEqualTo(2_500L);
        });
    }

    @Test
    void aDatabaseOnDiskIsThereAgain(@TempDir Path folder) throws Exception {
        InMemory.inTask(() -> {
            try (Database db = Database.h2(folder.resolve("stock"))) {
                db.update("create table t (id int)");
                db.update("insert into t values (5)");
            }
            try (Database db = Database.h2(folder.resolve("stock"))) {
                assertThat(db.query(Integer.class, "select id from t")).containsExactly(5);
            }
        });
        assertThat(folder.resolve("stock.mv.db")).exists();
    }

    @Test
    void outsideOfATaskItSaysWhatToDo() {
        assertThatThrownBy(() -> Database.open("jdbc:h2:mem:nobody"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Heddle.run");
    }

    @Test
    void aUrlThatNoDriverKnowsIsNamedWithoutItsSecrets() throws Exception {
        InMemory.inTask(() ->
                assertThatThrownBy(() -> Database.open("jdbc:nobody:x?password=geheim"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContaining("jdbc:nobody:x"));
    }
}
