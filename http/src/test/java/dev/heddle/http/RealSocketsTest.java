package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The same over TCP, with clients that are not ours.
class RealSocketsTest {
    private EventLoop loop;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        loop = EventLoop.open("server");
        server = loop.run(() -> HttpServer.listen("127.0.0.1", 0, RealSocketsTest::answer));
        loop.spawn(() -> server.serve());
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private static Response answer(Request request) throws Exception {
        return switch (request.path()) {
            case "/echo" -> Response.bytes("x/y", request.body().bytes());
            case "/stream" ->
                    Response.stream(
                            "text/plain",
                            out -> {
                                for (int i = 0; i < 1000; i++) {
                                    out.write("line " + i + "\n");
                                }
                            });
            case "/endless" ->
                    Response.stream(
                            "text/plain",
                            out -> {
                                while (true) {
                                    out.write("x".repeat(1000));
                                    out.flush();
                                }
                            });
            case "/wait" -> {
                new Promise<Response>().await();
                yield Response.of(500);
            }
            default -> Response.text("ok");
        };
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()));
        socket.setSoTimeout(20_000);
        return socket;
    }

    static java.util.stream.Stream<Arguments> malformed() {
        return MalformedRequestTest.heads();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void theClientSeesTheRefusalRatherThanAReset(int status, String bytes) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write((bytes + "GET /x HTTP/1.1\r\n\r\n".repeat(100)).getBytes(ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void theJdksClientIsServed() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            byte[] body = new byte[500_000];
            new java.util.Random(1).nextBytes(body);
            URI uri = URI.create("http://127.0.0.1:" + server.address().getPort());
            for (int i = 0; i < 5; i++) {
                HttpRequest post =
                        HttpRequest.newBuilder(uri.resolve("/echo"))
                                .expectContinue(i == 4)
                                .POST(
                                        i % 2 == 0
                                                ? HttpRequest.BodyPublishers.ofByteArray(body)
                                                : HttpRequest.BodyPublishers.ofInputStream(() ->
                                                        new java.io.ByteArrayInputStream(body)))
                                .build();
                assertThat(client.send(post, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
            }
            HttpRequest get = HttpRequest.newBuilder(uri.resolve("/stream")).build();
            assertThat(client.send(get, BodyHandlers.ofString()).body())
                    .hasLineCount(1000)
                    .endsWith("line 999\n");
        }
    }

    @Test
    void curlIsServed(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "there is no curl");
        Path upload = folder.resolve("upload");
        Files.write(upload, new byte[700_000]);
        String base = "http://127.0.0.1:" + server.address().getPort();
        assertThat(curl("-sS", base + "/a", base + "/b", "-I", base + "/c"))
                .contains("Content-Length: 2\r\n");
        assertThat(
                        curl(
                                "-sS",
                                "--data-binary",
                                "@" + upload,
                                "-w",
                                "%{http_code} %{size_download}",
                                "-o",
                                "/dev/null",
                                base + "/echo"))
                .isEqualTo("200 700000");
        assertThat(
                        curl(
                                "-sS",
                                "-T",
                                upload.toString(),
                                "-H",
                                "Transfer-Encoding: chunked",
                                "-w",
                                "%{http_code} %{size_download}",
                                "-o",
                                "/dev/null",
                                base + "/echo"))
                .isEqualTo("200 700000");
        Files.write(upload, new byte[3_000_000]);
        assertThat(
                        curl(
                                "-sS",
                                "-T",
                                upload.toString(),
                                "-H",
                                "Expect: 100-continue",
                                base + "/echo"))
                .isEqualTo("the body is longer than 1048576 bytes\n");
        assertThat(curl("-sS", "--http1.0", base + "/stream")).hasLineCount(1000);
    }

    private static String curl(String... arguments) throws Exception {
        java.util.List<String> command =
                new java.util.ArrayList<>(java.util.List.of("/usr/bin/curl"));
        command.addAll(java.util.List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void aThousandVanishingClientsLeaveNothingBehind() throws Exception {
        try (LogCapture log = new LogCapture()) {
            try (Socket warmUp = connect()) {
                assertThat(ask(warmUp)).startsWith("HTTP/1.1 200");
            }
            settle();
            long descriptors = openDescriptors();
            long tasks = tasks();
            String[] habits = {
                "",
                "GET / HT",
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx",
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
                "garbage\r\n"
            };
            for (int i = 0; i < 1000; i++) {
                try (Socket socket = connect()) {
                    if (i % 2 == 0) {
                        socket.setSoLinger(true, 0); // a reset
                    }
                    socket.getOutputStream().write(habits[i % habits.length].getBytes(ISO_8859_1));
                }
            }
            settle();
            assertThat(server.statistics().connections()).isZero();
            assertThat(server.statistics().requestsActive()).isZero();
            assertThat(tasks()).isEqualTo(tasks);
            assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors);
            assertThat(log.messages()).isEmpty();
            try (Socket socket = connect()) {
                assertThat(ask(socket)).startsWith("HTTP/1.1 200");
            }
        }
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /// Waits until no connection is left, for as long as the slowest timeout takes.
    private void settle() throws Exception {
        loop.run(() ->
                Heddle.timeout(
                        Duration.ofSeconds(30),
                        () -> {
                            while (server.statistics().connections() > 0) {
                                Heddle.sleep(Duration.ofMillis(20));
                            }
                            // The selector closes descriptors at its next turn.
                            Heddle.sleep(Duration.ofMillis(100));
                        }));
    }

    /// Counted on the loop, where the tasks of earlier calls have ended.
    private long tasks() {
        return loop.run(() -> loop.statistics().tasks());
    }

    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }
}
