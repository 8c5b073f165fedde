package dev.heddle.benchmarks.peers;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The answer that every HTTP server in the comparison gives to `GET /`, besides its name.
final class Answer {
    static final String BODY = "Hello, World!";
    static final String CONTENT_TYPE = "text/plain";

    /// How often a server makes its Date header anew, instead of formatting one for each request.
    static final int DATE_SECONDS = 1;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Answer() {}

    /// The value of the Date header at this moment, as HTTP wants it.
    static String date() {
        return DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
