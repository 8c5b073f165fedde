package dev.heddle.examples.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a burst has come; what the page shows of it. Durations are in milliseconds.
///
/// @param state `none` before the first burst, `running`, `done`, or `stopped` if it was cut
/// @param planned clients
/// @param connected clients that have a connection, or had one
/// @param expected requests that the clients are to make
/// @param answered requests that were answered in full with 200
/// @param errors connections that were refused or lost, each with the requests it did not make, and
///   wrong answers
/// @param connectMillis how long it took until all were connected, null before
/// @param elapsedMillis since the start
/// @param notes what a person should know: kinds of errors, fewer clients than asked for
record BurstReport(
        String state,
        int planned,
        int connected,
        int expected,
        int answered,
        int errors,
        @Nullable Double connectMillis,
        double elapsedMillis,
        double p50,
        double p90,
        double p99,
        double max,
        List<Latencies.Bin> bins,
        List<String> notes) {

    static BurstReport none(int planned) {
        return new BurstReport(
                "none", planned, 0, 0, 0, 0, null, 0, 0, 0, 0, 0, List.of(), List.of());
    }

    boolean isRunning() {
        return state.equals("running");
    }
}
