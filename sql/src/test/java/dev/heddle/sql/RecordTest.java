package dev.heddle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordTest {
    enum Colour {
        RED,
        GREEN
    }

    record Everything(
            String someText,
            int number,
            Long boxed,
            boolean flag,
            double ratio,
            BigDecimal price,
            byte[] raw,
            Instant createdAt,
            LocalDate day,
            UUID key,
            Colour colour) {}

    record Pair(int id, String firstName) {}

    record Picky(int id) {
        Picky {
            if (id < 0) {
                throw new IllegalArgumentException("id is negative: " + id);
            }
        }
    }

    record Odd(Thread id) {}

    @Test
    void everyTypeFindsItsColumn() throws Exception {
        InMemory.with(db -> {
            db.update(
                    "create table t (colour varchar, some_text varchar, number int, boxed bigint,"
                            + " flag boolean, ratio double precision, price numeric(10,2), raw"
                            + " varbinary, created_at timestamp(9) with time zone, \"day\" date,"
                            + " \"key\" uuid)");
            var now = Instant.parse("2026-03-04T05:06:07.123456789Z");
            var key = UUID.randomUUID();
            db.update(
                    "insert into t values (?,?,?,?,?,?,?,?,?,?,?)",
                    Colour.GREEN,
                    "täxt",
                    7,
                    null,
                    true,
                    0.5,
                    new BigDecimal("1.25"),
                    new byte[] {1, 2},
                    now,
                    LocalDate.of(2026, 1, 2),
                    key);
            var row = db.queryOne(Everything.class, "select * from t");
            assertThat(row)
                    .usingRecursiveComparison()
                    .isEqualTo(
                            new Everything(
                                    "täxt",
                                    7,
                                    null,
                                    true,
                                    0.5,
                                    new BigDecimal("1.25"),
                                    new byte[] {1, 2},
                                    now,
                                    LocalDate.of(2026, 1, 2),
                                    key,
                                    Colour.GREEN));
        });
    }

    @Test
    void aMissingColumnIsNamedWithComponentAndRecord() throws Exception {
        InMemory.with(db ->
                assertThatThrownBy(() -> db.query(Pair.class, "select 1 as id, 'x' as name"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContainingAll("firstName", "Pair", "ID, NAME", "first_name"));
    }

    @Test
    void anAmbiguousColumnIsAnError() throws Exception {
        InMemory.with(db ->
                assertThatThrownBy(() ->
                                db.query(
                                        Pair.class,
                                        "select 1 as id, 'x' as first_name, 'y' as firstname"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContainingAll("FIRST_NAME", "FIRSTNAME", "firstName", "Pair"));
    }

    @Test
    void nullDoesNotFitAPrimitive() throws Exception {
        InMemory.with(db ->
                assertThatThrownBy(() ->
                                db.query(
                                        Pair.class,
                                        "select cast(null as int) as id, 'x' as first_name"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContainingAll("ID", "int id", "Pair", "COALESCE"));
    }

    @Test
    void aWrongTypeIsNamed() throws Exception {
        InMemory.with(db ->
                assertThatThrownBy(() ->
                                db.query(Pair.class, "select 'seven' as id, 'x' as first_name"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContainingAll("ID", "int id", "Pair", "seven"));
    }

    @Test
    void aNumberThatDoesNotFitIsNotCutOff() throws Exception {
        InMemory.with(db ->
                assertThatThrownBy(() -> db.query(Picky.class, "select 3000000000 as id"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContainingAll("ID", "3000000000"));
    }

    @Test
    void whatTheRecordSaysAgainstItIsPassedOn() throws Exception {
        InMemory.with(db ->
                assertThatThrownBy(() -> db.query(Picky.class, "select -1 as id"))
                        .isInstanceOf(SqlException.class)
                        .hasMessageContainingAll("Picky", "id is negative: -1"));
    }

    @Test
    void aTypeThatNoColumnHasIsRefused() throws Exception {
        InMemory.with(db -> {
            assertThatThrownBy(() -> db.query(Odd.class, "select 1 as id"))
                    .isInstanceOf(SqlException.class)
                    .hasMessageContainingAll("Odd", "java.lang.Thread");
            assertThatThrownBy(() -> db.query(Thread.class, "select 1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.lang.Thread");
        });
    }
}
