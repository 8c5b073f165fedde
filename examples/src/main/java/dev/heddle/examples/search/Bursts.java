package dev.heddle.examples.search;

import static dev.heddle.Heddle.offload;
import static dev.heddle.Heddle.shield;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.heddle.EventLoop;
import dev.heddle.Task;
import dev.heddle.TaskGroup;
import dev.heddle.http.HttpException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Starts bursts, one at a time, each on a second loop that lives as long as it does.
///
/// Belongs to the loop of the server.
final class Bursts {
    static final int CLIENTS = 2_000;

    /// File descriptors that are left to everything else: the index, pages, the JVM.
    private static final int SPARE_DESCRIPTORS = 200;

    private final EventLoop home = EventLoop.current();
    private final InetSocketAddress server;
    private final String path;
    private final TaskGroup group;
    private final Consumer<BurstReport> listener;

    private BurstReport latest = BurstReport.none(CLIENTS);
    private boolean running;

    /// @param server whom the clients ask
    /// @param path what they ask for
    /// @param group owns the bursts
    /// @param listener is told how they go on, on the server's loop
    Bursts(InetSocketAddress server, String path, TaskGroup group, Consumer<BurstReport> listener) {
        this.server = server;
        this.path = path;
        this.group = group;
        this.listener = listener;
    }

    BurstReport latest() {
        return latest;
    }

    /// Starts a burst, of fewer clients if the process may not open as many files.
    ///
    /// @throws HttpException with 409 if one is running, with 503 if there is no room for any
    ///   client
    void start() {
        if (running) {
            throw new HttpException(409, "A burst is running already.");
        }
        long limit = descriptorLimit();
        int clients = clientsFor(limit - openDescriptors());
        if (clients == 0) {
            throw new HttpException(503, "No client fits in. " + remedy(limit));
        }
        List<String> notes =
                clients == CLIENTS
                        ? List.of()
                        : List.of("Only %,d clients. ".formatted(clients) + remedy(limit));
        running = true;
        group.spawn("burst", () -> run(clients, notes));
    }

    private static String remedy(long limit) {
        return String.format(
                Locale.ROOT,
                "This process may open %,d files, and each client needs two: raise the limit with `ulimit -n"
                        + " 8192` before the start.",
                limit);
    }

    /// Both ends of a connection are in this process.
    static int clientsFor(long freeDescriptors) {
        long clients = Math.max(0, freeDescriptors - SPARE_DESCRIPTORS) / 2;
        return (int) Math.min(CLIENTS, clients);
    }

    private void run(int clients, List<String> notes) {
        EventLoop second = EventLoop.open("burst");
        second.onStall(stall -> {}); // its latencies say it
        try {
            Task<BurstReport> burst =
                    second.spawn(
                            "burst",
                            () ->
                                    new Burst(server, path, clients, notes, this::reportFromAfar)
                                            .run());
            BurstReport last = burst.await();
            running = false;
            publish(last);
        } finally {
            running = false;
            // Cancels the burst if it goes on, and waits for its clients to close their
            // connections.
            shield(() -> offload(second::close));
        }
    }

    /// On the loop of the burst.
    private void reportFromAfar(BurstReport report) {
        home.callSoon(() -> {
            if (running) {
                publish(report);
            }
        });
    }

    private void publish(BurstReport report) {
        latest = report;
        listener.accept(report);
    }

    private static long descriptorLimit() {
        return unix() instanceof UnixOperatingSystemMXBean bean
                ? bean.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    private static long openDescriptors() {
        return unix() instanceof UnixOperatingSystemMXBean bean
                ? bean.getOpenFileDescriptorCount()
                : 0;
    }

    private static Object unix() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}
