package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the site answers to well-behaved and to other clients, over TCP.
class SearchSiteTest {
    @TempDir private static Path folder;
    private static Path root;
    private static RunningSite site;

    @BeforeAll
    static void index() throws IOException {
        root = Files.createDirectory(folder.resolve("root")).toRealPath();
        Files.createDirectories(root.resolve("deep/er"));
        Files.writeString(root.resolve("deep/er/weft.txt"), "one\ntwo shuttles\nthree\n");
        Files.writeString(
                root.resolve("many.txt"), "line\n".repeat(500) + "the selvedge\n".repeat(500));
        Files.writeString(root.resolve("<script>.txt"), "<script>alert('bobbin')</script>\n");
        Files.writeString(root.resolve("linked.txt"), "treadle\n");
        Files.write(root.resolve("image.png"), new byte[] {'P', 0, 1, 2});
        Files.write(root.resolve("latin.txt"), new byte[] {'a', (byte) 0xe9, 'b'});
        Files.writeString(folder.resolve("secret.txt"), "treadle outside\n");
        site = new RunningSite(root, folder.resolve("index")).awaitIndexed();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    // ---- the page ----

    @Test
    void thePageComesWithAStrictPolicy() throws IOException {
        var page = site.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe", "http:");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void everyPartThatThePageNamesIsThere() throws IOException {
        List<String> parts = named("(?:href|src)=\"([^\"#]+)\"", site.get("/").body());
        assertThat(parts).contains("page.css", "page.js", "icon.svg");
        for (String part : parts) {
            var answer = site.get("/" + part);
            assertThat(answer.status()).as(part).isEqualTo(200);
            for (String imported : named("from \"\\./([^\"]+)\"", answer.body())) {
                assertThat(site.get("/" + imported).status()).as(imported).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingOfThePageComesFromElsewhere() throws IOException {
        for (String part :
                List.of("", "page.css", "page.js", "charts.js", "panels.js", "search.js")) {
            assertThat(site.get("/" + part).body().replace("http://www.w3.org/2000/svg", ""))
                    .as(part)
                    .doesNotContain("http:", "https:", "//cdn", "innerHTML", "@import");
        }
    }

    private static List<String> named(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
    }

    // ---- the search ----

    @Test
    void aHitSaysWhereAndWhat() throws IOException {
        JsonNode answer = site.get("/api/search?q=shuttl").json();
        assertThat(answer.get("total").asInt()).isEqualTo(1);
        JsonNode hit = answer.get("hits").get(0);
        assertThat(hit.get("path").asString()).isEqualTo("deep/er/weft.txt");
        assertThat(hit.get("line").asInt()).isEqualTo(2);
        String excerpt = hit.get("excerpt").asString();
        JsonNode range = hit.get("ranges").get(0);
        assertThat(excerpt.substring(range.get(0).asInt(), range.get(1).asInt()))
                .startsWith("shuttl");
    }

    @Test
    void aSearchWithoutWordsFindsNothing() throws IOException {
        assertThat(site.get("/api/search?q=").json().get("total").asInt()).isZero();
        assertThat(site.get("/api/search?q=%20.%2F").json().get("total").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/search",
                "/api/search?q=a&limit=0",
                "/api/search?q=a&limit=101",
                "/api/search?q=a&limit=x",
                "/api/file",
                "/api/file?path=many.txt&line=-1",
            })
    void wrongParametersAreRefusedInWords(String target) throws IOException {
        var answer = site.get(target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asString()).contains("parameter");
    }

    @Test
    void aQueryOfAnyLengthIsRefused() throws IOException {
        assertThat(site.get("/api/search?q=" + "a".repeat(200)).status()).isEqualTo(200);
        assertThat(site.get("/api/search?q=" + "a".repeat(201)).status()).isEqualTo(400);
    }

    // ---- files ----

    @Test
    void aFileIsShownAroundALine() throws IOException {
        JsonNode file = site.get("/api/file?path=many.txt&line=600&q=selvedge").json();
        assertThat(file.get("from").asInt()).isEqualTo(520);
        assertThat(file.get("lines")).hasSize(241);
        assertThat(file.get("more").asBoolean()).isTrue();
        JsonNode line = file.get("lines").get(600 - 520);
        assertThat(line.get("text").asString()).isEqualTo("the selvedge");
        assertThat(line.get("ranges").toString()).isEqualTo("[[4,12]]");
    }

    @Test
    void aFileIsShownToItsEnd() throws IOException {
        JsonNode file = site.get("/api/file?path=deep/er/weft.txt").json();
        assertThat(file.get("lines")).hasSize(3);
        assertThat(file.get("more").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.txt",
                "../secret.txt",
                "deep/../../secret.txt",
                "deep/../many.txt",
                "./many.txt",
                "deep//er/weft.txt",
                "image.png",
                "latin.txt",
                "deep",
                "",
                "%00",
                "many.txt%00",
            })
    void whatIsNotInTheIndexIsNotShown(String path) throws IOException {
        var answer = site.get("/api/file?path=" + path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("error").asString()).isNotEmpty();
    }

    @Test
    void absolutePathsAreNotShown() throws IOException {
        assertThat(site.get("/api/file?path=" + root.resolve("many.txt")).status()).isEqualTo(404);
        assertThat(site.get("/api/file?path=" + folder.resolve("secret.txt")).status())
                .isEqualTo(404);
    }

    @Test
    void aLinkThatHasReplacedAFileIsNotFollowed() throws IOException {
        assertThat(site.get("/api/file?path=linked.txt").status()).isEqualTo(200);
        Files.delete(root.resolve("linked.txt"));
        Files.createSymbolicLink(root.resolve("linked.txt"), folder.resolve("secret.txt"));
        var answer = site.get("/api/file?path=linked.txt");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("outside");
    }

    // ---- the state ----

    @Test
    void skippedFilesHaveReasons() throws IOException {
        JsonNode skipped = site.get("/api/skipped").json();
        assertThat(skipped.get("total").asInt()).isEqualTo(2);
        assertThat(skipped.get("files").toString())
                .contains("{\"path\":\"image.png\",\"reason\":\"is binary\"}")
                .contains("{\"path\":\"latin.txt\",\"reason\":\"is not UTF-8\"}");
    }

    @Test
    void theStatusSaysWhatIsSearched() throws IOException {
        JsonNode status = site.get("/api/status").json();
        assertThat(status.get("root").asString()).isEqualTo(root.toString());
        assertThat(status.get("name").asString()).isEqualTo("root");
        assertThat(status.get("progress").get("phase").asString()).isEqualTo("done");
        assertThat(status.get("progress").get("files").asInt()).isEqualTo(4);
        assertThat(status.get("progress").get("read").asInt()).isEqualTo(4);
        assertThat(status.get("progress").get("skipped").asInt()).isEqualTo(2);
    }

    @Test
    void aPageIsToldTheStateFirstAndThenThePulse() throws IOException {
        try (var events = site.events()) {
            assertThat(events.next("progress").get("phase").asString()).isEqualTo("done");
            assertThat(events.next("burst").has("planned")).isTrue();
            JsonNode pulse = events.next("pulse");
            assertThat(pulse.get("tasks").asInt()).isPositive();
            assertThat(pulse.get("lagMillis").asDouble()).isNotNegative();
            assertThat(pulse.get("requestsPerSecond").asDouble()).isNotNegative();
        }
    }

    // ---- other sites ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:%d"
            })
    void otherNamesOfThisMachineAreRefused(String host) throws IOException {
        var answer =
                site.ask("GET / HTTP/1.1\r\nHost: " + host.formatted(site.uri.getPort()) + "\r\n");
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.body()).doesNotContain("<html");
    }

    @Test
    void localhostIsOneOfItsNames() throws IOException {
        var answer = site.ask("GET / HTTP/1.1\r\nHost: LOCALHOST:" + site.uri.getPort() + "\r\n");
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1"})
    void otherSitesCannotStartABurst(String origin) throws IOException {
        var answer =
                site.ask(
                        "POST /api/burst HTTP/1.1\r\nContent-Length: 0\r\nHost: "
                                + site.authority()
                                + "\r\nOrigin: "
                                + origin
                                + "\r\n");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(site.get("/api/status").json().get("burst").get("state").asString())
                .isNotEqualTo("running");
    }

    @Test
    void whatIsNotThereIs404() throws IOException {
        assertThat(site.get("/nothing").status()).isEqualTo(404);
        assertThat(site.get("/api/burst").status()).isEqualTo(405);
        assertThat(site.get("/../examples/search-page/index.html").status()).isIn(400, 404);
    }
}
