package dev.heddle;

/// Thrown by every suspension point of a cancelled [CancelScope], again and again until the scope
/// is left.
///
/// An [Error], so that `catch (Exception e)` does not swallow it. Swallowing it all the same
/// changes nothing: the next suspension point throws again. Let it pass; clean up in `finally`, and
/// in a [Heddle#shield] where the clean-up itself has to wait.
public final class Cancelled extends Error {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a scope means nothing outside of its process
    private final transient CancelScope origin;

    Cancelled(CancelScope origin) {
        super(origin.describeCause());
        this.origin = origin;
    }

    /// The scope that was cancelled; leaving it consumes this error.
    ///
    /// @return the scope
    public CancelScope scope() {
        return origin;
    }
}
