package dev.heddle;

/// A call that a loop will make later; see [EventLoop#callLater].
public interface TimerHandle {
    /// Takes the call back; does nothing when it has been made. From any thread; from outside of
    /// the loop it takes effect at the loop's next turn.
    void cancel();
}
