package dev.heddle;

import org.jspecify.annotations.Nullable;

/// Carries the thread-locals of another library along where [ContextVar]s are inherited: into
/// spawned tasks, callbacks and offloaded work.
///
/// For the MDC of SLF4J:
///
/// ```java
/// ContextBridge.add(new ContextBridge<Map<String, String>>() {
///     public Map<String, String> capture() {
///         return MDC.getCopyOfContextMap();
///     }
///
///     public void restore(Map<String, String> state) {
///         if (state == null) {
///             MDC.clear();
///         } else {
///             MDC.setContextMap(state);
///         }
///     }
/// });
/// ```
///
/// Nothing is done at a switch between tasks: each is a thread, and has thread-locals of its own.
/// Both methods run in user code's place, never on the carrier, and must not suspend.
///
/// @param <S> what is carried
public interface ContextBridge<S> {
    /// Takes what is to be inherited, on the thread that spawns or schedules. What it throws, the
    /// spawn throws.
    ///
    /// @return the state, which must not change any more; null if there is nothing
    @Nullable S capture();

    /// Sets it down, on the thread that runs, before the body. What it throws counts as thrown by
    /// the body.
    ///
    /// @param state what was taken; null to clear, also after a body on a thread that others use
    void restore(@Nullable S state);

    /// Adds a bridge, for all loops of the process; later than others, it runs behind them.
    ///
    /// @param bridge the bridge
    static void add(ContextBridge<?> bridge) {
        Carried.add(bridge);
    }

    /// Takes a bridge out again. What it has taken before will still be set down.
    ///
    /// @param bridge the bridge
    /// @return whether it was there
    static boolean remove(ContextBridge<?> bridge) {
        return Carried.remove(bridge);
    }
}
