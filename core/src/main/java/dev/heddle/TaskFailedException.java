package dev.heddle;

/// A task failed with a checked exception, which is the cause of this one. (Unchecked exceptions
/// and errors of a task arrive as themselves.)
public final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskFailedException(Throwable cause) {
        super(cause.toString(), cause);
    }
}
