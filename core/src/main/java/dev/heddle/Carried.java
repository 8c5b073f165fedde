package dev.heddle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every [ContextBridge] has taken from one thread, on its way to another.
record Carried(List<Load<?>> loads) {
    /// Guard: the monitor of this class for writing; replaced, never changed.
    private static volatile List<ContextBridge<?>> bridges = List.of();

    static synchronized void add(ContextBridge<?> bridge) {
        List<ContextBridge<?>> more = new ArrayList<>(bridges);
        more.add(bridge);
        bridges = List.copyOf(more);
    }

    static synchronized boolean remove(ContextBridge<?> bridge) {
        List<ContextBridge<?>> fewer = new ArrayList<>(bridges);
        boolean removed = fewer.remove(bridge);
        bridges = List.copyOf(fewer);
        return removed;
    }

    /// Asks all bridges, on the thread that schedules.
    ///
    /// @return null if there is no bridge
    static @Nullable Carried capture() {
        List<ContextBridge<?>> all = bridges;
        if (all.isEmpty()) {
            return null;
        }
        List<Load<?>> loads = new ArrayList<>(all.size());
        for (ContextBridge<?> bridge : all) {
            loads.add(Load.of(bridge));
        }
        return new Carried(loads);
    }

    /// Sets all down, on the thread that runs.
    void restore() {
        for (Load<?> load : loads) {
            load.restore();
        }
    }

    /// Takes all away, from a thread that others will use.
    void clear() {
        for (Load<?> load : loads) {
            load.bridge.restore(null);
        }
    }

    record Load<S>(ContextBridge<S> bridge, @Nullable S state) {
        static <S> Load<S> of(ContextBridge<S> bridge) {
            return new Load<>(bridge, bridge.capture());
        }

        void restore() {
            bridge.restore(state);
        }
    }
}
