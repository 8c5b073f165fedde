package dev.heddle.http.planted;

import dev.heddle.sql.planted.AbstractQueryManager;

/// The other half of the cycle that `ArchitectureTest` must notice.
public final class Request {
    /// Points back.
    public AbstractQueryManager manager;
}
