package dev.heddle.sync;

import dev.heddle.Task;

/// The caller's task, or an error that says what to do.
final class Tasks {
    private Tasks() {}

    static Task<?> current(String operation) {
        Task<?> task = Task.current();
        if (task == null) {
            throw new IllegalStateException(
                    operation
                            + " is for tasks, and thread \""
                            + Thread.currentThread().getName()
                            + "\" is not in one. Call it inside Heddle.run(() -> …).");
        }
        return task;
    }
}
