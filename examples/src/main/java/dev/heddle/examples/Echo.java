package dev.heddle.examples;

import dev.heddle.net.ListenOptions;
import dev.heddle.net.Listener;
import dev.heddle.net.Tcp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Sends back to each client what it sends: the smallest TCP server.
///
/// ```java
/// try (var server = Tcp.listen("127.0.0.1", 8888)) {
///     server.serve(connection -> connection.transferTo(connection));
/// }
/// ```
///
/// What is more here is for several loops, and for ending in good order.
public final class Echo implements Example {
    Echo() {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String summary() {
        return "TCP echo: sends back what it gets (try it with `nc 127.0.0.1 8888`)";
    }

    @Override
    public String usage() {
        return "Usage: ./heddle example echo [--port N] [--loops N]\n\n"
                + ServerArguments.OPTIONS.formatted(8888);
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        ServerProgram.run(ServerArguments.parse(arguments, 8888), "", Echo::listen);
    }

    private static Server listen(String host, int port, boolean shared) throws IOException {
        var options = ListenOptions.DEFAULT.withReusePort(shared);
        return new Server(Tcp.listen(host, port, options));
    }

    private record Server(Listener listener) implements ServerProgram.Server {
        @Override
        public InetSocketAddress address() {
            return listener.address();
        }

        @Override
        public void serve() throws IOException {
            listener.serve(connection -> connection.transferTo(connection));
        }

        @Override
        public void stop(Duration grace) throws IOException {
            listener.close();
        }
    }
}
