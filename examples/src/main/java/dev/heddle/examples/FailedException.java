package dev.heddle.examples;

/// An [Example] cannot do its work. The message is for the user, and says what to do about it; a
/// stack trace would not help.
public final class FailedException extends Exception {
    FailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
