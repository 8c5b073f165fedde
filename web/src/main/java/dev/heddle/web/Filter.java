package dev.heddle.web;

import dev.heddle.http.Handler;

/// Puts something around a handler: a check before it, a change of its answer after it, a limit on
/// its time.
///
/// ```java
/// Filter timed = next -> request -> Heddle.timeout(ofSeconds(2), () -> next.handle(request));
/// ```
@FunctionalInterface
public interface Filter {
    /// Makes the handler that stands in front of another. Called before the first request, and
    /// again whenever a filter is added behind this one: the last result counts.
    ///
    /// @param next the handler behind this filter
    /// @return the handler in front; calls `next` at most once for a request
    Handler around(Handler next);

    /// This filter around another.
    ///
    /// @param inner the filter that sees the request later, and its answer earlier
    /// @return both as one
    default Filter then(Filter inner) {
        return next -> around(inner.around(next));
    }
}
