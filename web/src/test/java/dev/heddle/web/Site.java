package dev.heddle.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.EventLoop;
import dev.heddle.Task;
import dev.heddle.http.Handler;
import dev.heddle.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A handler behind a real server on a real port, and a client that says exactly what it is told:
/// nothing is tidied up on the way.
final class Site implements AutoCloseable {
    final EventLoop loop = EventLoop.open("site");
    private final HttpServer server;
    private final Task<?> serving;

    Site(Handler handler) throws IOException {
        server = loop.run(() -> HttpServer.listen("127.0.0.1", 0, handler));
        serving = loop.spawn(server::serve);
    }

    /// What came back.
    ///
    /// @param headers by their names in lower case
    /// @param body without its framing
    record Reply(int status, Map<String, List<String>> headers, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }
    }

    Reply get(String target, String... headers) throws IOException {
        return send("GET", target, new byte[0], headers);
    }

    /// Sends a request on a connection of its own.
    ///
    /// @param headers whole lines, without their ends
    Reply send(String method, String target, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: test\r\nConnection: close\r\n");
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(UTF_8));
            socket.getOutputStream().write(body);
            return parse(socket.getInputStream().readAllBytes(), method.equals("HEAD"));
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static Reply parse(byte[] bytes, boolean head) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no response, but \"" + text + "\"");
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(
                            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                            name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        String body = text.substring(end + 4);
        int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        if (head || status == 204 || status == 304) {
            if (!body.isEmpty()) {
                throw new IOException("a body where none may be: " + body);
            }
        } else if (headers.containsKey("transfer-encoding")) {
            body = unchunked(body);
        } else if (body.length() != Integer.parseInt(headers.get("content-length").getFirst())) {
            throw new IOException("a body of " + body.length() + " bytes: " + headers);
        }
        return new Reply(status, headers, body.getBytes(ISO_8859_1));
    }

    private static String unchunked(String text) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                throw new IOException("cut off after " + body.size() + " bytes");
            }
            int size = Integer.parseInt(text.substring(at, line), 16);
            if (size == 0) {
                return body.toString(ISO_8859_1);
            }
            body.writeBytes(text.substring(line + 2, line + 2 + size).getBytes(ISO_8859_1));
            at = line + 2 + size + 2;
        }
    }

    @Override
    public void close() {
        loop.run(() -> {
            server.stop(Duration.ZERO);
            serving.await();
            return null;
        });
        loop.close();
    }
}
