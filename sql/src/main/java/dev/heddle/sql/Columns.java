package dev.heddle.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads one column as a value of a given type.
final class Columns {
    @FunctionalInterface
    private interface Reader {
        @Nullable Object read(ResultSet row, int column) throws SQLException;
    }

    private static final Map<Class<?>, Reader> READERS =
            Map.ofEntries(
                    Map.entry(String.class, ResultSet::getString),
                    Map.entry(Integer.class, orNull(ResultSet::getInt)),
                    Map.entry(Long.class, orNull(ResultSet::getLong)),
                    Map.entry(Short.class, orNull(ResultSet::getShort)),
                    Map.entry(Byte.class, orNull(ResultSet::getByte)),
                    Map.entry(Double.class, orNull(ResultSet::getDouble)),
                    Map.entry(Float.class, orNull(ResultSet::getFloat)),
                    Map.entry(Boolean.class, orNull(ResultSet::getBoolean)),
                    Map.entry(BigDecimal.class, ResultSet::getBigDecimal),
                    Map.entry(byte[].class, ResultSet::getBytes),
                    Map.entry(Instant.class, Columns::instant),
                    Map.entry(LocalDate.class, as(LocalDate.class)),
                    Map.entry(LocalTime.class, as(LocalTime.class)),
                    Map.entry(LocalDateTime.class, as(LocalDateTime.class)),
                    Map.entry(OffsetDateTime.class, as(OffsetDateTime.class)),
                    Map.entry(UUID.class, as(UUID.class)),
                    Map.entry(Object.class, (row, column) -> row.getObject(column)));

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(
                    int.class, Integer.class,
                    long.class, Long.class,
                    short.class, Short.class,
                    byte.class, Byte.class,
                    double.class, Double.class,
                    float.class, Float.class,
                    boolean.class, Boolean.class);

    private Columns() {}

    static boolean knows(Class<?> type) {
        return type.isEnum() || READERS.containsKey(BOXES.getOrDefault(type, type));
    }

    /// The value of a column, boxed.
    ///
    /// @return null for SQL's NULL, also where `type` is primitive
    static @Nullable Object read(ResultSet row, int column, Class<?> type) throws SQLException {
        if (type.isEnum()) {
            return constant(row.getString(column), type);
        }
        Reader reader = READERS.get(BOXES.getOrDefault(type, type));
        assert reader != null : "knows() was asked before";
        return reader.read(row, column);
    }

    private static Reader orNull(Reader reader) {
        return (row, column) -> {
            Object value = reader.read(row, column);
            return row.wasNull() ? null : value;
        };
    }

    private static Reader as(Class<?> type) {
        return (row, column) -> row.getObject(column, type);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Object constant(@Nullable String name, Class<?> type) {
        if (name == null) {
            return null;
        }
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" is no constant of %s".formatted(name, type.getName()));
    }
}
