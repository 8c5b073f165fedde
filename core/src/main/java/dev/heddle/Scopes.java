package dev.heddle;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the static methods of [Heddle] do with scopes, on the caller's own stack.
final class Scopes {
    private Scopes() {}

    static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, ScopeBody<T, X> body) throws X {
        return limited("timeout", false, limit, body);
    }

    static <T extends @Nullable Object, X extends Exception> T shield(
            Duration limit, Body<T, X> body) throws X {
        return limited("shield", true, limit, scope -> body.run());
    }

    private static <T extends @Nullable Object, X extends Exception> T limited(
            String operation, boolean shield, Duration limit, ScopeBody<T, X> body) throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor(operation), shield);
        try {
            scope.cancelAfter(limit);
            return body.run(scope);
        } catch (Throwable thrown) {
            if (scope.consumes(thrown) && scope.timedOut()) {
                Duration last = scope.limit();
                throw new TimeoutException(last == null ? limit : last, thrown);
            }
            throw thrown;
        } finally {
            scope.exit();
        }
    }

    static <T, X extends Exception> Optional<T> moveOnAfter(Duration limit, Body<T, X> body)
            throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor("moveOnAfter"), false);
        try {
            scope.cancelAfter(limit);
            return Optional.of(body.run());
        } catch (Throwable thrown) {
            if (scope.consumes(thrown)) {
                return Optional.empty();
            }
            throw thrown;
        } finally {
            scope.exit();
        }
    }

    static <X extends Exception> boolean moveOnAfter(Duration limit, Action<X> body) throws X {
        return Scopes.<Boolean, X>moveOnAfter(
                        limit,
                        () -> {
                            body.run();
                            return true;
                        })
                .isPresent();
    }

    static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body) throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor("shield"), true);
        try {
            return body.run();
        } finally {
            scope.exit();
        }
    }

    static <T extends @Nullable Object, X extends Exception> @Nullable T scope(ScopeBody<T, X> body)
            throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor("scope"), false);
        try {
            return body.run(scope);
        } catch (Throwable thrown) {
            if (scope.consumes(thrown)) {
                return null;
            }
            throw thrown;
        } finally {
            scope.exit();
        }
    }

    /// Throws anything, past the compiler: for failures whose type was checked where they were
    /// caught.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
