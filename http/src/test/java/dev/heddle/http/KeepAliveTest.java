package dev.heddle.http;

import static dev.heddle.http.Wiretap.response;
import static dev.heddle.http.Wiretap.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Heddle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which connections go on behind a request, and in which order they answer.
class KeepAliveTest {
    @ParameterizedTest
    @CsvSource({
        "1.1, '', true",
        "1.1, Connection: close, false",
        "1.1, 'Connection: x, CLOSE ,y', false",
        "1.1, Connection: keep-alive, true",
        "1.2, '', true",
        "1.0, '', false",
        "1.0, Connection: Keep-Alive, true",
        "1.0, 'Connection: keep-alive, close', false"
    })
    void theClientDecides(String version, String field, boolean goesOn) throws Exception {
        String get =
                "GET / HTTP/"
                        + version
                        + "\r\nHost: a\r\n"
                        + (field.isEmpty() ? "" : field + "\r\n")
                        + "\r\n";
        Wiretap wire = new Wiretap();
        String answers = wire.exchange(get + get);
        assertThat(wire.handled).hasSize(goesOn ? 2 : 1);
        assertThat(answers.contains("Connection: close\r\n")).isEqualTo(!goesOn);
        assertThat(answers.contains("Connection: keep-alive\r\n"))
                .isEqualTo(goesOn && version.equals("1.0"));
    }

    @Test
    void theHandlerMayEndIt() throws Exception {
        Wiretap wire = new Wiretap(r -> Response.text("bye").header("connection", "close"));
        String answer = wire.exchangeOpen("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2));
        assertThat(wire.handled).hasSize(1);
        assertThat(answer).containsOnlyOnce("onnection: close\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 65536})
    void pipelinedRequestsAreAnsweredInOrderEvenIfTheirHandlersWait(int chunk) throws Exception {
        StringBuilder sent = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sent.append("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            expected.add("/" + i + "=abc");
        }
        Wiretap wire =
                new Wiretap(
                                r -> {
                                    int number = Integer.parseInt(r.path().substring(1));
                                    Heddle.sleep(Duration.ofMillis(number % 3 * (40 - number)));
                                    return Response.text(r.path() + "=" + r.body().text() + ";");
                                })
                        .chunk(chunk);
        String answers = wire.exchange(sent.toString());
        assertThat(Pattern.compile("/\\d+=abc").matcher(answers).results().map(MatchResult::group))
                .isEqualTo(expected);
    }

    @Test
    void anAnswerDoesNotWaitForTheHandlerOfTheNextRequest() throws Exception {
        Wiretap wire =
                new Wiretap(r -> {
                    if (r.path().equals("/slow")) {
                        Heddle.sleep(Duration.ofHours(1));
                    }
                    return Response.text(r.path());
                });
        wire.run((stream, service) -> {
            send(
                    stream,
                    "GET /fast HTTP/1.1\r\nHost: a\r\n\r\nGET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response(stream)).endsWith("/fast");
            assertThat(wire.clock.elapsed()).isLessThan(Duration.ofSeconds(1));
            assertThat(response(stream)).endsWith("/slow");
            assertThat(wire.clock.elapsed()).isGreaterThanOrEqualTo(Duration.ofHours(1));
            return null;
        });
    }

    @Test
    void anEarlierAnswerThatTheClientDoesNotReadYetKeepsLaterOutputWaiting() throws Exception {
        String large = "x".repeat(5000);
        Wiretap wire =
                new Wiretap(
                                r -> {
                                    if (r.method().equals("GET")) {
                                        return Response.text(large);
                                    }
                                    Heddle.sleep(Duration.ofMillis(1));
                                    return Response.text(r.body().text());
                                })
                        .capacity(200);
        wire.run((stream, service) -> {
            send(
                    stream,
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh");
            Heddle.sleep(Duration.ofSeconds(1));
            assertThat(response(stream)).endsWith(large);
            send(stream, "i");
            assertThat(response(stream)).endsWith("\r\n\r\nhi");
            return null;
        });
    }

    @Test
    void oneEmptyLineBetweenRequestsIsSkipped() throws Exception {
        Wiretap wire = new Wiretap();
        wire.exchange("POST /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(wire.handled).containsExactly("POST /1", "GET /2");
    }

    @Test
    void aSmallBodyThatNobodyReadIsSkipped() throws Exception {
        Wiretap wire = new Wiretap();
        String post =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + "x".repeat(60000);
        wire.exchange(post + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(wire.handled).containsExactly("POST /", "GET /");
    }

    @Test
    void aLargeBodyThatNobodyReadEndsTheConnection() throws Exception {
        Wiretap wire = new Wiretap();
        String post =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(70000);
        String answer = wire.exchange(post + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("Connection: close");
        assertThat(wire.handled).containsExactly("POST /");
    }

    @Test
    void aLargeChunkedBodyThatNobodyReadEndsTheConnection() throws Exception {
        Wiretap wire = new Wiretap();
        String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
        String post =
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(18)
                        + "0\r\n\r\n";
        String answer = wire.exchange(post + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(wire.handled).containsExactly("POST /");
    }

    @Test
    void aClientThatExpectsToContinueIsToldWhenTheHandlerReads() throws Exception {
        Wiretap wire = new Wiretap(r -> Response.text(r.body().text()));
        wire.run((stream, service) -> {
            String head =
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n";
            for (int i = 0; i < 2; i++) {
                send(stream, head);
                assertThat(response(stream)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
                send(stream, "hi");
                assertThat(response(stream)).startsWith("HTTP/1.1 200").endsWith("hi");
            }
            return null;
        });
    }

    @Test
    void aClientThatExpectsToContinueIsNotToldWhenNobodyReads() throws Exception {
        String answer =
                new Wiretap(r -> Response.of(403))
                        .exchangeOpen(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("Connection: close\r\n");
    }

    @Test
    void aBodyCanBeReadWhileTheAnswerIsWritten() throws Exception {
        Wiretap wire =
                new Wiretap(r ->
                        Response.stream("text/plain", out -> out.write(r.body().text() + "!")));
        assertThat(
                        wire.exchange(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                                        + "GET / HTTP/1.0\r\n\r\n"))
                .contains("3\r\nhi!\r\n0\r\n\r\n")
                .endsWith("\r\n\r\n!");
    }

    @Test
    void theClientsEndOfInputEndsTheConnectionAfterTheLastAnswer() throws Exception {
        String answer =
                new Wiretap(
                                r -> {
                                    Heddle.sleep(Duration.ofSeconds(1));
                                    return Response.text("late");
                                })
                        .exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /half");
        assertThat(answer).endsWith("late");
        assertThat(count(answer)).isEqualTo(1);
    }

    private static int count(String answers) {
        return answers.split("HTTP/1.1 ", -1).length - 1;
    }
}
