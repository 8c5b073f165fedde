package dev.heddle.web;

import dev.heddle.http.Headers;
import dev.heddle.http.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What a client says it has already, and in which codings it takes the rest (RFC 9110).
final class Negotiation {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private Negotiation() {}

    static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant);
    }

    /// Whether `If-None-Match` names this entity tag, or any.
    ///
    /// @param etag with its quotes, strong
    static boolean hasTag(Request request, String etag) {
        for (String tag : elements(request.headers(), "If-None-Match")) {
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    /// Whether what the client has is as new as this. `If-None-Match`, where it is there, decides
    /// alone.
    ///
    /// @param etag with its quotes, strong
    /// @param modified when the content was last changed
    static boolean isFresh(Request request, String etag, Instant modified) {
        if (request.headers().contains("If-None-Match")) {
            return hasTag(request, etag);
        }
        String since = request.header("If-Modified-Since");
        if (since == null) {
            return false;
        }
        try {
            Instant known =
                    ZonedDateTime.parse(since, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return modified.getEpochSecond() <= known.getEpochSecond();
        } catch (DateTimeException e) {
            return false; // a date that nobody can read is as none
        }
    }

    /// Whether the client takes gzip: named, or by a star, and not with a weight of zero.
    static boolean takesGzip(Request request) {
        boolean star = false;
        for (String element : elements(request.headers(), "Accept-Encoding")) {
            int semicolon = element.indexOf(';');
            String coding =
                    (semicolon < 0 ? element : element.substring(0, semicolon))
                            .strip()
                            .toLowerCase(Locale.ROOT);
            boolean wanted = semicolon < 0 || !isZero(element.substring(semicolon + 1));
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return wanted;
            }
            star |= coding.equals("*") && wanted;
        }
        return star;
    }

    private static boolean isZero(String weight) {
        String text = weight.replace(" ", "").toLowerCase(Locale.ROOT);
        return text.startsWith("q=0") && text.chars().skip(2).allMatch(c -> c == '0' || c == '.');
    }

    /// The elements of a list; commas in entity tags do occur, but ours have none.
    private static List<String> elements(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .toList();
    }
}
