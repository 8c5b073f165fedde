package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of handlers that throw, or do not do what they have announced.
class FailingHandlerTest {
    private static final String GET = "GET /x?y HTTP/1.1\r\nHost: a\r\n\r\n";

    static Stream<Arguments> failures() {
        return Stream.of(
                fails(
                        "exception",
                        r -> {
                            throw new java.io.IOException("secret");
                        }),
                fails("StackOverflowError", r -> deep(0) > 0 ? Response.of(200) : Response.of(204)),
                fails(
                        "OutOfMemoryError",
                        r -> {
                            throw new OutOfMemoryError("secret");
                        }),
                fails(
                        "AssertionError",
                        r -> {
                            throw new AssertionError("secret");
                        }),
                fails("null", r -> nothing()),
                fails("length", r -> Response.text("secret").header("Content-Length", "7")));
    }

    private static Arguments fails(String name, Handler handler) {
        return Arguments.argumentSet(name, handler);
    }

    private static long deep(long depth) {
        return deep(depth + 1) + depth;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isA500WithoutDetailThatIsLoggedOnceAndTheConnectionGoesOn(Handler handler)
            throws Exception {
        try (LogCapture log = new LogCapture()) {
            Wiretap wire = new Wiretap(handler);
            String answers = wire.exchange(GET + GET);
            assertThat(answers).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
            assertThat(answers).doesNotContain("secret").doesNotContain("Connection: close");
            assertThat(wire.handled).hasSize(2);
            assertThat(log.messages()).hasSize(2).allMatch(m -> m.startsWith("GET /x?y failed"));
        }
    }

    @Test
    void anHttpExceptionIsTheAnswerAndIsNotLogged() throws Exception {
        try (LogCapture log = new LogCapture()) {
            String answer =
                    new Wiretap(
                                    r -> {
                                        throw new HttpException(404, "there is no " + r.path());
                                    })
                            .exchange(GET);
            assertThat(answer)
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .endsWith("\r\n\r\nthere is no /x\n");
            assertThat(log.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"})
    void aStreamThatFailsIsCutOffAndLogged(String get) throws Exception {
        try (LogCapture log = new LogCapture()) {
            String answer =
                    new Wiretap(r ->
                            Response.stream(
                                    "text/plain",
                                    out -> {
                                        out.write("part");
                                        throw new IllegalStateException("why");
                                    }))
                            .exchange(get + GET);
            assertThat(answer).doesNotContain("0\r\n\r\n").endsWith("[RESET]");
            assertThat(log.messages()).singleElement().asString().contains("GET / failed", "why");
        }
    }

    @Test
    void aStreamShorterThanAnnouncedIsCutOffAndLogged() throws Exception {
        try (LogCapture log = new LogCapture()) {
            String answer =
                    new Wiretap(r ->
                            Response.stream("text/plain", out -> out.write("abc"))
                                    .header("Content-Length", "4"))
                            .exchange(GET);
            assertThat(answer).endsWith("[RESET]");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("the body has 3 bytes, and a Content-Length of 4 was announced");
        }
    }

    @Test
    void aStreamLongerThanAnnouncedIsRefusedInTheHandler() throws Exception {
        try (LogCapture log = new LogCapture()) {
            String answer =
                    new Wiretap(r ->
                            Response.stream(
                                            "text/plain",
                                            out -> {
                                                out.write("abcd");
                                                assertThatThrownBy(() -> out.write("e"))
                                                        .isInstanceOf(IllegalStateException.class)
                                                        .hasMessageContaining("4");
                                            })
                                    .header("Content-Length", "4"))
                            .exchange(GET);
            assertThat(answer).endsWith("\r\n\r\nabcd");
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void aBodyCannotBeReadOnceTheResponseIsComplete() throws Exception {
        Request[] seen = new Request[1];
        new Wiretap(
                        r -> {
                            if (seen[0] == null) {
                                seen[0] = r;
                                return Response.of(200);
                            }
                            assertThatThrownBy(() -> seen[0].body().bytes())
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("complete");
                            return Response.text("checked");
                        })
                .exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx" + GET);
        assertThat(seen[0]).isNotNull();
    }

    @Test
    void aWriterThatOutlivesItsBodyIsRefused() throws Exception {
        ResponseBody[] kept = new ResponseBody[1];
        new Wiretap(r -> Response.stream("x/y", out -> kept[0] = out)).exchange(GET);
        assertThatThrownBy(() -> kept[0].write("late")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nSet-Cookie: b",
                "a\nb",
                "a\rb",
                "a\0b",
                "a\u0001",
                "a\u007F",
                "\u0100"
            })
    void aHeaderValueThatWouldSplitTheResponseIsRefused(String value) {
        assertThatThrownBy(() -> Response.of(200).header("X-Name", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("X-Name", "U+");
        assertThatThrownBy(() -> Response.of(200).addHeader("X-Name", value))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.bytes(value, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\n", "\u00E4", "a\0"})
    void aHeaderNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> Response.of(200).header(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void theServersOwnFieldsAreRefused() {
        for (String name : new String[] {"date", "Server", "Transfer-Encoding"}) {
            assertThatThrownBy(() -> Response.of(200).header(name, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> Response.of(200).header("Connection", "upgrade"))
                .isInstanceOf(IllegalArgumentException.class);
        for (String length : new String[] {"", "-1", "+1", "x", "1".repeat(19)}) {
            assertThatThrownBy(() -> Response.of(200).header("Content-Length", length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void headersOfAResponseCanBeReplacedAndRemoved() {
        Response response =
                Response.text("x").addHeader("a", "1").addHeader("A", "2").header("b", "3");
        assertThat(response.headers().all("a")).containsExactly("1", "2");
        assertThat(response.header("A", "4").headers().all("a")).containsExactly("4");
        assertThat(response.removeHeader("a").header("a")).isNull();
        assertThat(response.headers().size()).isEqualTo(2);
        assertThat(response.header("B")).isEqualTo("3");
        assertThat(response.length()).isEqualTo(1);
    }
}
