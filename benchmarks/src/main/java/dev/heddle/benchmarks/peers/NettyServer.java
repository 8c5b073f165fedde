package dev.heddle.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Netty on one event loop, which accepts and serves.
///
/// - The transport is the native one (`epoll`), Netty's fastest on Linux, or the portable one
///   (`nio`), which is what Heddle builds on.
/// - The allocator and all sizes are Netty's own defaults. The leak detector, a tool for
///   development that samples buffers, is off.
final class NettyServer {
    private final MultiThreadIoEventLoopGroup loops;
    private final Class<? extends ServerChannel> channels;
    private final int port;

    private NettyServer(IoHandlerFactory io, Class<? extends ServerChannel> channels, int port) {
        this.loops = new MultiThreadIoEventLoopGroup(1, io);
        this.channels = channels;
        this.port = port;
    }

    /// Reads the command line: `epoll|nio PORT`.
    static NettyServer of(String... words) {
        if (words.length != 2) {
            throw new IllegalArgumentException("usage: epoll|nio PORT, not " + List.of(words));
        }
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        int port = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "epoll" -> {
                Epoll.ensureAvailability();
                yield new NettyServer(
                        EpollIoHandler.newFactory(), EpollServerSocketChannel.class, port);
            }
            case "nio" ->
                    new NettyServer(NioIoHandler.newFactory(), NioServerSocketChannel.class, port);
            default ->
                    throw new IllegalArgumentException(
                            "the transport is epoll or nio, not " + words[0]);
        };
    }

    /// Runs an action on the event loop now and at every interval.
    void every(int seconds, Runnable action) {
        var _ = loops.next().scheduleAtFixedRate(action, 0, seconds, TimeUnit.SECONDS);
    }

    /// Listens; each connection gets the handlers that `pipeline` adds.
    void serve(Consumer<Channel> pipeline) throws InterruptedException {
        new ServerBootstrap()
                .group(loops)
                .channel(channels)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                pipeline.accept(channel);
                            }
                        })
                .bind("127.0.0.1", port)
                .sync();
        System.out.println("listening on 127.0.0.1:" + port);
    }
}
