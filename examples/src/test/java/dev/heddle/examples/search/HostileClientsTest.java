package dev.heddle.examples.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send nonsense, too little, or go away: the others are served on, and nothing is
/// left of them in the end.
@Timeout(60)
class HostileClientsTest {
    private static final int SLOW = 300;
    private static final int VANISHING = 200;
    private static final List<String> NONSENSE =
            List.of(
                    "\0\u00ff\u00fe\r\n\r\n",
                    "\r\n\r\n\r\n\r\n",
                    "GET\r\n\r\n",
                    "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                    "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                    "GET /api/search?q=%zz HTTP/1.1\r\nHost: HERE\r\n\r\n",
                    "POST /api/burst HTTP/1.1\r\nHost: HERE\r\nContent-Length: -1\r\n\r\n",
                    "POST /api/burst HTTP/1.1\r\nHost: HERE\r\nContent-Length: 1\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n",
                    "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n",
                    "GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(10_000) + "\r\n",
                    "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003");

    @TempDir private Path folder;

    @Test
    void theOthersAreServedOn() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        for (int i = 0; i < 3_000; i++) {
            Files.writeString(root.resolve("file" + i + ".txt"), "warp and weft\n".repeat(50));
        }
        try (var site = new RunningSite(root, folder.resolve("index"))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                slow.add(send(site, "GET /api/search?q=warp HTTP/1.1\r\nHost: HERE\r\nX-Slow"));
                if (i % 10 == 0) {
                    serves(site);
                }
            }
            for (int i = 0; i < VANISHING; i++) {
                vanish(send(site, "GET /api/search?q=warp HTTP/1.1\r\nHost: HERE\r\n\r\n"));
                vanish(send(site, "GET /api/events HTTP/1.1\r\nHost: HERE\r\n\r\n"));
                if (i % 10 == 0) {
                    serves(site);
                }
            }
            for (String nonsense : NONSENSE) {
                try (Socket socket = send(site, nonsense)) {
                    assertThat(statusOf(socket)).as(nonsense).isNotEqualTo("200");
                }
                serves(site);
            }
            for (Socket socket : slow) {
                assertThat(statusOf(socket)).isEqualTo("408");
                socket.close();
            }
            site.awaitIndexed();
            serves(site);
            nothingIsLeft(site);
        }
    }

    private static void serves(RunningSite site) throws IOException {
        assertThat(site.get("/api/search?q=warp").status()).isEqualTo(200);
    }

    /// What is there without clients: the site's own tasks, and the connection that asks.
    private static void nothingIsLeft(RunningSite site) throws IOException {
        long left;
        do {
            serves(site);
            left = site.tasks();
        } while (left > 6);
    }

    private static Socket send(RunningSite site, String text) throws IOException {
        Socket socket = site.connect();
        try {
            socket.getOutputStream()
                    .write(text.replace("HERE", site.authority()).getBytes(ISO_8859_1));
        } catch (IOException e) {
            // It was refused before its end, which is the server's right.
        }
        return socket;
    }

    /// Closes with a reset, as a client does that has crashed.
    private static void vanish(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// @return the status, empty if the connection was closed without an answer
    private static String statusOf(Socket socket) {
        try {
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return answer.isEmpty() ? "" : answer.substring(9, 12);
        } catch (IOException e) {
            return ""; // a reset, with the answer or without
        }
    }
}
