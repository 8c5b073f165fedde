package dev.heddle;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A variable of which every task has its own value: who is logged in, which request this is. Meant
/// for `static final` fields.
///
/// ```java
/// static final ContextVar<String> USER = ContextVar.of("user", "nobody");
///
/// void handle() {
///     USER.with("ada", () -> group(g -> {
///         g.spawn(() -> println(USER.get())); // ada
///     }));
///     println(USER.get()); // nobody
/// }
/// ```
///
/// What inherits, and when:
///
/// - A **task** begins with the values that its spawner has at the spawn. What either sets later is
///   its own.
/// - A **callback** (`callSoon`, `callLater`, `onDone`) runs with the values at the time it was
///   scheduled; what it sets is gone when it returns.
/// - **Offloaded** work runs with the values of its task; what it sets is gone when it returns.
/// - A **generator** or a [Coroutine] has no values of its own: it sees those of whoever resumes
///   it, each time, and what it sets stays with that one. A `yield` inside [#with] is refused,
///   since the value would stay with the caller.
/// - A thread outside of any loop has values, too; what it spawns inherits them. A virtual thread
///   that foreign code has started inside a task begins with none.
///
/// The relation to what the JDK has: a [ThreadLocal] is a task's own, because each task is a
/// thread, but nobody inherits it; an [InheritableThreadLocal] is copied at the spawn of a task,
/// and reaches neither callbacks nor workers. A [ScopedValue] holds for the body it was bound
/// around, on the task's own stack, and is inherited by no task. To carry thread-locals of other
/// libraries along, see [ContextBridge].
///
/// A task without values holds nothing; a spawn copies one reference; setting a value copies as
/// many references as there are values. May be used in any thread.
///
/// @param <T> the value's type
public final class ContextVar<T extends @Nullable Object> {
    private final String name;

    /// [Context#NOTHING] if there is none.
    private final @Nullable Object initial;

    private ContextVar(String name, @Nullable Object initial) {
        this.name = name;
        this.initial = initial;
    }

    /// Declares a variable without a default.
    ///
    /// @param <T> the value's type
    /// @param name for messages
    /// @return the variable
    public static <T extends @Nullable Object> ContextVar<T> of(String name) {
        return new ContextVar<>(name, Context.NOTHING);
    }

    /// Declares a variable with a value for those who have none.
    ///
    /// @param <T> the value's type
    /// @param name for messages
    /// @param initial the default, shared by all
    /// @return the variable
    public static <T extends @Nullable Object> ContextVar<T> of(String name, T initial) {
        return new ContextVar<>(name, initial);
    }

    /// The caller's value, or the default.
    ///
    /// @return the value
    /// @throws NoSuchElementException if there is neither
    public T get() {
        Object value = Context.current().find(this);
        if (value == Context.NOTHING) {
            value = initial;
            if (value == Context.NOTHING) {
                throw new NoSuchElementException(
                        this
                                + " has no value here, and no default. Set it before, or spawn the"
                                + " task where it is set.");
            }
        }
        return typed(value);
    }

    /// The caller's value, or another; the default does not count.
    ///
    /// @param other what to return if none was set
    /// @return the value
    public T orElse(T other) {
        Object value = Context.current().find(this);
        return value == Context.NOTHING ? other : typed(value);
    }

    /// Whether the caller has a value; the default does not count.
    ///
    /// @return true if it was set, here or where the caller inherits from
    public boolean isSet() {
        return Context.current().find(this) != Context.NOTHING;
    }

    /// Sets the caller's value, until it sets another or ends. Where that is too long, use [#with].
    ///
    /// @param value the value
    public void set(T value) {
        Context now = Context.current();
        Context.become(now.with(this, value, now.depth()));
    }

    /// Runs a body with a value, and puts back what was there before. Other variables that the body
    /// sets keep their values.
    ///
    /// @param <R> what the body returns
    /// @param <X> the checked exception it may throw
    /// @param value the value
    /// @param body what to do
    /// @return the result of the body
    /// @throws X if the body fails
    public <R extends @Nullable Object, X extends Exception> R with(T value, Body<R, X> body)
            throws X {
        Context before = Context.current();
        Object old = before.find(this);
        Context.become(before.with(this, value, before.depth() + 1));
        try {
            return body.run();
        } finally {
            Context.become(Context.current().with(this, old, before.depth()));
        }
    }

    /// Runs a body that returns nothing with a value. See [#with(Object, Body)].
    ///
    /// @param <X> the checked exception the body may throw
    /// @param value the value
    /// @param body what to do
    /// @throws X if the body fails
    public <X extends Exception> void with(T value, Action<X> body) throws X {
        this.<@Nullable Void, X>with(
                value,
                () -> {
                    body.run();
                    return null;
                });
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only this object's methods put values there
    private T typed(@Nullable Object value) {
        return (T) value;
    }

    @Override
    public String toString() {
        return "context variable \"" + name + "\"";
    }
}
