package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The header fields that every response of a server has, `Date` and `Server`, as bytes that are
/// made once a second. Owner: the loop thread.
final class CommonFields {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final String server;
    private byte[] bytes = {};

    /// The next second, on the loop's clock.
    private long dueAt;

    CommonFields(String serverName) {
        this.server = serverName.isEmpty() ? "" : "Server: " + serverName + "\r\n";
    }

    /// @param now the time of the loop's clock
    byte[] at(long now) {
        if (now - dueAt >= 0 || bytes.length == 0) {
            ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC);
            String text = DATE.format(date);
            bytes = ("Date: " + text + "\r\n" + server).getBytes(ISO_8859_1);
            dueAt = now + 1_000_000_000L - date.getNano();
        }
        return bytes;
    }
}
