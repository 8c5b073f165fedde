package dev.heddle.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One event of a stream of server-sent events; see [ServerSentEvents].
///
/// ```java
/// out.send(SseEvent.of("tick", "42").withId("1001"));
/// ```
///
/// @param type what listeners in the browser register for; null for the usual `message`
/// @param data what they get: any text, of any number of lines. A carriage return arrives as a line
///   break, as all line breaks arrive as `\n`
/// @param id what the browser sends as `Last-Event-ID` when it comes back; null to leave it as it
///   is
/// @param retry how long the browser waits before it comes back; null to leave it as it is
public record SseEvent(
        @Nullable String type, String data, @Nullable String id, @Nullable Duration retry) {

    /// Checks the fields: what would break out of its line is refused.
    ///
    /// @throws IllegalArgumentException if type or id have a line break, the id a NUL (which
    ///   browsers ignore), or retry is negative
    public SseEvent {
        checkLine("type", type);
        checkLine("id", id);
        if (id != null && id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "an event's id has no NUL: browsers ignore such ids");
        }
        if (retry != null && retry.isNegative()) {
            throw new IllegalArgumentException("retry is zero or more, not " + retry);
        }
    }

    private static void checkLine(String field, @Nullable String value) {
        if (value != null && (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0)) {
            throw new IllegalArgumentException(
                    "an event's "
                            + field
                            + " is one line, and this has a line break: \""
                            + value.replace("\r", "\\r").replace("\n", "\\n")
                            + "\"");
        }
    }

    /// An event of the usual type, `message`.
    ///
    /// @param data any text
    /// @return the event
    public static SseEvent of(String data) {
        return new SseEvent(null, data, null, null);
    }

    /// An event.
    ///
    /// @param type one line of text
    /// @param data any text
    /// @return the event
    /// @throws IllegalArgumentException if the type has a line break
    public static SseEvent of(String type, String data) {
        return new SseEvent(type, data, null, null);
    }

    /// A copy with an id.
    ///
    /// @param newId one line of text; empty to make the browser forget the one it has
    /// @return the copy
    /// @throws IllegalArgumentException if the id has a line break or a NUL
    public SseEvent withId(String newId) {
        return new SseEvent(type, data, newId, retry);
    }

    /// A copy with a time to wait before coming back.
    ///
    /// @param newRetry zero or more; sent in milliseconds
    /// @return the copy
    /// @throws IllegalArgumentException if it is negative
    public SseEvent withRetry(Duration newRetry) {
        return new SseEvent(type, data, id, newRetry);
    }

    /// The event as it is sent.
    String encoded() {
        StringBuilder text = new StringBuilder(data.length() + 32);
        if (type != null) {
            text.append("event: ").append(type).append('\n');
        }
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (retry != null) {
            text.append("retry: ").append(retry.toMillis()).append('\n');
        }
        appendLines(text, "data: ", data);
        return text.append('\n').toString();
    }

    /// Appends each line of a text behind a prefix. Lines end with LF, CR or both, as browsers see
    /// it; an empty text is one line.
    static void appendLines(StringBuilder target, String prefix, String text) {
        int start = 0;
        int length = text.length();
        while (true) {
            int end = start;
            while (end < length && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            target.append(prefix).append(text, start, end).append('\n');
            if (end == length) {
                return;
            }
            boolean both =
                    text.charAt(end) == '\r' && end + 1 < length && text.charAt(end + 1) == '\n';
            start = end + (both ? 2 : 1);
        }
    }
}
