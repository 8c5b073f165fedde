package dev.heddle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The line of a program that spawned a task: the innermost frame that is not Heddle's core.
record SpawnSite(@Nullable StackTraceElement frame) {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String CORE = SpawnSite.class.getPackageName() + ".";

    /// Finds the caller's frame. About a microsecond: less than what it saves the first time that a
    /// task fails.
    static SpawnSite here() {
        return WALKER.walk(frames ->
                new SpawnSite(
                        frames.filter(frame -> !isCore(frame.getClassName()))
                                .findFirst()
                                .map(StackWalker.StackFrame::toStackTraceElement)
                                .orElse(null)));
    }

    // Only the classes of this very package: dev.heddle.net spawns tasks of its own.
    private static boolean isCore(String className) {
        return className.startsWith(CORE)
                && className.indexOf('.', CORE.length()) < 0
                && CORE_NAMES.contains(simple(className));
    }

    private static final java.util.Set<String> CORE_NAMES =
            java.util.Set.of(
                    "Heddle",
                    "EventLoop",
                    "EventLoopGroup",
                    "Race",
                    "Runner",
                    "Scopes",
                    "SpawnSite",
                    "Task",
                    "TaskGroup",
                    "Together",
                    "Workforce");

    private static String simple(String className) {
        int nested = className.indexOf('$');
        return className.substring(CORE.length(), nested < 0 ? className.length() : nested);
    }

    /// Adds this place to the end of a failure's trace, where the frames that only started the
    /// thread stand: the reader comes from the task's own frames straight to the line that spawned
    /// it.
    void appendTo(Throwable failure, Task<?> task) {
        StackTraceElement from = frame;
        if (from == null) {
            return;
        }
        StackTraceElement[] trace = failure.getStackTrace();
        if (trace.length == 0) {
            return;
        }
        StackTraceElement last = trace[trace.length - 1];
        if (!last.getClassName().startsWith("java.lang.VirtualThread")) {
            // Already marked by the task it failed in, or thrown on another thread.
            return;
        }
        int own = trace.length;
        while (own > 0 && isStart(trace[own - 1])) {
            own--;
        }
        StackTraceElement[] marked = Arrays.copyOf(trace, own + 1);
        marked[own] =
                new StackTraceElement(
                        task + " spawned in " + from.getClassName(),
                        from.getMethodName(),
                        from.getFileName(),
                        from.getLineNumber());
        failure.setStackTrace(marked);
    }

    private static boolean isStart(StackTraceElement element) {
        String name = element.getClassName();
        return name.startsWith("java.lang.VirtualThread") || name.equals(Task.class.getName());
    }

    @Override
    public String toString() {
        return frame == null ? "an unknown place" : frame.toString();
    }
}
