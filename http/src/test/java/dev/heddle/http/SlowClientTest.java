package dev.heddle.http;

import static dev.heddle.http.Wiretap.response;
import static dev.heddle.http.Wiretap.rest;
import static dev.heddle.http.Wiretap.send;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Heddle;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Clients that are too slow, in each way in which they can be. On a virtual clock.
class SlowClientTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static void assertAround(Duration elapsed, int seconds) {
        assertThat(elapsed).isBetween(ofSeconds(seconds), ofSeconds(seconds).plusMillis(100));
    }

    @Test
    void aConnectionWithoutRequestIsClosedSilently() throws Exception {
        Wiretap wire = new Wiretap();
        assertThat(wire.exchangeOpen("")).isEmpty();
        assertAround(wire.clock.elapsed(), 10);
    }

    @Test
    void anIdleConnectionIsClosedSilentlyAfterItsLastAnswer() throws Exception {
        Wiretap wire = new Wiretap();
        wire.run((stream, service) -> {
            for (int i = 0; i < 5; i++) {
                send(stream, GET);
                assertThat(response(stream)).endsWith("ok");
                Heddle.sleep(ofSeconds(9));
            }
            send(stream, GET);
            assertThat(response(stream)).endsWith("ok");
            assertThat(rest(stream)).isEmpty();
            return null;
        });
        assertAround(wire.clock.elapsed(), 55);
    }

    @Test
    void aRequestThatBeginsAndDoesNotEndIsAnsweredWith408() throws Exception {
        Wiretap wire = new Wiretap();
        assertThat(wire.exchangeOpen("GET / HT"))
                .startsWith("HTTP/1.1 408 ")
                .contains("Connection: close\r\n");
        assertThat(wire.handled).isEmpty();
    }

    @Test
    void aRequestThatComesDropByDropIsAnsweredWith408() throws Exception {
        Wiretap wire = new Wiretap();
        wire.run((stream, service) -> {
            for (int i = 0; i < 5; i++) {
                send(stream, GET.substring(i, i + 1));
                Heddle.sleep(Duration.ofMillis(999));
            }
            Heddle.sleep(Duration.ofMillis(100));
            send(stream, GET.substring(5));
            assertThat(rest(stream)).startsWith("HTTP/1.1 408 ");
            return null;
        });
        assertThat(wire.handled).isEmpty();
    }

    @Test
    void aBodyThatDoesNotComeIsAnsweredWith408() throws Exception {
        Wiretap wire = new Wiretap(r -> Response.text(r.body().text()));
        wire.run((stream, service) -> {
            send(stream, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
            Heddle.sleep(ofSeconds(9));
            send(stream, "c");
            assertThat(rest(stream)).startsWith("HTTP/1.1 408 ").contains("Connection: close\r\n");
            return null;
        });
        // 9 s to the third byte, 10 s for the fourth, 1 s for the client to close.
        assertAround(wire.clock.elapsed(), 19);
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
        byte[] large = new byte[1_000_000];
        Wiretap wire = new Wiretap(r -> Response.bytes("x/y", large)).capacity(10_000);
        wire.run((stream, service) -> {
            send(stream, GET);
            Heddle.sleep(ofSeconds(29));
            assertThat(service.statistics().connections()).isEqualTo(1);
            Heddle.sleep(ofSeconds(2));
            assertThat(service.statistics().connections()).isZero();
            assertThat(service.statistics().requestsActive()).isZero();
            assertThat(rest(stream)).endsWith("[RESET]");
            return null;
        });
    }

    @Test
    void aClientThatDoesNotReadItsStreamIsCutOffAndNothingIsLogged() throws Exception {
        try (LogCapture log = new LogCapture()) {
            boolean[] cleaned = new boolean[1];
            Wiretap wire =
                    new Wiretap(r ->
                            Response.stream(
                                    "x/y",
                                    out -> {
                                        try {
                                            while (true) {
                                                out.write("some text");
                                                out.flush();
                                            }
                                        } finally {
                                            cleaned[0] = true;
                                        }
                                    }))
                            .capacity(10_000);
            wire.run((stream, service) -> {
                send(stream, GET);
                Heddle.sleep(ofSeconds(31));
                assertThat(service.statistics().connections()).isZero();
                return null;
            });
            assertThat(cleaned[0]).isTrue();
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void aSlowHandlerIsNotCut() throws Exception {
        Wiretap wire =
                new Wiretap(r -> {
                    Heddle.sleep(Duration.ofHours(2));
                    return Response.text("at last");
                });
        assertThat(wire.exchange(GET)).endsWith("at last");
    }

    @Test
    void aStreamThatIsSilentForLongIsNotCut() throws Exception {
        Wiretap wire =
                new Wiretap(r ->
                        Response.stream(
                                "x/y",
                                out -> {
                                    for (int i = 0; i < 3; i++) {
                                        out.write("a");
                                        out.flush();
                                        Heddle.sleep(Duration.ofHours(1));
                                    }
                                }));
        assertThat(wire.exchange(GET)).endsWith("0\r\n\r\n");
    }

    @Test
    void aClientThatKeepsSendingAfterARefusalIsNotReadForEver() throws Exception {
        Wiretap wire = new Wiretap();
        wire.run((stream, service) -> {
            send(stream, "garbage\r\n");
            for (int i = 0; i < 20; i++) {
                Heddle.sleep(Duration.ofMillis(100));
                if (service.statistics().connections() == 0) {
                    return null;
                }
                send(stream, GET);
            }
            throw new AssertionError("still read after 2 s");
        });
        assertAround(wire.clock.elapsed(), 1);
        assertThat(wire.handled).isEmpty();
    }

    @Test
    void manyConnectionsAreEachEndedInTime() throws Exception {
        Wiretap wire = new Wiretap();
        wire.run((stream, service) -> {
            for (int i = 0; i < 100; i++) {
                dev.heddle.net.ByteStream.Pair pair = dev.heddle.net.ByteStream.pair();
                dev.heddle.EventLoop.current().spawn(() -> service.serve(pair.left()));
                Heddle.sleep(Duration.ofMillis(70));
            }
            Heddle.sleep(Duration.ofMillis(3100));
            // The first of them is ten seconds old, and the test's own.
            int left = service.statistics().connections();
            assertThat(left).isBetween(97, 100);
            Heddle.sleep(ofSeconds(8));
            assertThat(service.statistics().connections()).isZero();
            return null;
        });
    }
}
