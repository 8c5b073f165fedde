package dev.heddle.examples.search;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Heddle;
import dev.heddle.net.ConnectionHandler;
import dev.heddle.net.Listener;
import dev.heddle.net.Tcp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstTest {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final byte[] PONG =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 4\r\n\r\npong"
                    .getBytes(ISO_8859_1);
    private static final byte[] BUSY =
            "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

    private final List<BurstReport> reports = new ArrayList<>();

    @Test
    void everyClientAsksFiveTimes() throws IOException {
        int[] requests = {0};
        BurstReport last =
                burst(
                        300,
                        connection -> {
                            while (true) {
                                connection.readUntil(END, 1000);
                                requests[0]++;
                                connection.write(PONG);
                            }
                        });
        assertThat(last.state()).isEqualTo("done");
        assertThat(last.connected()).isEqualTo(300);
        assertThat(last.answered()).isEqualTo(1500).isEqualTo(requests[0]);
        assertThat(last.errors()).isZero();
        assertThat(last.notes()).isEmpty();
        assertThat(last.p50()).isPositive().isLessThanOrEqualTo(last.max());
        assertThat(reports.getFirst().isRunning()).isTrue();
    }

    @Test
    void theRequestNamesTheServerAndThePath() throws IOException {
        List<String> heads = new ArrayList<>();
        InetSocketAddress[] at = {null};
        burst(
                1,
                connection -> {
                    at[0] = (InetSocketAddress) connection.localAddress();
                    while (true) {
                        heads.add(new String(connection.readUntil(END, 1000), ISO_8859_1));
                        connection.write(PONG);
                    }
                });
        assertThat(heads)
                .containsOnly(
                        "GET /ping HTTP/1.1\r\nHost: 127.0.0.1:" + at[0].getPort() + "\r\n\r\n");
    }

    @Test
    void lostConnectionsCountWithAllThatTheyDidNotAsk() throws IOException {
        int[] connections = {0};
        BurstReport last =
                burst(
                        10,
                        connection -> {
                            boolean faithful = connections[0]++ % 2 == 0;
                            for (int i = 0; faithful || i < 2; i++) {
                                connection.readUntil(END, 1000);
                                connection.write(PONG);
                            }
                        });
        assertThat(last.answered()).isEqualTo(5 * 5 + 5 * 2);
        assertThat(last.errors()).isEqualTo(5 * 3);
        assertThat(last.notes()).singleElement().asString().startsWith("5 clients: ");
    }

    @Test
    void wrongAnswersAreErrors() throws IOException {
        BurstReport last =
                burst(
                        3,
                        connection -> {
                            connection.readUntil(END, 1000);
                            connection.write(BUSY);
                            connection.readUntil(END, 1000);
                        });
        assertThat(last.answered()).isZero();
        assertThat(last.errors()).isEqualTo(15);
        assertThat(last.notes()).containsExactly("3 clients: answered with HTTP/1.1 503 Busy");
    }

    @Test
    void nobodyWaitsForThoseThatCannotConnect() throws IOException {
        int port = closedPort();
        BurstReport last =
                run(() ->
                        new Burst(
                                        new InetSocketAddress("127.0.0.1", port),
                                        "/ping",
                                        400,
                                        List.of("a note"),
                                        reports::add)
                                .run());
        assertThat(last.connected()).isZero();
        assertThat(last.errors()).isEqualTo(2000);
        assertThat(last.notes()).hasSize(2).first().isEqualTo("a note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "4097", "99999999999"})
    void aLengthThatIsNoneIsRefused(String value) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + value + "\r\n\r\n";
        assertThatThrownBy(() -> BurstClient.contentLength(head)).isInstanceOf(IOException.class);
    }

    @Test
    void fewerDescriptorsAreFewerClients() {
        assertThat(Bursts.clientsFor(1_000_000)).isEqualTo(2_000);
        assertThat(Bursts.clientsFor(4_200)).isEqualTo(2_000);
        assertThat(Bursts.clientsFor(4_198)).isEqualTo(1_999);
        assertThat(Bursts.clientsFor(201)).isZero();
        assertThat(Bursts.clientsFor(-5)).isZero();
    }

    private BurstReport burst(int clients, ConnectionHandler handler) throws IOException {
        BurstReport[] last = {BurstReport.none(0)};
        Heddle.<IOException>run(() -> {
            try (Listener listener = Tcp.listen("127.0.0.1", 0)) {
                group(g -> {
                    g.spawn(() -> listener.serve(handler));
                    last[0] =
                            new Burst(listener.address(), "/ping", clients, List.of(), reports::add)
                                    .run();
                    g.cancel();
                });
            }
        });
        return last[0];
    }

    private static int closedPort() throws IOException {
        return run(() -> {
            try (Listener listener = Tcp.listen("127.0.0.1", 0)) {
                return listener.address().getPort();
            }
        });
    }
}
