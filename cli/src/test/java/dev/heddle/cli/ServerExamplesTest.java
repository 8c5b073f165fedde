package dev.heddle.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples as they are used: a process, its line, its port, a signal.
@Timeout(60)
class ServerExamplesTest {
    private static final String ECHO = "listening on 127.0.0.1:";
    private static final String HELLO = "listening on http://127.0.0.1:";

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void echoSendsBackWhatItGets(String loops) throws Exception {
        try (Program echo = new Program("example", "echo", "--port", "0", "--loops", loops)) {
            int port = echo.awaitPort(ECHO);
            byte[] data = new byte[100_000];
            new Random(1).nextBytes(data);
            for (int i = 0; i < 8; i++) {
                try (Socket socket = Program.connect(port)) {
                    Thread writer = Thread.startVirtualThread(() -> writeAll(socket, data));
                    assertThat(socket.getInputStream().readAllBytes()).isEqualTo(data);
                    writer.join();
                }
            }
            echo.terminate();
            assertThat(echo.awaitEnd()).isZero();
            assertThat(echo.rest()).as("one line is all it prints").isEmpty();
            assertThat(echo.errors()).isEmpty();
        }
    }

    private static void writeAll(Socket socket, byte[] data) {
        try {
            socket.getOutputStream().write(data);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void echoEndsThoughAClientStays() throws Exception {
        try (Program echo = new Program("example", "echo", "--port", "0")) {
            try (Socket socket = Program.connect(echo.awaitPort(ECHO))) {
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
                echo.interrupt();
                assertThat(echo.awaitEnd()).isZero();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void helloGreets(String loops) throws Exception {
        try (Program hello = new Program("example", "hello", "--port", "0", "--loops", loops)) {
            int port = hello.awaitPort(HELLO);
            for (int i = 0; i < 8; i++) {
                try (Socket socket = Program.connect(port)) {
                    for (int request = 0; request < 2; request++) { // on the same connection
                        String head = exchange(socket, "GET", "/", "Hello, World!");
                        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
                        assertThat(field(head, "Content-Type")).startsWith("text/plain");
                        assertThat(field(head, "Server")).isNotEmpty();
                        assertThat(
                                        ZonedDateTime.parse(
                                                field(head, "Date"),
                                                DateTimeFormatter.RFC_1123_DATE_TIME))
                                .isAfter(ZonedDateTime.now().minusMinutes(1));
                    }
                }
            }
            hello.terminate();
            assertThat(hello.awaitEnd()).isZero();
            assertThat(hello.rest()).as("one line is all it prints").isEmpty();
            assertThat(hello.errors()).isEmpty();
        }
    }

    @Test
    void helloHasNothingElse() throws Exception {
        try (Program hello = new Program("example", "hello", "--port", "0");
                Socket socket = Program.connect(hello.awaitPort(HELLO))) {
            assertThat(exchange(socket, "GET", "/other", "Not Found")).startsWith("HTTP/1.1 404 ");
            assertThat(field(exchange(socket, "POST", "/", "Method Not Allowed"), "Allow"))
                    .isEqualTo("GET, HEAD");
            assertThat(field(exchange(socket, "HEAD", "/", ""), "Content-Length")).isEqualTo("13");
            hello.interrupt();
            assertThat(hello.awaitEnd()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"echo, 1", "echo, 2", "hello, 1", "hello, 2"})
    void aPortThatIsTakenIsSaidToBe(String name, String loops) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = "" + taken.getLocalPort();
            try (Program second = new Program("example", name, "--port", port, "--loops", loops)) {
                assertThat(second.awaitEnd()).isEqualTo(1);
                assertThat(second.errors())
                        .startsWith(name + ": cannot listen on 127.0.0.1:" + port)
                        .contains("--port N")
                        .hasLineCount(1);
                assertThat(second.rest()).isEmpty();
            }
        }
    }

    /// Sends a request and reads the answer, whose body must be as expected.
    private static String exchange(Socket socket, String method, String path, String body)
            throws IOException {
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(UTF_8));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("after %s", head).isNotNegative();
            head.append((char) next);
        }
        assertThat(new String(in.readNBytes(body.length()), ISO_8859_1)).isEqualTo(body);
        if (!method.equals("HEAD")) {
            assertThat(field(head.toString(), "Content-Length")).isEqualTo("" + body.length());
        }
        return head.toString();
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
