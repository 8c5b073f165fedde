package dev.heddle.http;

/// An answer other than success, thrown from wherever it is found out.
///
/// Not logged: it is the client's to mend.
public final class HttpException extends RuntimeException {
    private final int status;

    /// A refusal.
    ///
    /// @param status the status to answer with, from 400 to 599
    /// @param message what the client sees as the body, as plain text
    /// @throws IllegalArgumentException if the status is out of its range
    public HttpException(int status, String message) {
        super(message, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException(
                    "an HttpException's status is from 400 to 599, not " + status);
        }
        this.status = status;
    }

    /// The status to answer with.
    ///
    /// @return from 400 to 599
    public int status() {
        return status;
    }

    /// What the client sees.
    ///
    /// @return the message given to the constructor
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
