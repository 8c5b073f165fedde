package dev.heddle.sql;

import org.jspecify.annotations.Nullable;

/// A statement failed, a row does not fit what it is mapped to, or there was no connection in time.
///
/// The message names the statement, not its parameters, which may be secret. What the driver said
/// is the cause, where there is one.
public final class SqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String state;

    SqlException(String message, @Nullable Throwable cause) {
        super(message, cause);
        state =
                cause instanceof java.sql.SQLException e && e.getSQLState() != null
                        ? e.getSQLState()
                        : "";
    }

    SqlException(String message) {
        this(message, null);
    }

    /// What kind of failure it was, by the SQL standard and the driver: `23505` is a duplicate key.
    ///
    /// @return the five characters of `SQLException.getSQLState`, or an empty string
    public String state() {
        return state;
    }
}
