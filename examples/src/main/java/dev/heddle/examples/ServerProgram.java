package dev.heddle.examples;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.timeout;

import dev.heddle.EventLoop;
import dev.heddle.Signals;
import dev.heddle.Task;
import dev.heddle.TimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a server on one loop or on several, until the process is asked to end.
///
/// Each loop has a listener of its own on the same port, and the operating system spreads the
/// connections among them: nothing is shared, so nothing is locked.
final class ServerProgram {
    private static final String HOST = "127.0.0.1";

    /// How long connections may take to finish when the process is asked to end.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private ServerProgram() {}

    /// Makes a server of an example, on the loop that it will serve on.
    @FunctionalInterface
    interface Start {
        /// Listens, without serving yet.
        ///
        /// @param shared whether other loops listen on the same port
        Server listen(String host, int port, boolean shared) throws IOException;
    }

    /// A server of an example. For tasks of its loop.
    interface Server {
        InetSocketAddress address();

        void serve() throws IOException;

        /// Takes no more connections, so that [#serve] ends when those that are there have.
        ///
        /// @param grace how long they may take, where the server knows how to hurry them
        void stop(Duration grace) throws IOException;
    }

    private record Serving(EventLoop loop, Server server, Task<@Nullable Void> task) {}

    /// Runs servers; returns when the process was asked to end and they have stopped.
    ///
    /// @param scheme what stands before the address when it is printed, such as `http://`
    static void run(ServerArguments arguments, String scheme, Start start) throws Exception {
        List<EventLoop> loops = new ArrayList<>();
        try {
            List<Serving> all = startAll(arguments, start, loops);
            int port = all.getFirst().server.address().getPort();
            String line = "listening on " + scheme + HOST + ":" + port;
            loops.getFirst().run(() -> awaitTermination(all, line));
            for (Serving one : all) {
                one.loop.run(() -> stop(one));
            }
        } finally {
            loops.forEach(EventLoop::close);
        }
    }

    private static List<Serving> startAll(
            ServerArguments arguments, Start start, List<EventLoop> loops) throws Exception {
        boolean shared = arguments.loops() > 1;
        int port = arguments.port();
        List<Serving> all = new ArrayList<>();
        try {
            if (shared) {
                checkFree(port);
            }
            for (int i = 1; i <= arguments.loops(); i++) {
                EventLoop loop = EventLoop.open("loop-" + i);
                loops.add(loop);
                int wanted = port;
                Server server = loop.run(() -> start.listen(HOST, wanted, shared));
                port = server.address().getPort();
                all.add(new Serving(loop, server, loop.spawn(server::serve)));
            }
        } catch (BindException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FailedException(
                    "cannot listen on %s:%d: %s. Choose another port with --port N (0 takes any that is free)."
                            .formatted(HOST, port, cause.getMessage()),
                    e);
        }
        return all;
    }

    /// Listeners that share a port share it with those of other processes, too; ours shall not.
    private static void checkFree(int port) throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
        }
    }

    private static void stop(Serving one) throws IOException {
        one.server.stop(GRACE);
        try {
            timeout(GRACE, () -> awaitEnd(one));
        } catch (TimeoutException e) {
            // Some clients stay connected for ever. What is left ends with its loop.
        }
    }

    private static void awaitEnd(Serving one) {
        var _ = one.task.await();
    }

    /// Says that all listen, and waits for a signal, or for a server that fails.
    private static void awaitTermination(List<Serving> all, String line) {
        group(g -> {
            var termination = g.spawn(Signals::awaitTermination);
            for (Serving one : all) {
                g.spawn(() -> awaitEnd(one));
            }
            checkpoint(); // from here on, signals are heard
            System.out.println(line);
            termination.await();
            g.cancel();
        });
    }
}
