package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static dev.heddle.net.Connected.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectingTest {
    @Test
    void aNameIsTriedAtAllItsAddressesUntilOneAnswers() throws Exception {
        run(() -> {
            try (var listener = Tcp.listen("127.0.0.1", 0);
                    var client = Tcp.connect("localhost", listener.address().getPort());
                    var server = listener.accept()) {
                assertThat(client.remoteAddress()).isEqualTo(listener.address());
                assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
                assertThat(client.toString())
                        .matches("connection 127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:\\d+");
            }
        });
    }

    @Test
    void aRefusalNamesEachAddressAndItsReason() throws Exception {
        run(() -> {
            int port = closedPort();
            var refused =
                    catchThrowableOfType(
                            ConnectException.class, () -> Tcp.connect("127.0.0.1", port));
            assertThat(refused)
                    .hasMessage(
                            "cannot connect to 127.0.0.1:%d: 127.0.0.1:%d: Connection refused",
                            port, port);
            assertThat(refused.getSuppressed()).hasSize(1);
        });
    }

    private static int closedPort() throws IOException {
        try (var listener = Tcp.listen("127.0.0.1", 0)) {
            return listener.address().getPort();
        }
    }

    @Test
    void anUnknownNameIsNamed() throws Exception {
        run(() ->
                assertThatThrownBy(() -> Tcp.connect("no-such-host.invalid", 80))
                        .isInstanceOf(UnknownHostException.class)
                        .hasMessageContaining("no-such-host.invalid"));
    }

    @Test
    void portsOutOfRangeAreRefused() throws Exception {
        run(() -> {
            assertThatThrownBy(() -> Tcp.connect("127.0.0.1", 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Tcp.connect("127.0.0.1", 65_536))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Tcp.listen("127.0.0.1", -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
        });
    }

    /// A full backlog makes the kernel drop further connections, so that they hang.
    @Test
    void cancellingClosesTheConnectionBegun() throws Exception {
        run(() ->
                group(g -> {
                    try (var full = ServerSocketChannel.open()) {
                        full.bind(new InetSocketAddress("127.0.0.1", 0), 1);
                        int port = ((InetSocketAddress) full.getLocalAddress()).getPort();
                        List<ByteStream> waiting = new ArrayList<>();
                        for (int i = 0; i < 2; i++) {
                            waiting.add(Tcp.connect("127.0.0.1", port));
                        }
                        long before = descriptors();
                        var connecting = g.spawn(() -> Tcp.connect("127.0.0.1", port));
                        until(() -> descriptors() == before + 1);
                        assertThat(connecting.isDone()).isFalse();
                        connecting.cancel();
                        until(connecting::isDone);
                        assertThat(connecting.isCancelled()).isTrue();
                        until(() -> descriptors() == before);
                        for (var stream : waiting) {
                            stream.close();
                        }
                    }
                }));
    }

    private static long descriptors() {
        return ManyConnectionsTest.descriptors();
    }
}
