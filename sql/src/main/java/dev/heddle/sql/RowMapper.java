package dev.heddle.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Makes a value of the row that a result set stands on.
///
/// Runs on a worker: it cannot suspend, and must not touch what belongs to the loop.
///
/// @param <T> what a row becomes
@FunctionalInterface
public interface RowMapper<T extends @Nullable Object> {
    /// Maps one row.
    ///
    /// @param row stands on the row; not to be moved or kept
    /// @return the value
    /// @throws SQLException if the driver says so
    T map(ResultSet row) throws SQLException;
}
