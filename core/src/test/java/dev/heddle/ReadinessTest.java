package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadinessTest {
    private interface OnPipe {
        void run(Readiness source, Pipe pipe) throws Exception;
    }

    private static void onPipe(OnPipe body) throws Exception {
        Heddle.run(() -> {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            try (var sink = pipe.sink();
                    Readiness source = Readiness.of(pipe.source())) {
                assertThat(sink.isOpen()).isTrue();
                body.run(source, pipe);
            }
        });
    }

    private static ByteBuffer bytes(int n) {
        return ByteBuffer.allocate(n);
    }

    @Test
    void aReaderWaitsUntilThereIsSomething() throws Exception {
        onPipe((source, pipe) ->
                group(g -> {
                    g.spawn(() -> {
                        sleep(millis(5));
                        pipe.sink().write(bytes(3));
                    });
                    assertThat(pipe.source().read(bytes(8))).isZero();
                    int n;
                    ByteBuffer buffer = bytes(8);
                    while ((n = pipe.source().read(buffer)) == 0) {
                        source.awaitReadable();
                    }
                    assertThat(n).isEqualTo(3);
                }));
    }

    @Test
    void anEventThatNobodyAwaitedIsKeptForTheNextWait() throws Exception {
        onPipe((source, pipe) -> {
            // Interest is set by a first wait, and stays.
            assertThatThrownBy(() -> timeout(millis(2), () -> source.awaitReadable()))
                    .isInstanceOf(TimeoutException.class);
            pipe.sink().write(bytes(1));
            sleep(millis(5));
            source.awaitReadable();
            assertThat(pipe.source().read(bytes(8))).isEqualTo(1);
        });
    }

    @Test
    void dataThatNobodyReadsDoesNotMakeTheLoopSpin() throws Exception {
        onPipe((source, pipe) -> {
            assertThatThrownBy(() -> timeout(millis(2), () -> source.awaitReadable()))
                    .isInstanceOf(TimeoutException.class);
            pipe.sink().write(bytes(100));
            sleep(millis(5));
            long before = EventLoop.current().statistics().polls();
            sleep(millis(100));
            assertThat(EventLoop.current().statistics().polls() - before).isLessThan(20);
            source.awaitReadable();
            assertThat(pipe.source().read(bytes(200))).isEqualTo(100);
        });
    }

    @Test
    void aChannelThatCanBeWrittenDoesNotMakeTheLoopSpin() throws Exception {
        Heddle.run(() -> {
            Pipe pipe = Pipe.open();
            pipe.sink().configureBlocking(false);
            try (var source = pipe.source();
                    Readiness sink = Readiness.of(pipe.sink())) {
                assertThat(source.isOpen()).isTrue();
                for (int i = 0; i < 3; i++) {
                    sink.awaitWritable();
                }
                long before = EventLoop.current().statistics().polls();
                sleep(millis(100));
                assertThat(EventLoop.current().statistics().polls() - before).isLessThan(20);
            }
        });
    }

    @Test
    void aWriterWaitsForRoom() throws Exception {
        Heddle.run(() -> {
            Pipe pipe = Pipe.open();
            pipe.sink().configureBlocking(false);
            pipe.source().configureBlocking(false);
            try (Readiness source = Readiness.of(pipe.source());
                    Readiness sink = Readiness.of(pipe.sink())) {
                int total = 1_000_000;
                int[] received = new int[1];
                group(g -> {
                    g.spawn(() -> {
                        ByteBuffer buffer = bytes(10_000);
                        while (received[0] < total) {
                            int n = pipe.source().read(buffer.clear());
                            if (n == 0) {
                                source.awaitReadable();
                            }
                            received[0] += n;
                        }
                    });
                    ByteBuffer all = bytes(total);
                    while (all.hasRemaining()) {
                        if (pipe.sink().write(all) == 0) {
                            sink.awaitWritable();
                        }
                    }
                });
                assertThat(received[0]).isEqualTo(total);
            }
        });
    }

    @Test
    void aSecondReaderIsRefusedAndNamed() throws Exception {
        onPipe((source, pipe) ->
                group(g -> {
                    var first = g.spawn("first reader", () -> source.awaitReadable());
                    checkpoint();
                    assertThatThrownBy(source::awaitReadable)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("first reader");
                    first.cancel();
                    Trial.settle();
                    // The place is free again.
                    pipe.sink().write(bytes(1));
                    source.awaitReadable();
                }));
    }

    @Test
    void closingWakesTheWaiterAndIsForGood() throws Exception {
        onPipe((source, pipe) ->
                group(g -> {
                    var reader =
                            g.spawn(() -> {
                                assertThatThrownBy(source::awaitReadable)
                                        .isInstanceOf(ClosedChannelException.class);
                                return "woken";
                            });
                    checkpoint();
                    source.close();
                    source.close();
                    assertThat(pipe.source().isOpen()).isFalse();
                    assertThat(reader.await()).isEqualTo("woken");
                    assertThatThrownBy(source::awaitReadable)
                            .isInstanceOf(ClosedChannelException.class);
                }));
    }

    @Test
    void theEndOfTheStreamIsReadable() throws Exception {
        onPipe((source, pipe) ->
                group(g -> {
                    g.spawn(() -> {
                        sleep(millis(2));
                        pipe.sink().close();
                    });
                    source.awaitReadable();
                    assertThat(pipe.source().read(bytes(1))).isEqualTo(-1);
                }));
    }

    @Test
    void aChannelClosedBehindItsBackSaysSo() throws Exception {
        onPipe((source, pipe) -> {
            pipe.source().close();
            assertThatThrownBy(source::awaitReadable).isInstanceOf(ClosedChannelException.class);
        });
    }

    @Test
    void aBlockingChannelIsRefused() throws Exception {
        Heddle.run(() -> {
            Pipe pipe = Pipe.open();
            try (var source = pipe.source();
                    var sink = pipe.sink()) {
                assertThat(sink.isOpen()).isTrue();
                assertThatThrownBy(() -> Readiness.of(source))
                        .isInstanceOf(IllegalBlockingModeException.class);
            }
        });
    }

    @Test
    void aSecondReadinessOfAChannelIsRefused() throws Exception {
        onPipe((source, pipe) -> {
            assertThatThrownBy(() -> Readiness.of(pipe.source()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
            pipe.sink().write(bytes(1));
            source.awaitReadable();
        });
    }

    @Test
    void anotherLoopsTaskIsRefused() throws Exception {
        try (EventLoop other = EventLoop.open("other")) {
            onPipe((source, pipe) -> {
                var attempt =
                        other.spawn(() -> {
                            assertThatThrownBy(source::awaitReadable)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("other");
                            return "refused";
                        });
                assertThat(attempt.await()).isEqualTo("refused");
            });
        }
    }

    @Test
    void aConnectionIsAcceptedConnectedAndRefused() throws Exception {
        Heddle.run(() -> {
            InetSocketAddress address;
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                server.configureBlocking(false);
                address = (InetSocketAddress) server.getLocalAddress();
                try (Readiness accepting = Readiness.of(server)) {
                    group(g -> {
                        var accepted =
                                g.spawn(() -> {
                                    SocketChannel channel;
                                    while ((channel = server.accept()) == null) {
                                        accepting.awaitReadable();
                                    }
                                    channel.close();
                                    return "accepted";
                                });
                        connect(address);
                        assertThat(accepted.await()).isEqualTo("accepted");
                    });
                }
            }
            assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
        });
    }

    private static void connect(InetSocketAddress address) throws Exception {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        try (Readiness readiness = Readiness.of(channel)) {
            if (!channel.connect(address)) {
                while (!channel.finishConnect()) {
                    readiness.awaitWritable();
                }
            }
        }
    }

    @Test
    void readerAndWriterOfOneChannelWaitSideBySide() throws Exception {
        Heddle.run(() -> {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel near = SocketChannel.open(server.getLocalAddress());
                near.configureBlocking(false);
                try (SocketChannel far = server.accept();
                        Readiness readiness = Readiness.of(near)) {
                    far.configureBlocking(false);
                    while (near.write(bytes(100_000)) > 0) {
                        // until nothing more fits
                    }
                    group(g -> {
                        var writer = g.spawn(() -> readiness.awaitWritable());
                        var reader = g.spawn(() -> readiness.awaitReadable());
                        checkpoint();
                        far.write(bytes(1));
                        reader.await();
                        assertThat(writer.isDone()).isFalse();
                        ByteBuffer buffer = bytes(1_000_000);
                        try (Readiness remote = Readiness.of(far)) {
                            while (!writer.isDone()) {
                                if (far.read(buffer.clear()) == 0) {
                                    timeoutQuietly(remote);
                                }
                                checkpoint();
                            }
                        }
                    });
                }
            }
        });
    }

    private static void timeoutQuietly(Readiness remote) throws ClosedChannelException {
        try {
            timeout(millis(20), () -> remote.awaitReadable());
        } catch (TimeoutException e) {
            // all was read
        }
    }
}
