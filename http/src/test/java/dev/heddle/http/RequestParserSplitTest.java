package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The parser says the same however its input is cut, and says something about any input.
class RequestParserSplitTest {
    private static final HttpOptions SMALL =
            HttpOptions.defaults().withMaxRequestLine(40).withMaxHeaderBytes(60).withMaxHeaders(4);

    private static final List<String> INPUTS =
            List.of(
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                    "\r\nPOST /a%20b?c HTTP/1.1\r\nHost: a:1\r\nContent-Length: 3\r\n\r\nabc",
                    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /2 HTTP/1.0\r\n\r\nGET /3 HTTP/1.1\r\nHost: b\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nA: b\r\nC: d\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nA: b\r\nC: d\r\nE: f\r\n\r\n",
                    "GET /56789012345678901234567890 HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /5678901234567890123456789012345 HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /56789012345678901234567890123456\r\n HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(46) + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(47) + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(45) + "\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(90) + "\0",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n",
                    "GET / HTTP/1.1\nHost: a\r\n\r\n",
                    "\r\n\r\nGET / HTTP/1.1\r\n",
                    "\r\r\n",
                    "\u0016\u0003");

    @Test
    void everySplitInTwoSaysTheSame() {
        for (String input : INPUTS) {
            List<String> whole = outcomes(input, input.length());
            for (int at = 1; at < input.length(); at++) {
                assertThat(outcomes(input, at, input.length() - at))
                        .as("%s split at %d", input, at)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void everySplitInThreeSaysTheSame() {
        for (String input : INPUTS) {
            List<String> whole = outcomes(input, input.length());
            for (int a = 1; a < input.length(); a++) {
                for (int b = 1; a + b < input.length(); b++) {
                    assertThat(outcomes(input, a, b, input.length() - a - b)).isEqualTo(whole);
                }
            }
        }
    }

    @Test
    void limitsAreExact() {
        assertThat(outcomes(INPUTS.get(3), 1000)).hasSize(1).allMatch(o -> o.startsWith("GET / "));
        assertThat(outcomes(INPUTS.get(4), 1000)).singleElement().asString().startsWith("431");
        assertThat(outcomes(INPUTS.get(5), 1000)).singleElement().asString().startsWith("GET ");
        assertThat(outcomes(INPUTS.get(6), 1000)).singleElement().asString().startsWith("414");
        assertThat(outcomes(INPUTS.get(8), 1000)).singleElement().asString().startsWith("GET ");
        assertThat(outcomes(INPUTS.get(9), 1000)).singleElement().asString().startsWith("431");
    }

    @Test
    void aByteThatBeginsNoMethodIsRefusedAtOnce() {
        for (String begin : List.of(" ", "\u0080", "(", "\u0016", "\n", "\r\n\u007F")) {
            assertThat(outcomes(begin, 1, 1, 1)).as(begin).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyMutationIsARequestOrARefusal(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String input = mutated(INPUTS.get(random.nextInt(INPUTS.size())), random);
            List<String> whole = outcomes(input, input.length());
            int[] pieces = random.ints(input.length(), 1, 9).toArray();
            assertThat(outcomes(input, pieces)).as(input).isEqualTo(whole);
        }
    }

    private static String mutated(String input, Random random) {
        StringBuilder text = new StringBuilder(input);
        String spice = "\r\n :;,/%.?#*0+-\t\0\u007F\u00FFA";
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            char c = spice.charAt(random.nextInt(spice.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                case 2 -> text.deleteCharAt(at).append(c);
                case 3 -> text.insert(at, text.substring(at, Math.min(at + 9, text.length())));
                default -> text.setCharAt(at, (char) random.nextInt(256));
            }
        }
        return text.toString();
    }

    /// Feeds the input in pieces of these sizes, as a stream would: what is left comes again.
    private static List<String> outcomes(String input, int... pieces) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        RequestParser parser = new RequestParser(SMALL);
        List<String> outcomes = new ArrayList<>();
        int from = 0;
        int to = 0;
        for (int i = 0; i < pieces.length && to < bytes.length; i++) {
            to = Math.min(bytes.length, to + pieces[i]);
            boolean more = true;
            while (from < to && more) {
                ByteBuffer shown = ByteBuffer.wrap(bytes, from, to - from);
                Parsed parsed = parser.read(shown);
                assertThat(shown.position()).as("progress").isGreaterThan(from);
                from = shown.position();
                more = parsed != null;
                if (parsed instanceof RequestHead head) {
                    outcomes.add(describe(head));
                } else if (parsed instanceof Refusal refusal) {
                    outcomes.add(refusal.status() + refusal.reason());
                    assertThat(parser.read(ByteBuffer.wrap(INPUTS.get(0).getBytes(ISO_8859_1))))
                            .isEqualTo(refusal);
                    return outcomes;
                }
            }
            assertThat(from).as("all is taken").isEqualTo(to);
        }
        return outcomes;
    }

    private static String describe(RequestHead head) {
        return "%s %s %d %d %b %s%s"
                .formatted(
                        head.method(),
                        head.path(),
                        head.minor(),
                        head.contentLength(),
                        head.keepsAlive(),
                        Headers.of(head.bytes(), head.fields()),
                        new String(head.bytes(), ISO_8859_1));
    }
}
