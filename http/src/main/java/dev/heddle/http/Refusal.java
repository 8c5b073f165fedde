package dev.heddle.http;

/// A message that is not accepted. Nothing behind it on the connection may be looked at.
///
/// @param status what to answer with: 400, 408, 413, 414, 417, 431, 501 or 505
/// @param reason what the client is told
record Refusal(int status, String reason) implements Parsed {
    static Refusal malformed(String reason) {
        return new Refusal(400, reason);
    }

    HttpException toException() {
        return new HttpException(status, reason);
    }
}
