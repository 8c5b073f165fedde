package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a handler sees of a request, and what the client sees of its answer.
class RequestAndResponseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void aPlainAnswerHasLengthDateAndServer() throws Exception {
        String answer =
                new Wiretap(r ->
                        Response.bytes(
                                "text/plain", "Hello, World!".getBytes(StandardCharsets.UTF_8)))
                        .exchange(GET);
        assertThat(answer)
                .matches(
                        "HTTP/1.1 200 OK\r\n"
                                + "Date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n"
                                + "Server: Heddle\r\n"
                                + "Content-Type: text/plain\r\n"
                                + "Content-Length: 13\r\n"
                                + "\r\n"
                                + "Hello, World!");
    }

    @Test
    void theHandlerSeesTheWholeRequest() throws Exception {
        Request[] seen = new Request[1];
        new Wiretap(
                        r -> {
                            seen[0] = r;
                            r.attribute(Integer.class, 42);
                            return Response.of(204);
                        })
                .exchange(
                        "GET /a%20b/./c/../d?x=1&y=%C3%A4+z&x=2&empty HTTP/1.1\r\n"
                                + "host: example.org:8080\r\nX-Two:  one \r\nx-two: two\r\n\r\n");
        Request request = seen[0];
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).isEqualTo("/a%20b/./c/../d?x=1&y=%C3%A4+z&x=2&empty");
        assertThat(request.path()).isEqualTo("/a b/d");
        assertThat(request.query())
                .isEqualTo(
                        Map.of("x", List.of("1", "2"), "y", List.of("ä z"), "empty", List.of("")));
        assertThat(request.query("x")).isEqualTo("1");
        assertThat(request.query("none")).isNull();
        assertThat(request.headers().all("X-TWO")).containsExactly("one", "two");
        assertThat(request.header("x-Two")).isEqualTo("one");
        assertThat(request.headers().contains("absent")).isFalse();
        assertThat(request.headers())
                .containsExactly(
                        Map.entry("host", "example.org:8080"),
                        Map.entry("X-Two", "one"),
                        Map.entry("x-two", "two"));
        assertThat(request.version()).isEqualTo("HTTP/1.1");
        assertThat(request.scheme()).isEqualTo("http");
        assertThat(request.host()).isEqualTo("example.org:8080");
        assertThat(request.body().length()).isZero();
        assertThat(request.attribute(Integer.class)).isEqualTo(42);
        assertThat(request.attribute(String.class)).isNull();
        assertThat(request).hasToString("GET /a%20b/./c/../d?x=1&y=%C3%A4+z&x=2&empty");
    }

    @Test
    void anAbsoluteTargetSaysTheHost() throws Exception {
        Request[] seen = new Request[1];
        new Wiretap(
                        r -> {
                            seen[0] = r;
                            return Response.of(204);
                        })
                .exchange("GET http://Example.org?q=1 HTTP/1.1\r\nHost: example.org\r\n\r\n");
        assertThat(seen[0].path()).isEqualTo("/");
        assertThat(seen[0].host()).isEqualTo("Example.org");
        assertThat(seen[0].query("q")).isEqualTo("1");
    }

    @Test
    void anOptionsRequestMayAskForTheServerItself() throws Exception {
        Wiretap wire = new Wiretap(r -> Response.text(r.path()));
        assertThat(wire.exchange("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("\r\n\r\n*");
    }

    @Test
    void theAnswerToHeadHasTheSameHeaderAndNoBody() throws Exception {
        Handler handler = r -> Response.text("some text").header("X-A", "b");
        String get = new Wiretap(handler).exchange(GET);
        String head = new Wiretap(handler).exchange(GET.replace("GET", "HEAD"));
        assertThat(Wiretap.withoutDate(head) + "some text").isEqualTo(Wiretap.withoutDate(get));
        assertThat(get).contains("Content-Length: 9\r\n");
    }

    @Test
    void aStreamedAnswerToHeadIsNotWritten() throws Exception {
        boolean[] called = new boolean[1];
        String head =
                new Wiretap(r -> Response.stream("text/plain", out -> called[0] = true))
                        .exchange(GET.replace("GET", "HEAD"));
        assertThat(head).contains("Transfer-Encoding: chunked\r\n").endsWith("\r\n\r\n");
        assertThat(called[0]).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someStatusesHaveNoBody(int status) throws Exception {
        String two = new Wiretap(r -> Response.text("dropped").status(status)).exchange(GET + GET);
        assertThat(two).doesNotContain("dropped").doesNotContain("Content-Length");
        assertThat(two.split("HTTP/1.1 " + status, -1)).hasSize(3);
    }

    @Test
    void aStreamIsSentInChunks() throws Exception {
        String answer =
                new Wiretap(r ->
                        Response.stream(
                                "text/plain",
                                out -> {
                                    out.write("Hello, ");
                                    out.write("");
                                    out.flush();
                                    out.write("a world of ä");
                                }))
                        .exchange(GET);
        assertThat(answer)
                .contains("Transfer-Encoding: chunked\r\n")
                .endsWith("\r\n\r\n7\r\nHello, \r\nd\r\na world of \u00C3\u00A4\r\n0\r\n\r\n");
    }

    @Test
    void aClientOfVersionOneZeroGetsAStreamUpToTheEndOfTheConnection() throws Exception {
        String answer =
                new Wiretap(r -> Response.stream("text/plain", out -> out.write("all")))
                        .exchangeOpen("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(answer)
                .doesNotContain("chunked")
                .contains("Connection: close\r\n")
                .endsWith("\r\n\r\nall");
    }

    @Test
    void aStreamOfAnnouncedLengthIsNotSentInChunks() throws Exception {
        String answer =
                new Wiretap(r ->
                        Response.stream("text/plain", out -> out.write("four"))
                                .header("content-length", "4"))
                        .exchange(GET);
        assertThat(answer).contains("Content-Length: 4\r\n").endsWith("\r\n\r\nfour");
        assertThat(answer).doesNotContain("content-length").doesNotContain("chunked");
    }

    @Test
    void aLargeBodyAndALargeHeaderArriveWhole() throws Exception {
        String cookie = "c".repeat(20_000);
        byte[] body = new byte[300_000];
        java.util.Arrays.fill(body, (byte) 'b');
        String answer =
                new Wiretap(r -> Response.bytes("x/y", body).header("Set-Cookie", cookie))
                        .capacity(1000)
                        .exchange(GET);
        assertThat(answer).contains("Set-Cookie: " + cookie + "\r\n");
        assertThat(answer).endsWith("\r\n\r\n" + "b".repeat(300_000));
    }
}
