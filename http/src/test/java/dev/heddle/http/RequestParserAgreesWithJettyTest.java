package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Another parser as a second opinion: what ours accepts, Jetty's in its strict mode accepts as
/// well and reads in the same way.
class RequestParserAgreesWithJettyTest {
    private static final List<String> SEEDS =
            List.of(
                    "GET /a?b=c HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\nX-Y: z\r\n\r\n",
                    "POST /a HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
                    "PUT /p/q/ HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
                    "GET http://h/x HTTP/1.1\r\nHost: h\r\nCookie: a=b; c=d\r\n\r\n",
                    "GET / HTTP/1.0\r\nConnection: keep-alive\r\nUser-Agent: x y\r\n\r\n");

    /// Held, or the level would be forgotten: it logs each host that it does not like.
    private static final Logger HOSTS = Logger.getLogger("org.eclipse.jetty.util.HostPort");

    static {
        HOSTS.setLevel(Level.OFF);
    }

    private int accepted;

    @Test
    void onTheSeeds() {
        SEEDS.forEach(this::compare);
        assertThat(accepted).isEqualTo(SEEDS.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void onMutationsOfThem(long seed) {
        Random random = new Random(seed);
        String spice = "\r\n :;,/%?0+\tAz=";
        for (int round = 0; round < 10_000; round++) {
            StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(text.length());
                char c = spice.charAt(random.nextInt(spice.length()));
                if (random.nextBoolean()) {
                    text.setCharAt(at, c);
                } else {
                    text.insert(at, c);
                }
            }
            compare(text.toString());
        }
        assertThat(accepted).as("mutations that are requests").isGreaterThan(1_000);
    }

    private void compare(String input) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        if (!(new RequestParser(HttpOptions.defaults()).read(ByteBuffer.wrap(bytes))
                instanceof RequestHead head)) {
            return;
        }
        accepted++;
        Opinion opinion = new Opinion();
        HttpParser jetty = new HttpParser(opinion, 16_384, HttpCompliance.STRICT);
        jetty.parseNext(ByteBuffer.wrap(bytes));
        assertThat(opinion.fault).as(input).isEmpty();
        assertThat(opinion.line)
                .as(input)
                .isEqualTo(head.method() + " " + input.strip().split(" ", 3)[1]);
        List<String> fields = new ArrayList<>();
        Headers.of(head.bytes(), head.fields())
                .forEach(field -> fields.add(lower(field.getKey(), field.getValue())));
        assertThat(opinion.fields).as(input).isEqualTo(fields);
    }

    /// It has values that are usual from a cache, in the case in which they are usual.
    private static String lower(String name, @Nullable String value) {
        return (name + "=" + value).toLowerCase(Locale.ROOT);
    }

    private static final class Opinion implements HttpParser.RequestHandler {
        String line = "";
        String fault = "";
        final List<String> fields = new ArrayList<>();

        @Override
        public void startRequest(String method, String uri, HttpVersion version) {
            line = method + " " + uri;
        }

        @Override
        public void parsedHeader(HttpField field) {
            fields.add(lower(field.getName(), field.getValue()));
        }

        @Override
        public boolean headerComplete() {
            return true;
        }

        @Override
        public boolean content(ByteBuffer item) {
            return false;
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            return true;
        }

        @Override
        public void earlyEOF() {
            fault = "early end";
        }

        @Override
        public void badMessage(HttpException failure) {
            fault = failure.getCode() + " " + failure.getReason();
        }
    }
}
