package dev.heddle.net;

import dev.heddle.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpStreamTest
        implements ReadingContract,
                FeedingContract,
                WritingContract,
                ClosingContract,
                CancellationContract {
    /// Else the kernel's buffers grow to some 30 MB between two sockets of one machine.
    private static final int KERNEL_BUFFER = 32 * 1024;

    @Override
    public ByteStream.Pair connect() throws Exception {
        try (var listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            var left = SocketChannel.open();
            left.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
            left.connect(listener.getLocalAddress());
            return new ByteStream.Pair(stream(left), stream(listener.accept()));
        }
    }

    private static ByteStream stream(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER);
        return new ByteStream(new TcpWire(channel, Readiness.of(channel)));
    }

    @Override
    public int bulk() {
        return 1_000_000;
    }
}
