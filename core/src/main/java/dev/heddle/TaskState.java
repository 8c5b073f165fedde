package dev.heddle;

/// How far a [Task] has come.
public enum TaskState {
    /// Not ended: it runs, waits, or has not had its first turn.
    ALIVE,
    /// Its body has returned.
    DONE,
    /// Its body has thrown.
    FAILED,
    /// It was cancelled, and ended by that.
    CANCELLED
}
