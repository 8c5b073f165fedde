package dev.heddle.sql.planted;

import dev.heddle.http.planted.Request;

/// Breaks every rule of `ArchitectureTest`, which must notice.
public final class AbstractQueryManager {
    /// Closes the cycle.
    public Request request = new Request();

    /// Prints, which a library must not.
    public void fail(Exception failure) {
        System.out.println(request);
        failure.printStackTrace();
    }
}
