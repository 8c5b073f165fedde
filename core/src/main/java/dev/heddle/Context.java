package dev.heddle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values that one task has of all [ContextVar]s. Immutable, so that inheriting is to copy a
/// reference.
///
/// An array that is searched from its start: programs have a handful of variables, and to look
/// through ten costs less than one hash. Setting copies it.
final class Context {
    /// No value, as against the value null.
    static final Object NOTHING = new Object();

    static final Context EMPTY = new Context(new Object[0], 0, null);

    /// For threads that are no tasks: workers, and whatever is outside.
    private static final ThreadLocal<@Nullable Context> OF_THREAD = new ThreadLocal<>();

    /// Variable and value, in turn.
    private final @Nullable Object[] entries;

    /// How many [ContextVar#with] the caller is in; lets a generator see that it opened one.
    private final int depth;

    /// What bridges carry along, until the one who inherits has taken it.
    private final @Nullable Carried carried;

    private Context(@Nullable Object[] entries, int depth, @Nullable Carried carried) {
        this.entries = entries;
        this.depth = depth;
        this.carried = carried;
    }

    /// The caller's context.
    static Context current() {
        LoopThread carrier = LoopThread.carrier();
        if (carrier != null) {
            Task<?> task = carrier.current;
            return task == null ? EMPTY : task.context;
        }
        Context found = OF_THREAD.get();
        return found == null ? EMPTY : found;
    }

    /// Gives the caller another context.
    static void become(Context context) {
        Task<?> task = Task.current();
        if (task != null) {
            task.context = context;
        } else if (context == EMPTY) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(context);
        }
    }

    /// The caller's context, to be inherited. Calls the bridges, so not on the carrier.
    static Context capture() {
        Context now = current();
        Carried carried = Carried.capture();
        return carried == null ? now : new Context(now.entries, now.depth, carried);
    }

    /// Makes this captured context the caller's, thread-locals included.
    void enter() {
        if (carried == null) {
            become(this);
        } else {
            become(new Context(entries, depth, null));
            carried.restore();
        }
    }

    /// Undoes [#enter] on a thread that others will use after this.
    void leave() {
        become(EMPTY);
        if (carried != null) {
            carried.clear();
        }
    }

    /// The value of a variable, [#NOTHING] if it has none.
    @Nullable Object find(ContextVar<?> variable) {
        int at = indexOf(variable);
        return at < 0 ? NOTHING : entries[at + 1];
    }

    /// This context with another value, or without one if that is [#NOTHING].
    Context with(ContextVar<?> variable, @Nullable Object value, int newDepth) {
        int at = indexOf(variable);
        int length = entries.length;
        @Nullable Object[] changed;
        if (value == NOTHING) {
            if (at < 0) {
                changed = entries;
            } else {
                changed = Arrays.copyOf(entries, length - 2);
                System.arraycopy(entries, at + 2, changed, at, length - 2 - at);
            }
        } else {
            changed = Arrays.copyOf(entries, at < 0 ? length + 2 : length);
            int place = at < 0 ? length : at;
            changed[place] = variable;
            changed[place + 1] = value;
        }
        return changed.length == 0 && newDepth == 0 ? EMPTY : new Context(changed, newDepth, null);
    }

    int depth() {
        return depth;
    }

    private int indexOf(ContextVar<?> variable) {
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] == variable) {
                return i;
            }
        }
        return -1;
    }
}
