package dev.heddle.sql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Knows how the rows of a result become values, once its columns are known.
@FunctionalInterface
interface Rows<T extends @Nullable Object> {
    RowMapper<T> mapper(ResultSetMetaData columns) throws SQLException;

    static <T> Rows<T> to(Class<T> type) {
        if (type.isRecord()) {
            return columns -> RecordMapper.of(type, columns);
        }
        if (!Columns.knows(type)) {
            throw new IllegalArgumentException(
                    "rows cannot become "
                            + type.getName()
                            + ", which is neither a record nor the type of a column: use a record"
                            + " or a RowMapper");
        }
        return columns ->
                row -> {
                    T value = type.cast(Columns.read(row, 1, type));
                    if (value == null) {
                        throw new SqlException(
                                "column %s is null, which %s cannot be: use a record or a RowMapper"
                                        .formatted(
                                                columns.getColumnLabel(1), type.getSimpleName()));
                    }
                    return value;
                };
    }
}
