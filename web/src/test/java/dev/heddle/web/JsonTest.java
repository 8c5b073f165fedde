package dev.heddle.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String JSON = "Content-Type: application/json";

    enum Colour {
        RED,
        GREEN
    }

    record Item(String name, int count, @Nullable Colour colour) {
        Item {
            if (count < 0) {
                throw new IllegalArgumentException("count is zero or more");
            }
        }
    }

    record Order(
            String customer,
            List<Item> items,
            @Nullable LocalDate due,
            boolean paid,
            @Nullable Map<String, Double> weights) {}

    private static Site site() throws IOException {
        return new Site(
                new Router()
                        .post("/orders", request -> Json.of(Json.read(request, Order.class)))
                        .post("/lists", request -> Json.of(Json.read(request, List.class))));
    }

    private static Site.Reply post(String path, String body, String... headers) throws IOException {
        try (Site site = site()) {
            return site.send("POST", path, body.getBytes(UTF_8), headers);
        }
    }

    @Test
    void recordsComeAndGo() throws IOException {
        String order =
                "{\"customer\":\"Zoë\",\"items\":[{\"name\":\"a\",\"count\":2,\"colour\":\"RED\"}],"
                        + "\"due\":\"2026-02-28\",\"paid\":true,\"weights\":{\"a\":1.5}}";
        Site.Reply reply = post("/orders", order, JSON);
        assertThat(reply.text().strip()).isEqualTo(order);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json; charset=UTF-8",
                "Content-Type: Application/JSON",
                "Content-Type: application/merge-patch+json"
            })
    void allNamesOfJsonAreTaken(String header) throws IOException {
        assertThat(post("/lists", "[1]", header).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: text/evil+json",
                "Content-Type: application/jsonp",
                "Content-Type: application/json; charset=latin1",
                "Content-Type: json",
            })
    void otherContentIsRefused(String header) throws IOException {
        assertThat(post("/lists", "[1]", header).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"customer\": }~malformed JSON at line 1, column 14: ",
                "{\\n  \"customer\": \"x\",\\n  oops\\n}~malformed JSON at line 3, column 3: ",
                "[1, 2~malformed JSON at line 1, column 6: ",
                "[] {}~malformed JSON at line 1, column 4: there is more behind the value",
                "{\"customer\":\"\\u0001~malformed JSON at line 1, column ",
            })
    void malformedTextIsRefusedWithItsPlace(String body, String message) throws IOException {
        Site.Reply reply = post(path(body), body.replace("\\n", "\n"), JSON);
        assertThat(reply.text()).startsWith(message);
        assertThat(reply.status()).isEqualTo(400);
    }

    private static String path(String body) {
        return body.startsWith("[") ? "/lists" : "/orders";
    }

    @Test
    void anEmptyBodyIsRefused() throws IOException {
        Site.Reply reply = post("/orders", "", JSON);
        assertThat(reply.text().strip()).isEqualTo("the body is empty, and should be JSON");
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        try (Site site = site()) {
            byte[] body = "{\"customer\":\"é\"}".getBytes(Charset.forName("ISO-8859-1"));
            assertThat(site.send("POST", "/orders", body, JSON).status()).isEqualTo(400);
        }
    }

    @Test
    void nestingWithoutEndIsRefused() throws IOException {
        Site.Reply reply = post("/lists", "[".repeat(100_000), JSON);
        assertThat(reply.text()).contains("nested too deeply");
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "null~the body is null, and should be a value",
                "[]~the body must be an object",
                "\"x\"~the body must be an object",
                "{\"items\":{}}~items must be an array",
                "{\"items\":[{\"count\":1},{\"count\":\"many\"}]}~items[1].count must be a whole number, and is \"many\"",
                "{\"items\":[{\"count\":99999999999}]}~items[0].count is a number that is too large or too small",
                "{\"items\":[{\"name\":\"a\"}]}~items[0].count must be a whole number",
                "{\"items\":[{\"count\":1,\"colour\":\"BLUE\"}]}~items[0].colour must be one of RED, GREEN, and is \"BLUE\"",
                "{\"items\":[{\"count\":-1}]}~items[0] is refused: count is zero or more",
                "{\"paid\":true,\"due\":\"tomorrow\"}~due must be a date or time in ISO 8601, and is \"tomorrow\"",
                "{\"paid\":\"perhaps\"}~paid must be true or false, and is \"perhaps\"",
                "{\"paid\":true,\"weights\":{\"a\":[]}}~weights.a must be a number",
                "{\"paid\":true,\"customer\":{}}~customer must be a text",
            })
    void theWrongShapeIsRefusedWithItsField(String body, String message) throws IOException {
        Site.Reply reply = post("/orders", body, JSON);
        assertThat(reply.text().strip()).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(422);
    }

    @Test
    void aBodyAboveTheServersLimitIsRefused() throws IOException {
        String body = "[\"" + "x".repeat(1 << 20) + "\"]";
        assertThat(post("/lists", body, JSON).status()).isEqualTo(413);
    }

    @Test
    void whatCannotBeWrittenSaysSo() {
        assertThatThrownBy(() ->
                        Json.of(
                                new Object() {
                                    @Override
                                    public String toString() {
                                        return "plain";
                                    }

                                    public String getBroken() {
                                        throw new IllegalStateException("broken");
                                    }
                                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void textIsOneLine() {
        assertThat(Json.text(Map.of("a", "b\nc"))).isEqualTo("{\"a\":\"b\\nc\"}");
        assertThat(Json.text(null)).isEqualTo("null");
    }

    @Test
    void aLargeValueIsWrittenInPiecesBetweenWhichOthersRun() {
        List<String> large = Collections.nCopies(100_000, "0123456789");
        try (EventLoop loop = EventLoop.open("test")) {
            int turns =
                    loop.run(() -> {
                        int[] count = {0};
                        var other =
                                loop.spawn(() -> {
                                    while (true) {
                                        Heddle.checkpoint();
                                        count[0]++;
                                    }
                                });
                        assertThat(Json.of(large).length()).isEqualTo(1_300_001);
                        other.cancel();
                        return count[0];
                    });
            assertThat(turns).isGreaterThanOrEqualTo(1_300_001 / (2 * InPieces.PIECE));
        }
    }

    @Test
    void aLargeBodyIsReadInPiecesBetweenWhichOthersRun() throws IOException {
        byte[] body = ("[" + "1234567,".repeat(100_000) + "0]").getBytes(UTF_8);
        int[] turns = {0};
        try (Site site =
                new Site(request -> {
                    var other =
                            EventLoop.current()
                                    .spawn(() -> {
                                        while (true) {
                                            Heddle.checkpoint();
                                            turns[0]++;
                                        }
                                    });
                    var list = Json.read(request, List.class);
                    other.cancel();
                    return Json.of(list.size());
                })) {
            assertThat(site.send("POST", "/", body, JSON).text()).isEqualTo("100001");
        }
        assertThat(turns[0]).isGreaterThanOrEqualTo(body.length / (2 * InPieces.PIECE));
    }
}
