package dev.heddle;

import java.time.Duration;

/// A [Heddle#timeout] has cut its body.
///
/// Unchecked, unlike the JDK's exception of the same name: a deadline is a matter of whoever set
/// it, not of everything in between.
public final class TimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;

    TimeoutException(Duration limit, Throwable cut) {
        super("not done within " + readable(limit), cut);
        this.limit = limit;
    }

    /// The time that the body had.
    ///
    /// @return the duration given to [Heddle#timeout]
    public Duration limit() {
        return limit;
    }

    private static String readable(Duration limit) {
        return limit.isPositive()
                        && limit.compareTo(Duration.ofSeconds(10)) < 0
                        && limit.toNanosPart() % 1_000_000 == 0
                ? limit.toMillis() + " ms"
                : limit.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
