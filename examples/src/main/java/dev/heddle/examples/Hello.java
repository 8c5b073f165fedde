package dev.heddle.examples;

import dev.heddle.http.HttpOptions;
import dev.heddle.http.HttpServer;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Greets: the smallest HTTP server.
///
/// ```java
/// try (var server = HttpServer.listen("127.0.0.1", 8080, request -> Response.text("Hello, World!"))) {
///     server.serve();
/// }
/// ```
///
/// What is more here is for several loops, for other paths, and for ending in good order.
public final class Hello implements Example {
    /// One for all requests, which a response may be that nobody changes. ASCII needs no charset;
    /// and so the headers are those that its peers in the benchmarks send.
    private static final Response HELLO =
            Response.text("Hello, World!").header("Content-Type", "text/plain");

    private static final Response NOT_FOUND = Response.text("Not Found").status(404);
    private static final Response NOT_ALLOWED =
            Response.text("Method Not Allowed").status(405).header("Allow", "GET, HEAD");

    Hello() {}

    @Override
    public String name() {
        return "hello";
    }

    @Override
    public String summary() {
        return "HTTP: GET / answers \"Hello, World!\" (try it with `curl http://127.0.0.1:8080/`)";
    }

    @Override
    public String usage() {
        return "Usage: ./heddle example hello [--port N] [--loops N]\n\n"
                + ServerArguments.OPTIONS.formatted(8080);
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        ServerProgram.run(ServerArguments.parse(arguments, 8080), "http://", Hello::listen);
    }

    static Response answer(Request request) {
        if (!request.path().equals("/")) {
            return NOT_FOUND;
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> HELLO;
            default -> NOT_ALLOWED;
        };
    }

    private static Server listen(String host, int port, boolean shared) throws IOException {
        var options = HttpOptions.defaults().withReusePort(shared);
        return new Server(HttpServer.listen(host, port, options, Hello::answer));
    }

    private record Server(HttpServer http) implements ServerProgram.Server {
        @Override
        public InetSocketAddress address() {
            return http.address();
        }

        @Override
        public void serve() throws IOException {
            http.serve();
        }

        @Override
        public void stop(Duration grace) {
            http.stop(grace);
        }
    }
}
