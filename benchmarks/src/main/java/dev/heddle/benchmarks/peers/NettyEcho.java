package dev.heddle.benchmarks.peers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// A TCP echo server on Netty: it writes the very buffer it has read, and flushes once for each
/// round of reads, as Netty's own echo example does.
final class NettyEcho extends ChannelInboundHandlerAdapter {
    private NettyEcho() {}

    static void main(String... words) throws InterruptedException {
        NettyServer.of(words).serve(channel -> channel.pipeline().addLast(new NettyEcho()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var _ = context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /// Back pressure: a client that does not read is not read from.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    /// A client that goes away is no news here.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
