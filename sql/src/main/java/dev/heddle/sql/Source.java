package dev.heddle.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Where connections come from.
final class Source {
    private final String url;
    private final Properties credentials = new Properties();

    Source(String url, String user, String password) {
        this.url = url;
        if (!user.isEmpty()) {
            credentials.setProperty("user", user);
            credentials.setProperty("password", password);
        }
    }

    /// Opens a connection. On a worker.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, credentials);
    }

    boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    /// The URL without what may be secret.
    @Override
    public String toString() {
        int end = url.length();
        for (char separator : new char[] {'?', ';'}) {
            int at = url.indexOf(separator);
            end = at < 0 ? end : Math.min(end, at);
        }
        return url.substring(0, end);
    }
}
