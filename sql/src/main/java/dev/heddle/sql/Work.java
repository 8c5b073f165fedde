package dev.heddle.sql;

import org.jspecify.annotations.Nullable;

/// Something to do with a connection, on a worker.
@FunctionalInterface
interface Work<T extends @Nullable Object> {
    T run(Session session) throws Exception;
}
