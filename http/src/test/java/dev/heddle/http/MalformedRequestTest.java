package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever could make two programs disagree about where a request ends is refused, and what comes
/// behind it never reaches a handler.
class MalformedRequestTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    /// What is refused before the handler is called. Each is given a valid request behind it.
    static Stream<Arguments> heads() {
        return Stream.of(
                post(400, "both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
                post(
                        400,
                        "both lengths, reversed",
                        "Transfer-Encoding: chunked\r\nContent-Length: 5"),
                post(400, "two lengths", "Content-Length: 5\r\nContent-Length: 6"),
                post(400, "the same length twice", "Content-Length: 5\r\nContent-Length: 5"),
                post(400, "list of lengths", "Content-Length: 5, 5"),
                post(400, "length with plus", "Content-Length: +5"),
                post(400, "length with minus", "Content-Length: -5"),
                post(400, "empty length", "Content-Length: "),
                post(400, "hexadecimal length", "Content-Length: 0x5"),
                post(400, "length with space inside", "Content-Length: 5 5"),
                post(400, "overflowing length", "Content-Length: 9223372036854775808"),
                post(400, "length of 40 digits", "Content-Length: " + "1".repeat(40)),
                post(413, "long length", "Content-Length: 9223372036854775807"),
                post(400, "unknown coding", "Transfer-Encoding: xchunked"),
                post(400, "gzip only", "Transfer-Encoding: gzip"),
                post(501, "gzip, chunked", "Transfer-Encoding: gzip, chunked"),
                post(400, "chunked not last", "Transfer-Encoding: chunked, gzip"),
                post(400, "chunked twice", "Transfer-Encoding: chunked, chunked"),
                post(
                        400,
                        "two codings",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
                post(400, "identity", "Transfer-Encoding: identity"),
                post(400, "empty coding", "Transfer-Encoding:"),
                post(400, "coding in quotes", "Transfer-Encoding: \"chunked\""),
                post(400, "coding with vertical tab", "Transfer-Encoding: \u000Bchunked"),
                post(400, "coding with parameter", "Transfer-Encoding: chunked;q=1"),
                post(400, "space before colon", "Content-Length : 5"),
                post(400, "tab before colon", "Transfer-Encoding\t: chunked"),
                post(400, "folded line", "X: a\r\n b"),
                post(400, "folded coding", "Transfer-Encoding:\r\n chunked"),
                post(400, "space first", " X: a"),
                post(400, "no colon", "X"),
                post(400, "empty name", ": a"),
                post(400, "bare CR", "X: a\rContent-Length: 5"),
                post(400, "bare LF", "X: a\nContent-Length: 5"),
                post(400, "CR CR LF", "X: a\r"),
                post(400, "NUL", "X: a\0b"),
                post(400, "control character", "X: a\u0001b"),
                post(400, "DEL", "X: a\u007Fb"),
                post(400, "NUL in name", "X\0: a"),
                post(400, "name with umlaut", "\u00E4: a"),
                post(400, "name with parentheses", "X(): a"),
                post(400, "second Host", "Host: a"),
                post(417, "expectation", "Expect: the-unexpected"),
                head(400, "no Host", "GET / HTTP/1.1\r\n\r\n"),
                head(400, "empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
                host("a b"),
                host("a,b"),
                host("a/b"),
                host("user@a"),
                host("a:port"),
                host("a:65536"),
                host("a:"),
                host("a:0"),
                host("a:123456"),
                host("[::1"),
                host("[]"),
                host("[::1:]"),
                host("[127.0.0.1]"),
                host("a%62c"),
                host("[::1]x"),
                host("a:1:2"),
                head(
                        400,
                        "coding in 1.0",
                        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                line(505, "GET / HTTP/2.0"),
                line(505, "GET / HTTP/0.9"),
                line(400, "GET / HTTP/1.10"),
                line(400, "GET / HTTP/11"),
                line(400, "GET / http/1.1"),
                line(400, "GET / HTTP/1,1"),
                line(400, "GET / HTTP/1.1 "),
                line(400, "GET / HTTP/1.x"),
                line(400, "GET / "),
                line(400, "GET /"),
                line(400, "GET"),
                line(400, "GET  / HTTP/1.1"),
                line(400, "GET\t/ HTTP/1.1"),
                line(400, "GET /\tHTTP/1.1"),
                line(400, "GET /a b HTTP/1.1"),
                line(400, " GET / HTTP/1.1"),
                line(400, "G(T / HTTP/1.1"),
                line(400, "G\u00C4T / HTTP/1.1"),
                line(400, "A".repeat(33) + " / HTTP/1.1"),
                line(400, "GET a HTTP/1.1"),
                line(400, "GET * HTTP/1.1"),
                line(400, "GET ** HTTP/1.1"),
                line(400, "GET a:80 HTTP/1.1"),
                line(400, "GET ftp://a/ HTTP/1.1"),
                line(400, "GET http:///x HTTP/1.1"),
                line(400, "GET http://u@a/ HTTP/1.1"),
                line(400, "GET http://b/ HTTP/1.1"),
                line(501, "CONNECT a:443 HTTP/1.1"),
                line(400, "GET /\u00E4 HTTP/1.1"),
                line(400, "GET /\0 HTTP/1.1"),
                line(400, "GET /\u007F HTTP/1.1"),
                line(400, "GET /# HTTP/1.1"),
                line(400, "GET /?a#b HTTP/1.1"),
                line(400, "GET /\"x HTTP/1.1"),
                line(400, "GET /<x> HTTP/1.1"),
                line(400, "GET /\\x HTTP/1.1"),
                line(400, "GET /.. HTTP/1.1"),
                line(400, "GET /../x HTTP/1.1"),
                line(400, "GET /a/../../x HTTP/1.1"),
                line(400, "GET /%2e%2e/x HTTP/1.1"),
                line(400, "GET /a/%2E./.%2e/x HTTP/1.1"),
                line(400, "GET /a%2fb HTTP/1.1"),
                line(400, "GET /a%00b HTTP/1.1"),
                line(400, "GET /% HTTP/1.1"),
                line(400, "GET /%4 HTTP/1.1"),
                line(400, "GET /%4g HTTP/1.1"),
                line(400, "GET /%ff HTTP/1.1"),
                line(400, "GET /%c0%ae%c0%ae/x HTTP/1.1"),
                head(400, "LF only", "GET / HTTP/1.1\nHost: a\n\n"),
                head(400, "LF first", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                head(400, "two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                head(400, "CR first", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                head(505, "HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                head(400, "TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003"),
                head(
                        414,
                        "long target",
                        "GET /" + "a".repeat(8200) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                head(
                        431,
                        "long field",
                        "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(8200) + "\r\n\r\n"),
                head(
                        431,
                        "many fields",
                        "GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(100) + "\r\n"));
    }

    private static Arguments post(int status, String name, String field) {
        return head(status, name, "POST / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n0\r\n\r\n");
    }

    private static Arguments host(String value) {
        return head(400, "Host " + value, "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n");
    }

    private static Arguments line(int status, String line) {
        return head(status, line, line + "\r\nHost: a\r\n\r\n");
    }

    private static Arguments head(int status, String name, String bytes) {
        return Arguments.argumentSet(
                status + " " + name.replaceAll("\\p{Cntrl}", "?"), status, bytes);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void isRefusedBeforeAnyHandlerIsCalled(int status, String bytes) throws Exception {
        Wiretap wire = new Wiretap();
        assertRefused(wire.exchange(bytes + SMUGGLED), status);
        assertThat(wire.handled).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("heads")
    void isRefusedByteForByteAsInOnePiece(int status, String bytes) throws Exception {
        Wiretap wire = new Wiretap().chunk(1);
        assertRefused(wire.exchange(bytes + SMUGGLED), status);
        assertThat(wire.handled).isEmpty();
    }

    /// Bodies that are found to be malformed while the handler reads them.
    static Stream<Arguments> chunks() {
        List<Arguments> cases = new ArrayList<>();
        for (String bad :
                List.of(
                        "+5\r\nhello\r\n",
                        "-5\r\nhello\r\n",
                        " 5\r\nhello\r\n",
                        "5 \r\nhello\r\n",
                        "5 ;x\r\nhello\r\n",
                        "\t5\r\nhello\r\n",
                        "0x5\r\nhello\r\n",
                        "5g\r\nhello\r\n",
                        "\r\nhello\r\n",
                        ";x\r\nhello\r\n",
                        "g\r\n",
                        "5\nhello\r\n",
                        "5\rhello\r\n",
                        "5\r\rhello\r\n",
                        "5\r\nhelloo\r\n",
                        "5\r\nhellox\n",
                        "5\r\nhello",
                        "5\r\nhello\n",
                        "5\r\nhello\r",
                        "5\r\nhello\rx",
                        "4\r\nhello\r\n",
                        "6\r\nhello\r\n",
                        "5;\u0001\r\nhello\r\n",
                        "5;x\nhello\r\n",
                        "5;x\r\r\nhello\r\n",
                        "ffffffffffffffff\r\n",
                        "8000000000000000\r\n",
                        "00000000000000005\r\nhello\r\n",
                        "10000000000000005\r\nhello\r\n",
                        "0\r\nX: \u0001\r\n",
                        "0\r\n X: a\r\n",
                        "0\r\nX : a\r\n",
                        "0\r\nX\r\n",
                        "0\r\nX: a\n",
                        "0\r\nX: a\r\r\n",
                        "0\n",
                        "0\r\n\n")) {
            cases.add(Arguments.argumentSet(bad.replaceAll("\\p{Cntrl}", "?"), 400, bad));
        }
        cases.add(
                Arguments.argumentSet(
                        "long extension", 431, "5;" + "x".repeat(8200) + "\r\nhello\r\n"));
        cases.add(
                Arguments.argumentSet("long trailer", 431, "0\r\nX:" + "x".repeat(8200) + "\r\n"));
        cases.add(Arguments.argumentSet("many trailers", 431, "0\r\n" + "X:x\r\n".repeat(101)));
        cases.add(Arguments.argumentSet("long chunk", 413, "100001\r\nhello"));
        cases.add(
                Arguments.argumentSet(
                        "long chunks", 413, ("8000\r\n" + "x".repeat(32768) + "\r\n").repeat(33)));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("chunks")
    void chunksAreRefusedAndNothingBehindThemIsHandled(int status, String bad) throws Exception {
        Wiretap wire = new Wiretap(r -> Response.text(r.body().text()));
        assertRefused(wire.exchange(chunked(bad) + "0\r\n\r\n" + SMUGGLED), status);
        assertThat(wire.handled).containsExactly("POST /");
    }

    @ParameterizedTest
    @MethodSource("chunks")
    void chunksThatNobodyReadsEndTheConnection(int status, String bad) throws Exception {
        Wiretap wire = new Wiretap();
        String answers = wire.exchange(chunked(bad) + "0\r\n\r\n" + SMUGGLED);
        assertThat(answers).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(wire.handled).containsExactly("POST /");
    }

    private static String chunked(String body) {
        return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello\r\n0\r\n\r\n",
                "00005\r\nhello\r\n000\r\n\r\n",
                "5;x=\"y z\";z\r\nhello\r\n0;last\r\n\r\n",
                "1\r\nh\r\n4\r\nello\r\n0\r\nX: trailer\r\nY:\r\n\r\n"
            })
    void wellFormedChunksAreDecoded(String body) throws Exception {
        for (int chunk : new int[] {1, 2, 3, 65536}) {
            Wiretap wire = new Wiretap(r -> Response.text(r.body().text())).chunk(chunk);
            assertThat(wire.exchange(chunked(body) + SMUGGLED)).contains("\r\n\r\nhello");
            assertThat(wire.handled).containsExactly("POST /", "GET /smuggled");
        }
    }

    private static void assertRefused(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("Connection: close\r\n");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }
}
