package dev.heddle.benchmarks.peers;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/// Vert.x on one event loop and its native transport, without its router: one verticle that answers
/// from the request handler.
///
/// Names and values are strings that Vert.x has prepared beforehand (`createOptimized`) and the
/// body is one buffer, as Vert.x's own entry in public comparisons has it. Metrics, tracing and
/// compression are off by default. Its checks of headers are on by default too and stay on; to see
/// what they cost, give `HEDDLE_JAVA_OPTS=-Dvertx.disableHttpHeadersValidation=true`.
final class VertxHello extends VerticleBase {
    private static final CharSequence CONTENT_TYPE =
            HttpHeaders.createOptimized(Answer.CONTENT_TYPE);
    private static final CharSequence SERVER = HttpHeaders.createOptimized("vertx");
    private static final CharSequence LENGTH =
            HttpHeaders.createOptimized(Integer.toString(Answer.BODY.length()));
    private static final Buffer BODY = Buffer.buffer(Answer.BODY);

    private final int port;

    /// Owner: the event loop.
    private CharSequence date = HttpHeaders.createOptimized(Answer.date());

    private VertxHello(int port) {
        this.port = port;
    }

    static void main(String... words) {
        if (words.length != 1) {
            throw new IllegalArgumentException("usage: PORT");
        }
        int port = Integer.parseInt(words[0]);
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException(
                    "Vert.x has no native transport here", vertx.unavailableNativeTransportCause());
        }
        vertx.deployVerticle(new VertxHello(port)).await();
        System.out.println("listening on 127.0.0.1:" + port);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(
                TimeUnit.SECONDS.toMillis(Answer.DATE_SECONDS),
                id -> date = HttpHeaders.createOptimized(Answer.date()));
        return vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!"/".equals(request.path())) {
            response.setStatusCode(404).end();
            return;
        }
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .set(HttpHeaders.CONTENT_LENGTH, LENGTH)
                .set(HttpHeaders.DATE, date)
                .set(HttpHeaders.SERVER, SERVER);
        response.end(BODY);
    }
}
