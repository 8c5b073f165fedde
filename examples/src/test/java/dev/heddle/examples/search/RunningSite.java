package dev.heddle.examples.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.EventLoop;
import dev.heddle.Promise;
import dev.heddle.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A [SearchSite] on a loop of its own, and clients of it for the test's thread: bare sockets,
/// which send what no well-behaved client would.
final class RunningSite implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    final URI uri;
    private final EventLoop loop = EventLoop.open("site");
    private final Promise<@Nullable Void> indexed = new Promise<>();
    private final Promise<@Nullable Void> stop = new Promise<>();
    private final Task<@Nullable Void> running;

    RunningSite(Path root, Path indexFolder) {
        Promise<URI> at = new Promise<>();
        running =
                loop.spawn(
                        "site",
                        () -> {
                            try (var site = SearchSite.listen(0);
                                    var index = SearchIndex.open(indexFolder, root)) {
                                at.complete(site.uri());
                                site.run(index, this::progress, Duration.ofSeconds(1), stop::await);
                            } catch (Throwable e) {
                                at.tryFail(e);
                                throw e;
                            }
                        });
        uri = loop.run(at::await);
    }

    private void progress(PageProgress progress) {
        if (!progress.isIndexing()) {
            indexed.tryComplete(null);
        }
    }

    RunningSite awaitIndexed() {
        loop.run(indexed::await);
        return this;
    }

    /// Stops the site in good order, and waits until it has ended.
    void stop() {
        stop.tryComplete(null);
        loop.run(running::await);
    }

    long tasks() {
        return loop.statistics().tasks();
    }

    @Override
    public void close() {
        stop.tryComplete(null);
        loop.close();
    }

    // ---- clients ----

    /// An answer.
    ///
    /// @param status of the status line
    /// @param headers by their names in lower case
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    String authority() {
        return uri.getAuthority();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }

    Answer get(String target) throws IOException {
        return ask("GET " + target + " HTTP/1.1\r\nHost: " + authority() + "\r\n");
    }

    Answer post(String target) throws IOException {
        return ask(
                "POST "
                        + target
                        + " HTTP/1.1\r\nHost: "
                        + authority()
                        + "\r\nContent-Length: 0\r\n");
    }

    /// @param head the request line and header fields, each with its end
    Answer ask(String head) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(UTF_8));
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    private static Answer parse(byte[] bytes) {
        String latin = new String(bytes, ISO_8859_1);
        int end = latin.indexOf("\r\n\r\n");
        Map<String, String> headers = new TreeMap<>();
        latin.substring(0, end)
                .lines()
                .skip(1)
                .map(line -> line.split(": ?", 2))
                .forEach(field ->
                        headers.put(field[0].toLowerCase(java.util.Locale.ROOT), field[1]));
        int status = Integer.parseInt(latin.substring(9, 12));
        return new Answer(
                status, headers, new String(bytes, end + 4, bytes.length - end - 4, UTF_8));
    }

    Events events() throws IOException {
        return new Events(connect(), authority());
    }

    /// A page that listens.
    static final class Events implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        private Events(Socket socket, String authority) throws IOException {
            this.socket = socket;
            String request = "GET /api/events HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        /// The data of the next event of a type; null at the end of the stream.
        @Nullable JsonNode next(String type) throws IOException {
            String line;
            while ((line = in.readLine()) != null) {
                if (line.equals("event: " + type)) {
                    String data = in.readLine();
                    while (!data.startsWith("data: ")) {
                        data = in.readLine();
                    }
                    return JSON.readTree(data.substring("data: ".length()));
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
