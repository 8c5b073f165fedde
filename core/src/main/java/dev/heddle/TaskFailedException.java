package dev.heddle;

/// A task failed with a checked exception, which is the cause of this one. (Unchecked exceptions
/// and errors of a task arrive as themselves.)
public final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskFailedException(Throwable cause) {
        super(describe(cause), cause);
    }

    /// What `toString` says, or what it fails with: a failure that cannot describe itself must not
    /// keep its group from ending.
    static String describe(Throwable failure) {
        try {
            return failure.toString();
        } catch (Throwable second) {
            return failure.getClass().getName()
                    + " (whose toString fails with "
                    + second.getClass().getName()
                    + ")";
        }
    }
}
