package dev.heddle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the static methods of [Heddle] do with scopes, on the caller's own stack.
final class Scopes {
    private Scopes() {}

    static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, Body<T, X> body) throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor("timeout"), false);
        try {
            scope.cancelAfter(limit);
            return body.run();
        } catch (Throwable thrown) {
            if (scope.consumes(thrown) && scope.timedOut()) {
                throw new TimeoutException(limit, thrown);
            }
            throw thrown;
        } finally {
            scope.exit();
        }
    }

    static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body) throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor("shield"), true);
        try {
            return body.run();
        } finally {
            scope.exit();
        }
    }

    static <T extends @Nullable Object, X extends Exception> T shield(
            Duration limit, Body<T, X> body) throws X {
        CancelScope scope = CancelScope.enter(Task.currentFor("shield"), true);
        try {
            scope.cancelAfter(limit);
            return body.run();
        } catch (Throwable thrown) {
            if (scope.consumes(thrown) && scope.timedOut()) {
                throw new TimeoutException(limit, thrown);
            }
            throw thrown;
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
