package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static dev.heddle.net.Connected.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.EventLoop;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManyConnectionsTest {
    @Test
    void aThousandConnectionsLeaveNothingBehind() throws Exception {
        run(() -> {
            var loop = EventLoop.current();
            try (var server = Tcp.listen("127.0.0.1", 0)) {
                int port = server.address().getPort();
                group(g -> {
                    var serving =
                            g.spawn(() ->
                                    server.serve(conn -> {
                                        // One reads to the end, one ends at once, one fails.
                                        switch (conn.readSome(1)[0]) {
                                            case 0 -> conn.readAll(10);
                                            case 1 -> {}
                                            default ->
                                                    throw new DisconnectedException("as if", null);
                                        }
                                    }));
                    open(port, 3); // whatever is opened once for all
                    until(() -> loop.statistics().tasks() == 2);
                    long before = descriptors();
                    for (int round = 0; round < 10; round++) {
                        open(port, 100);
                    }
                    until(() -> loop.statistics().tasks() == 2);
                    until(() -> descriptors() <= before);
                    serving.cancel();
                });
            }
            assertThat(loop.statistics().timers()).isZero();
        });
    }

    /// Opens connections all at once, and drops each in one of several ways.
    private static void open(int port, int count) throws Exception {
        group(g -> {
            for (int i = 0; i < count; i++) {
                byte number = (byte) i;
                var _ =
                        g.spawn(() -> {
                            try (var client = Tcp.connect("127.0.0.1", port)) {
                                client.write(new byte[] {(byte) (number % 3)});
                                switch (number % 4) {
                                    case 0 -> client.abort();
                                    case 1 -> client.closeOutput();
                                    default -> {}
                                }
                            }
                        });
            }
        });
    }

    static long descriptors() {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void checksumsSurviveRandomPieces() throws Exception {
        run(() -> {
            try (var server = Tcp.listen("127.0.0.1", 0)) {
                int port = server.address().getPort();
                group(g -> {
                    var serving =
                            g.spawn(() ->
                                    server.serve(conn -> {
                                        conn.transferTo(conn);
                                        conn.closeOutput();
                                    }));
                    group(clients -> {
                        for (int i = 0; i < 100; i++) {
                            int seed = i;
                            clients.spawn(() -> exchange(port, new Random(seed)));
                        }
                    });
                    serving.cancel();
                });
            }
        });
    }

    private static void exchange(int port, Random random) throws Exception {
        try (var client = Tcp.connect("127.0.0.1", port)) {
            var sent = new CRC32();
            var received = new CRC32();
            group(g -> {
                var _ =
                        g.spawn(() -> {
                            for (int i = 0; i < 60; i++) {
                                byte[] piece =
                                        new byte[random.nextInt(i % 20 == 0 ? 200_000 : 1500)];
                                random.nextBytes(piece);
                                sent.update(piece);
                                if (random.nextBoolean()) {
                                    client.write(piece);
                                } else {
                                    client.put(piece);
                                }
                            }
                            client.closeOutput();
                        });
                var target = ByteBuffer.allocate(5000);
                while (client.read(target) >= 0) {
                    received.update(target.flip());
                    target.clear();
                }
            });
            assertThat(received.getValue()).isEqualTo(sent.getValue());
        }
    }
}
