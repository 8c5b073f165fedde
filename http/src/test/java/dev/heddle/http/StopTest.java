package dev.heddle.http;

import static dev.heddle.http.Wiretap.response;
import static dev.heddle.http.Wiretap.rest;
import static dev.heddle.http.Wiretap.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Cancelled;
import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.Task;
import dev.heddle.TaskGroup;
import dev.heddle.net.ByteStream;
import dev.heddle.net.Tcp;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a server ends, over real sockets.
class StopTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private EventLoop loop;

    @BeforeEach
    void openLoop() {
        loop = EventLoop.open("stop");
    }

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private interface Scenario {
        void play(HttpServer server, Task<?> serving, TaskGroup group) throws Exception;
    }

    private void play(Handler handler, Scenario scenario) throws Exception {
        loop.run(() ->
                Heddle.<Exception>group(group -> {
                    try (HttpServer server = HttpServer.listen("127.0.0.1", 0, handler)) {
                        Task<?> serving = group.spawn(server::serve);
                        scenario.play(server, serving, group);
                    }
                }));
    }

    private static ByteStream connect(HttpServer server) throws Exception {
        return Tcp.connect("127.0.0.1", server.address().getPort());
    }

    @Test
    void idleConnectionsAreClosedAtOnce() throws Exception {
        play(
                r -> Response.text("ok"),
                (server, serving, group) -> {
                    try (ByteStream fresh = connect(server);
                            ByteStream used = connect(server)) {
                        send(used, GET);
                        assertThat(response(used)).endsWith("ok");
                        while (server.statistics().connections() < 2) {
                            Heddle.checkpoint();
                        }
                        Heddle.timeout(
                                Duration.ofSeconds(5), // less than the idle timeout
                                () ->
                                        assertThat(server.stop(Duration.ofMinutes(1)))
                                                .isEqualTo(new StopReport(0, 0)));
                        assertThat(rest(fresh)).isEmpty();
                        assertThat(rest(used)).isEmpty();
                        serving.await();
                    }
                });
    }

    @Test
    void runningRequestsFinishAndTheirConnectionsClose() throws Exception {
        play(
                r -> {
                    Heddle.sleep(Duration.ofMillis(50));
                    return Response.text("done");
                },
                (server, serving, group) -> {
                    try (ByteStream stream = connect(server)) {
                        send(stream, GET + GET);
                        while (server.statistics().requestsActive() < 1) {
                            Heddle.checkpoint();
                        }
                        Task<StopReport> stop =
                                group.spawn(() -> server.stop(Duration.ofMinutes(1)));
                        String answer = rest(stream);
                        assertThat(answer).contains("Connection: close\r\n").endsWith("done");
                        assertThat(answer).containsOnlyOnce("HTTP/1.1 200");
                        stream.close();
                        assertThat(stop.await()).isEqualTo(new StopReport(1, 0));
                        serving.await();
                    }
                });
    }

    @Test
    void requestsThatOutlastTheGraceAreCut() throws Exception {
        boolean[] cleaned = new boolean[1];
        play(
                r -> {
                    try {
                        Heddle.sleep(Duration.ofHours(1));
                    } catch (Cancelled e) {
                        cleaned[0] = true;
                        throw e;
                    }
                    return Response.text("never");
                },
                (server, serving, group) -> {
                    try (LogCapture log = new LogCapture();
                            ByteStream stream = connect(server)) {
                        send(stream, GET);
                        while (server.statistics().requestsActive() < 1) {
                            Heddle.checkpoint();
                        }
                        assertThat(server.stop(Duration.ofMillis(20)))
                                .isEqualTo(new StopReport(0, 1));
                        assertThat(cleaned[0]).isTrue();
                        assertThat(rest(stream)).doesNotContain("HTTP");
                        assertThat(server.statistics().requestsActive()).isZero();
                        assertThat(log.messages()).isEmpty();
                        serving.await();
                    }
                });
    }

    @Test
    void closingCutsAndDoesNotWait() throws Exception {
        play(
                r ->
                        Response.stream(
                                "x/y",
                                out -> {
                                    out.write("begun");
                                    out.flush();
                                    Heddle.sleep(Duration.ofHours(1));
                                }),
                (server, serving, group) -> {
                    try (ByteStream stream = connect(server)) {
                        send(stream, GET);
                        stream.readUntil("begun".getBytes(), 1000);
                        server.close();
                        server.close();
                        serving.await();
                        assertThat(rest(stream)).doesNotContain("0\r\n\r\n");
                    }
                });
    }

    @Test
    void aServerThatNeverServedStopsAtOnce() throws Exception {
        loop.run(() -> {
            try (HttpServer server = HttpServer.listen("127.0.0.1", 0, r -> Response.of(200))) {
                assertThat(server.stop(Duration.ofHours(1))).isEqualTo(new StopReport(0, 0));
            }
        });
    }

    @Test
    void cancellingTheServerCutsItsConnections() throws Exception {
        play(
                r -> {
                    Heddle.sleep(Duration.ofHours(1));
                    return Response.of(200);
                },
                (server, serving, group) -> {
                    try (ByteStream stream = connect(server)) {
                        send(stream, GET);
                        while (server.statistics().requestsActive() < 1) {
                            Heddle.checkpoint();
                        }
                        serving.cancel();
                        assertThat(rest(stream)).doesNotContain("HTTP");
                    }
                });
    }
}
