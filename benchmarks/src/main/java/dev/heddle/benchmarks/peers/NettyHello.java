package dev.heddle.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/// Netty without anything above it: its HTTP codec and one handler.
///
/// - No aggregator: there is no body to collect.
/// - Names and values are [AsciiString]s made beforehand, the body is one direct buffer that all
///   answers share, and the headers of the answer are not validated, for all are constants. The
///   headers of requests are, by the codec's default.
/// - Answers are flushed once for each read, so that pipelined requests share a system call.
final class NettyHello extends ChannelInboundHandlerAdapter {
    private static final AsciiString CONTENT_TYPE = AsciiString.cached(Answer.CONTENT_TYPE);
    private static final AsciiString SERVER = AsciiString.cached("netty");
    private static final AsciiString LENGTH =
            AsciiString.cached(Integer.toString(Answer.BODY.length()));
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final HttpHeadersFactory TRAILERS =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);
    private static final ByteBuf BODY =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer()
                            .writeBytes(Answer.BODY.getBytes(StandardCharsets.US_ASCII))
                            .asReadOnly());

    /// Owner: the event loop, of which there is one.
    private static AsciiString date = new AsciiString(Answer.date());

    private NettyHello() {}

    static void main(String... words) throws InterruptedException {
        NettyServer server = NettyServer.of(words);
        server.every(Answer.DATE_SECONDS, () -> date = new AsciiString(Answer.date()));
        server.serve(
                channel -> channel.pipeline().addLast(new HttpServerCodec(), new NettyHello()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                answer(context, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static void answer(ChannelHandlerContext context, HttpRequest request) {
        boolean valid = request.decoderResult().isSuccess();
        FullHttpResponse response =
                !valid
                        ? empty(HttpResponseStatus.BAD_REQUEST)
                        : request.uri().equals("/") ? hello() : empty(HttpResponseStatus.NOT_FOUND);
        if (valid && HttpUtil.isKeepAlive(request)) {
            var _ = context.write(response, context.voidPromise());
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            var _ = context.write(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse hello() {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        BODY.duplicate(),
                        HEADERS,
                        TRAILERS);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH)
                .set(HttpHeaderNames.DATE, date)
                .set(HttpHeaderNames.SERVER, SERVER);
        return response;
    }

    private static FullHttpResponse empty(HttpResponseStatus status) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER, HEADERS, TRAILERS);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO)
                .set(HttpHeaderNames.DATE, date)
                .set(HttpHeaderNames.SERVER, SERVER);
        return response;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /// A client that goes away is no news here.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
