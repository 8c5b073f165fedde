package dev.heddle.examples.search;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;

import dev.heddle.Promise;
import dev.heddle.TaskGroup;
import dev.heddle.TimeoutException;
import dev.heddle.net.ByteStream;
import dev.heddle.net.Tcp;
import dev.heddle.sync.Semaphore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Many clients at once, each a coroutine with a TCP connection of its own: all connect, and when
/// the last one has, all ask the server, several times one after the other.
///
/// Runs once, in a task of whichever loop; everything in it belongs to that loop.
final class Burst {
    static final int REQUESTS_EACH = 5;

    /// Connections that are being opened at the same moment. More than the backlog of the server
    /// would be dropped by the operating system, and tried again a second later.
    private static final int MOST_CONNECTING = 256;

    /// How long a client waits for its connection, and for each answer.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration REPORT_EVERY = Duration.ofMillis(150);

    /// Kinds of errors that are told apart; an unlucky run could bring any number.
    private static final int MOST_KINDS = 6;

    private static final double NANOS_PER_MILLI = 1e6;

    private final InetSocketAddress server;
    private final byte[] request;
    private final int clients;
    private final Consumer<BurstReport> listener;
    private final List<String> notes;
    private final Latencies latencies;
    private final Map<String, Integer> kinds = new LinkedHashMap<>();
    private final Semaphore turns = new Semaphore(MOST_CONNECTING);
    private final Promise<@Nullable Void> allAreThere = new Promise<>();
    private final long begin = System.nanoTime();

    private int connected;
    private int arrived;
    private int errors;
    private @Nullable Double connectMillis;

    /// @param server whom to ask
    /// @param path what to ask for; the answer has to be short
    /// @param clients how many clients, 1 or more
    /// @param notes what the reports are to say besides
    /// @param listener is told how it goes on, on the loop of the burst; must not suspend
    Burst(
            InetSocketAddress server,
            String path,
            int clients,
            List<String> notes,
            Consumer<BurstReport> listener) {
        this.server = server;
        this.clients = clients;
        this.listener = listener;
        this.notes = List.copyOf(notes);
        this.latencies = new Latencies(clients * REQUESTS_EACH);
        String authority = server.getHostString() + ":" + server.getPort();
        this.request = BurstClient.request(authority, path);
    }

    /// Runs the burst to its end.
    ///
    /// @return the last report
    BurstReport run() {
        group(reporting -> {
            reporting.spawn("burst reports", this::reportForEver);
            group(this::spawnClients);
            reporting.cancel();
        });
        return report("done");
    }

    private void reportForEver() {
        while (true) {
            listener.accept(report("running"));
            sleep(REPORT_EVERY);
        }
    }

    private void spawnClients(TaskGroup group) {
        for (int i = 0; i < clients; i++) {
            group.spawn("client " + i, this::client);
        }
    }

    private void client() {
        int left = REQUESTS_EACH;
        try (ByteStream stream = connect()) {
            allAreThere.await();
            BurstClient client = new BurstClient(stream, request);
            while (left > 0) {
                long asked = System.nanoTime();
                timeout(PATIENCE, client::exchange);
                latencies.add(System.nanoTime() - asked);
                left--;
            }
        } catch (IOException | TimeoutException e) {
            errors += left;
            count(e, left);
        }
    }

    private ByteStream connect() throws IOException {
        try {
            ByteStream stream =
                    turns.with(() ->
                            timeout(
                                    PATIENCE,
                                    () -> Tcp.connect(server.getHostString(), server.getPort())));
            connected++;
            return stream;
        } finally {
            arrive();
        }
    }

    /// Also for those that could not connect: the others do not wait for them.
    private void arrive() {
        arrived++;
        if (arrived == clients) {
            connectMillis = elapsedMillis();
            allAreThere.complete(null);
        }
    }

    private void count(Exception error, int requests) {
        if (requests == 0) {
            return; // the closing of a connection that has served its purpose
        }
        String kind =
                error instanceof TimeoutException
                        ? "no answer in " + PATIENCE.toSeconds() + " s"
                        : String.valueOf(error.getMessage());
        kind = kind.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1");
        if (!kinds.containsKey(kind) && kinds.size() >= MOST_KINDS) {
            kind = "other errors";
        }
        kinds.merge(kind, 1, Integer::sum);
    }

    private double elapsedMillis() {
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }

    private BurstReport report(String state) {
        Latencies.Summary summary = latencies.summary();
        List<String> all = new ArrayList<>(notes);
        kinds.forEach(
                (kind, times) -> all.add(times + (times == 1 ? " client: " : " clients: ") + kind));
        return new BurstReport(
                state,
                clients,
                connected,
                clients * REQUESTS_EACH,
                summary.count(),
                errors,
                connectMillis,
                elapsedMillis(),
                summary.p50(),
                summary.p90(),
                summary.p99(),
                summary.max(),
                summary.bins(),
                all);
    }
}
