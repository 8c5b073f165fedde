package dev.heddle.web;

import static dev.heddle.Heddle.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Promise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerSentEventsTest {

    @Test
    void eventsArriveAndTheStreamEndsWithItsSource() throws IOException {
        try (Site site =
                new Site(request ->
                        ServerSentEvents.stream(out -> {
                            for (int i = 1; i <= 3; i++) {
                                out.send(SseEvent.of("tick", "n " + i));
                            }
                        }))) {
            Site.Reply reply = site.get("/");
            assertThat(reply.text())
                    .isEqualTo(
                            "event: tick\ndata: n 1\n\nevent: tick\ndata: n 2\n\n"
                                    + "event: tick\ndata: n 3\n\n");
            assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
            assertThat(reply.header("cache-control")).isEqualTo("no-cache");
        }
    }

    @Test
    void anEventArrivesWhileTheSourceWaits() throws Exception {
        CompletableFuture<String> more = new CompletableFuture<>();
        try (Site site =
                        new Site(request ->
                                ServerSentEvents.stream(out -> {
                                    out.send(SseEvent.of("first"));
                                    out.send(SseEvent.of(Promise.of(more).await()));
                                }));
                Socket socket = open(site)) {
            BufferedReader in = reader(socket);
            skipTo(in, "data: first");
            more.complete("second");
            skipTo(in, "data: second");
        }
    }

    @Test
    void aStreamIsOpenBeforeItsFirstEvent() throws IOException {
        try (Site site =
                        new Site(request ->
                                ServerSentEvents.stream(out -> sleep(Duration.ofDays(1))));
                Socket socket = open(site)) {
            assertThat(reader(socket).readLine()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void whoComesBackSaysWhatItGotLast() throws IOException {
        try (Site site =
                new Site(request ->
                        ServerSentEvents.stream(out ->
                                out.send(
                                        SseEvent.of(
                                                ServerSentEvents.lastEventId(request)
                                                        .orElse("nothing")))))) {
            assertThat(site.get("/", "Last-Event-ID: 41").text()).isEqualTo("data: 41\n\n");
            assertThat(site.get("/").text()).isEqualTo("data: nothing\n\n");
        }
    }

    @Test
    void aClientThatVanishesEndsItsSource() throws Exception {
        Broadcast<String> hub = new Broadcast<>();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        try (Site site =
                new Site(request ->
                        ServerSentEvents.stream(
                                Duration.ofMillis(5),
                                out -> {
                                    try {
                                        hub.subscribe(
                                                1,
                                                values -> {
                                                    out.send(SseEvent.of("there"));
                                                    values.next();
                                                });
                                    } finally {
                                        ended.complete(hub.subscribers());
                                    }
                                }))) {
            try (Socket socket = open(site)) {
                skipTo(reader(socket), "data: there");
                socket.setSoLinger(true, 0); // closes by a reset, as a machine that has gone down
            }
            assertThat(ended.get(15, SECONDS)).isZero();
        }
    }

    @Test
    void aSourceThatFailsDoesNotLookComplete() throws IOException {
        try (Site site =
                new Site(request ->
                        ServerSentEvents.stream(out -> {
                            out.send(SseEvent.of("a"));
                            throw new IOException("no such table");
                        }))) {
            assertThatThrownBy(() -> site.get("/")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theIntervalIsMoreThanZero() {
        assertThatThrownBy(() -> ServerSentEvents.stream(Duration.ZERO, out -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Socket open(Site site) throws IOException {
        Socket socket = site.connect();
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(UTF_8));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private static void skipTo(BufferedReader in, String line) throws IOException {
        String read = "";
        while (!line.equals(read)) {
            read = in.readLine();
            assertThat(read).as("before \"%s\"", line).isNotNull();
        }
    }
}
