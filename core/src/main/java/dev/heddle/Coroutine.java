package dev.heddle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A function that pauses in the middle, hands a value out, and goes on with a value handed in:
/// with all its state, as often as it likes.
///
/// It runs on the stack of whoever resumes it, inside a loop or outside of any. In a task it may
/// suspend, which suspends the task.
///
/// ```java
/// var average = Coroutine.<Double, Double>of(c -> {
///     double sum = 0;
///     for (int n = 0; ; ) {
///         double x = c.yield(n == 0 ? 0 : sum / n);
///         sum += x;
///         n++;
///     }
/// });
/// average.start();
/// average.send(10.0); // 10.0
/// average.send(20.0); // 15.0
/// average.close();    // runs the body's finally
/// ```
///
/// One that is abandoned in the middle is collected like any object; its `finally` blocks run only
/// if it is closed. Not for concurrent use: resuming it from two threads, or from within itself, is
/// refused.
///
/// @param <I> what is sent in
/// @param <O> what is handed out
public final class Coroutine<I extends @Nullable Object, O extends @Nullable Object>
        implements AutoCloseable {
    /// The body of a coroutine.
    ///
    /// @param <I> what is sent in
    /// @param <O> what is handed out
    @FunctionalInterface
    public interface Routine<I extends @Nullable Object, O extends @Nullable Object> {
        /// Runs from the first resumption to the end.
        ///
        /// @param self where to pause
        /// @throws Exception if the body fails; the one who resumed it gets the exception
        void run(Pause<I, O> self) throws Exception;
    }

    /// Where the body of a coroutine pauses.
    ///
    /// @param <I> what is sent in
    /// @param <O> what is handed out
    public interface Pause<I extends @Nullable Object, O extends @Nullable Object> {
        /// Hands a value out and pauses until the next [Coroutine#send]. Not inside a scope, such
        /// as the body of a `timeout`, or a [ContextVar#with(Object, Body)] that was opened since:
        /// it would go on around the caller.
        ///
        /// @param value the value
        /// @return what was sent
        /// @throws IllegalStateException if called from outside of the body, or inside a scope
        @SuppressWarnings("NamedLikeContextualKeyword") // the word of the field, and Java takes it
        I yield(O value);
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Coroutine.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// ```
    /// NEW ──start──▶ RUNNING ◀──send, raise, close──▶ PAUSED
    ///  │                │ returns or throws
    ///  └──close──▶ ENDED ◀┘
    /// ```
    ///
    /// Guard: compare-and-set to RUNNING; whoever has set it owns all fields below until it sets
    /// another state.
    @SuppressWarnings("unused")
    private volatile int state = NEW;

    private static final int NEW = 0;
    private static final int PAUSED = 1;
    private static final int RUNNING = 2;
    private static final int ENDED = 3;

    private final Object continuation;

    private @Nullable Object in;
    private @Nullable Object out;
    private @Nullable Throwable thrownIn;
    private @Nullable Throwable failure;
    private @Nullable CancelScope scopeAtResumption;
    private int depthAtResumption;

    private Coroutine(Routine<I, O> body) {
        this.continuation = Continuations.of(() -> runBody(body));
    }

    /// Makes a coroutine. Nothing runs before [#start].
    ///
    /// @param <I> what is sent in
    /// @param <O> what is handed out
    /// @param body what it does
    /// @return the coroutine
    public static <I extends @Nullable Object, O extends @Nullable Object> Coroutine<I, O> of(
            Routine<I, O> body) {
        return new Coroutine<>(body);
    }

    /// Runs the body to its first pause.
    ///
    /// @return the first value
    /// @throws NoSuchElementException if the body ends without a pause
    /// @throws IllegalStateException if it was started before
    public O start() {
        if (!startIfValue()) {
            throw ended();
        }
        return value();
    }

    /// Runs the body to its next pause.
    ///
    /// @param value what its `yield` returns
    /// @return the next value
    /// @throws NoSuchElementException if the body ends instead
    /// @throws IllegalStateException if it has not been started, has ended, or runs
    public O send(I value) {
        if (!resume(PAUSED, value, null)) {
            throw ended();
        }
        return value();
    }

    /// Lets the body's `yield` throw, and runs it to its next pause.
    ///
    /// @param failure what `yield` throws
    /// @return the next value, if the body caught the failure
    /// @throws NoSuchElementException if the body ends instead
    /// @throws IllegalStateException if it has not been started, has ended, or runs
    public O raise(Throwable failure) {
        if (!resume(PAUSED, null, failure)) {
            throw ended();
        }
        return value();
    }

    /// Ends the body where it pauses: its `finally` blocks run. Does nothing when it has ended.
    ///
    /// @throws IllegalStateException if it runs, or if it pauses again instead of ending
    @Override
    public void close() {
        if (STATE.compareAndSet(this, NEW, ENDED) || state == ENDED) {
            return;
        }
        if (resume(PAUSED, null, new Closed())) {
            throw new IllegalStateException(
                    "the coroutine has paused again in spite of being closed: let what its yield"
                            + " throws pass");
        }
    }

    /// Whether the body has returned, thrown, or was closed.
    ///
    /// @return true if it cannot be resumed any more
    public boolean isDone() {
        return state == ENDED;
    }

    /// Runs the body to its first pause, or to its end: then false.
    boolean startIfValue() {
        return resume(NEW, null, null);
    }

    boolean sendIfValue(I value) {
        return resume(PAUSED, value, null);
    }

    boolean isNew() {
        return state == NEW;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // put there by yield, and as nullable as O
    O value() {
        return (O) out;
    }

    private static NoSuchElementException ended() {
        return new NoSuchElementException("the coroutine has ended");
    }

    /// Resumes the body.
    ///
    /// @return whether it has paused, with a value
    private boolean resume(int expected, @Nullable Object value, @Nullable Throwable thrown) {
        if (!STATE.compareAndSet(this, expected, RUNNING)) {
            throw refusal(expected);
        }
        in = value;
        thrownIn = thrown;
        Task<?> task = Task.current();
        scopeAtResumption = task == null ? null : task.scope;
        depthAtResumption = Context.current().depth();
        Continuations.run(continuation);
        in = null;
        thrownIn = null;
        scopeAtResumption = null;
        boolean paused = !Continuations.isDone(continuation);
        Throwable failed = failure;
        failure = null;
        state = paused ? PAUSED : ENDED;
        if (failed != null && !(failed instanceof Closed)) {
            throw Scopes.<RuntimeException>sneaky(failed);
        }
        return paused;
    }

    private RuntimeException refusal(int expected) {
        return switch (state) {
            case RUNNING ->
                    new IllegalStateException(
                            "the coroutine runs: it cannot be resumed from within itself, nor from"
                                    + " two threads at once");
            case NEW -> new IllegalStateException("the coroutine has not been started: call start");
            case PAUSED -> new IllegalStateException("the coroutine has been started already");
            default -> expected == PAUSED ? ended() : new IllegalStateException("it has ended");
        };
    }

    private void runBody(Routine<I, O> body) {
        try {
            body.run(this::pause);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // put there by send, and as nullable as I
    private I pause(O value) {
        if (state != RUNNING) {
            throw new IllegalStateException("yield was called outside of the coroutine's body");
        }
        Task<?> task = Task.current();
        if (task != null && task.scope != scopeAtResumption) {
            throw new IllegalStateException(
                    "yield inside a scope (timeout, shield, scope or group) that the body has"
                            + " opened: the scope would go on around the caller. Open it around a"
                            + " piece of work without a yield.");
        }
        if (Context.current().depth() != depthAtResumption) {
            throw new IllegalStateException(
                    "yield inside ContextVar.with, which the body has opened: the value would stay"
                            + " with the caller. Open it around a piece of work without a yield.");
        }
        out = value;
        Continuations.pause();
        Throwable thrown = thrownIn;
        if (thrown != null) {
            thrownIn = null;
            throw Scopes.<RuntimeException>sneaky(thrown);
        }
        return (I) in;
    }

    /// What `yield` throws when the coroutine is closed. Not an exception, so that it is not caught
    /// by accident.
    private static final class Closed extends Error {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("the coroutine was closed", null, false, false);
        }
    }
}
