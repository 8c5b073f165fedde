package dev.heddle.net;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static dev.heddle.net.Connected.ascii;
import static dev.heddle.net.Connected.letOthersRun;
import static dev.heddle.net.Connected.until;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Promise;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenerTest {
    @Test
    void aTakenPortIsNamedWithTheRemedy() throws Exception {
        run(() -> {
            try (var first = Tcp.listen("127.0.0.1", 0)) {
                int port = first.address().getPort();
                assertThatThrownBy(() -> Tcp.listen("127.0.0.1", port))
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining("127.0.0.1:" + port)
                        .hasMessageContaining("Choose another port");
            }
        });
    }

    @Test
    void closingFreesThePortAtOnce() throws Exception {
        run(() -> {
            var first = Tcp.listen("127.0.0.1", 0);
            int port = first.address().getPort();
            first.close();
            try (var second = Tcp.listen("127.0.0.1", port)) {
                assertThat(second.address().getPort()).isEqualTo(port);
            }
        });
    }

    @Test
    void aPortCanBeSharedOnRequest() throws Exception {
        run(() -> {
            var shared = ListenOptions.DEFAULT.withReusePort(true);
            try (var first = Tcp.listen("127.0.0.1", 0, shared);
                    var second = Tcp.listen("127.0.0.1", first.address().getPort(), shared)) {
                assertThat(second.address()).isEqualTo(first.address());
            }
        });
    }

    @Test
    void closingWakesWhoAccepts() throws Exception {
        run(() ->
                group(g -> {
                    var listener = Tcp.listen("127.0.0.1", 0);
                    var waiting =
                            g.spawn(() -> {
                                assertThatThrownBy(listener::accept)
                                        .isInstanceOf(StreamClosedException.class)
                                        .hasMessageContaining(listener.toString());
                            });
                    letOthersRun();
                    listener.close();
                    listener.close();
                    waiting.await();
                    assertThatThrownBy(listener::accept).isInstanceOf(StreamClosedException.class);
                    assertThatThrownBy(() -> listener.serve(conn -> {}))
                            .isInstanceOf(StreamClosedException.class);
                }));
    }

    @Test
    void servingEndsAfterTheLastConnectionWhenTheListenerIsClosed() throws Exception {
        run(() ->
                group(g -> {
                    var listener = Tcp.listen("127.0.0.1", 0);
                    var serving = g.spawn(() -> listener.serve(conn -> conn.transferTo(conn)));
                    try (var client = Tcp.connect("127.0.0.1", listener.address().getPort())) {
                        echo(client, "a");
                        listener.close();
                        echo(client, "b");
                        assertThat(serving.isDone()).isFalse();
                    }
                    serving.await();
                }));
    }

    @Test
    void cancellingEndsTheConnectionsToo() throws Exception {
        run(() ->
                group(g -> {
                    var listener = Tcp.listen("127.0.0.1", 0);
                    var serving = g.spawn(() -> listener.serve(conn -> conn.transferTo(conn)));
                    try (var client = Tcp.connect("127.0.0.1", listener.address().getPort())) {
                        echo(client, "a");
                        serving.cancel();
                        assertThat(client.readAll(0)).isEmpty();
                    }
                    until(serving::isDone);
                    assertThat(serving.isCancelled()).isTrue();
                    listener.close();
                }));
    }

    @Test
    void aFailingConnectionIsLoggedAndHarmsNoOther() throws Exception {
        try (var logged = new Logged()) {
            List<String> names = new ArrayList<>();
            run(() ->
                    group(g -> {
                        var listener = Tcp.listen("127.0.0.1", 0);
                        var serving =
                                g.spawn(() ->
                                        listener.serve(conn -> {
                                            names.add(conn.toString());
                                            switch (conn.readExactly(1)[0]) {
                                                case 'e' -> throw new AssertionError("an error");
                                                case 'x' ->
                                                        throw new IllegalStateException(
                                                                "an exception");
                                                case 'd' ->
                                                        throw new DisconnectedException(
                                                                "the peer has gone", null);
                                                case 'c' -> dev.heddle.Task.current().cancel();
                                                default -> {}
                                            }
                                            conn.transferTo(conn);
                                        }));
                        int port = listener.address().getPort();
                        try (var good = Tcp.connect("127.0.0.1", port)) {
                            good.write(ascii("g"));
                            echo(good, "a");
                            for (String order : new String[] {"e", "x", "d", "c"}) {
                                try (var bad = Tcp.connect("127.0.0.1", port)) {
                                    bad.write(ascii(order));
                                    assertThat(bad.readAll(0)).isEmpty();
                                }
                            }
                            try (var silent = Tcp.connect("127.0.0.1", port)) {
                                silent.closeOutput();
                                assertThat(silent.readAll(0)).isEmpty();
                            }
                            echo(good, "b");
                        }
                        listener.close();
                        serving.await();
                    }));
            assertThat(logged.lines())
                    .satisfiesExactly(
                            line ->
                                    assertThat(line)
                                            .startsWith("WARNING " + names.get(1))
                                            .contains("AssertionError: an error"),
                            line ->
                                    assertThat(line)
                                            .startsWith("WARNING " + names.get(2))
                                            .contains("an exception"),
                            line -> assertThat(line).startsWith("FINE " + names.get(3)),
                            line -> assertThat(line).startsWith("FINE " + names.get(4)),
                            line ->
                                    assertThat(line)
                                            .startsWith("FINE " + names.get(5))
                                            .contains("EndOfStreamException"));
        }
    }

    @Test
    void noMoreConnectionsAreServedThanAllowed() throws Exception {
        run(() ->
                group(g -> {
                    var listener =
                            Tcp.listen("127.0.0.1", 0, ListenOptions.DEFAULT.withMaxConnections(2));
                    int[] running = {0};
                    int[] most = {0};
                    var gate = new Promise<Void>();
                    var serving =
                            g.spawn(() ->
                                    listener.serve(conn -> {
                                        most[0] = Math.max(most[0], ++running[0]);
                                        gate.await();
                                        for (int i = 0; i < 10; i++) {
                                            checkpoint();
                                        }
                                        running[0]--;
                                        conn.write(ascii("done"));
                                    }));
                    int port = listener.address().getPort();
                    List<ByteStream> clients = new ArrayList<>();
                    for (int i = 0; i < 10; i++) {
                        clients.add(Tcp.connect("127.0.0.1", port));
                    }
                    until(() -> running[0] == 2);
                    letOthersRun();
                    assertThat(running[0]).isEqualTo(2);
                    gate.complete(null);
                    for (var client : clients) {
                        try (client) {
                            assertThat(client.readAll(10)).asString(US_ASCII).isEqualTo("done");
                        }
                    }
                    assertThat(most[0]).isEqualTo(2);
                    listener.close();
                    serving.await();
                }));
    }

    @Test
    void closingEndsAServerWhoseConnectionsAreAllTaken() throws Exception {
        run(() ->
                group(g -> {
                    var listener =
                            Tcp.listen("127.0.0.1", 0, ListenOptions.DEFAULT.withMaxConnections(1));
                    var serving = g.spawn(() -> listener.serve(conn -> conn.transferTo(conn)));
                    try (var client = Tcp.connect("127.0.0.1", listener.address().getPort())) {
                        echo(client, "a");
                        letOthersRun();
                        listener.close();
                        letOthersRun();
                    }
                    serving.await();
                }));
    }

    @Test
    void servingTwiceAtOnceIsRefused() throws Exception {
        run(() ->
                group(g -> {
                    var listener = Tcp.listen("127.0.0.1", 0);
                    var serving = g.spawn(() -> listener.serve(conn -> {}));
                    letOthersRun();
                    assertThatThrownBy(() -> listener.serve(conn -> {}))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("serves already");
                    listener.close();
                    serving.await();
                }));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> ListenOptions.DEFAULT.withBacklog(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListenOptions.DEFAULT.withMaxConnections(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void echo(ByteStream client, String text) throws Exception {
        client.write(ascii(text));
        assertThat(client.readExactly(text.length())).asString(US_ASCII).isEqualTo(text);
    }
}
