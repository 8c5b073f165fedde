package dev.heddle.examples;

/// The arguments of an [Example] make no sense. The message is for the user.
public final class BadArgumentsException extends Exception {
    BadArgumentsException(String message) {
        super(message);
    }
}
