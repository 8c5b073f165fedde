package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// The header fields that every response of a server has, `Date` and `Server`, as bytes that are
/// made once a second. Owner: the loop thread.
final class CommonFields {
    // Not by a DateTimeFormatter: its first use looks for locales, and holds the loop for long.
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

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
            bytes = ("Date: " + format(date) + "\r\n" + server).getBytes(ISO_8859_1);
            dueAt = now + 1_000_000_000L - date.getNano();
        }
        return bytes;
    }

    /// The format of RFC 9110, 5.6.7.
    static String format(ZonedDateTime date) {
        StringBuilder text = new StringBuilder(29);
        text.append(DAYS[date.getDayOfWeek().getValue() - 1]).append(", ");
        twoDigits(text, date.getDayOfMonth()).append(' ');
        text.append(MONTHS[date.getMonthValue() - 1]).append(' ').append(date.getYear());
        twoDigits(text.append(' '), date.getHour());
        twoDigits(text.append(':'), date.getMinute());
        twoDigits(text.append(':'), date.getSecond());
        return text.append(" GMT").toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
