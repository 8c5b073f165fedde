package dev.heddle.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticResourceTest {
    private static final String PAGE = "<p>Hello</p>\n".repeat(100);

    private static Site site() throws IOException {
        return new Site(
                new Router()
                        .get("/", StaticResource.of("index.html", PAGE.getBytes(UTF_8)))
                        .get("/dot.png", StaticResource.of("dot.png", new byte[] {1, 2, 3}))
                        .get(
                                "/for-ever.js",
                                StaticResource.of("a.js", new byte[0])
                                        .withCacheControl("max-age=31536000, immutable")));
    }

    @Test
    void isServedWithItsTypeAndATag() throws IOException {
        try (Site site = site()) {
            Site.Reply reply = site.get("/");
            assertThat(reply.text()).isEqualTo(PAGE);
            assertThat(reply.header("content-type")).isEqualTo("text/html;charset=utf-8");
            assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(reply.header("cache-control")).isEqualTo("no-cache");
            assertThat(reply.header("vary")).isEqualTo("Accept-Encoding");
            assertThat(reply.header("etag")).matches("\"[0-9a-f]{32}\"");
            assertThat(site.get("/for-ever.js").header("cache-control"))
                    .isEqualTo("max-age=31536000, immutable");
        }
    }

    @Test
    void whoHasItAlreadyIsToldSo() throws IOException {
        try (Site site = site()) {
            String etag = site.get("/").header("etag");
            for (String known : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
                Site.Reply reply = site.get("/", "If-None-Match: " + known);
                assertThat(reply.status()).as(known).isEqualTo(304);
                assertThat(reply.header("etag")).isEqualTo(etag);
                assertThat(reply.header("cache-control")).isEqualTo("no-cache");
            }
            assertThat(site.get("/", "If-None-Match: \"x\"").status()).isEqualTo(200);
        }
    }

    @Test
    void isSentCompressedUnderATagOfItsOwn() throws IOException {
        try (Site site = site()) {
            Site.Reply reply = site.get("/", "Accept-Encoding: deflate, gzip;q=0.5");
            assertThat(reply.header("content-encoding")).isEqualTo("gzip");
            assertThat(reply.body().length).isLessThan(PAGE.length());
            try (var in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
                assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(PAGE);
            }
            String etag = reply.header("etag");
            assertThat(etag).isNotEqualTo(site.get("/").header("etag"));
            assertThat(site.get("/", "If-None-Match: " + etag).status()).isEqualTo(200);
            Site.Reply again = site.get("/", "Accept-Encoding: gzip", "If-None-Match: " + etag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.header("content-encoding")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|gzip",
                "GZIP|gzip",
                "*|gzip",
                "br, *;q=0.1|gzip",
                "gzip;q=0|''",
                "gzip; q=0.000, *|''",
                "*;q=0|''",
                "identity|''",
                "gzipped|''"
            })
    void codingsAreNegotiated(String accepted, String expected) throws IOException {
        try (Site site = site()) {
            assertThat(site.get("/", "Accept-Encoding: " + accepted).header("content-encoding"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatDoesNotBecomeSmallerIsNotCompressed() throws IOException {
        try (Site site = site()) {
            Site.Reply reply = site.get("/dot.png", "Accept-Encoding: gzip");
            assertThat(reply.header("content-encoding")).isEmpty();
            assertThat(reply.header("vary")).isEmpty();
            assertThat(reply.body()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void headHasTheHeadersOfGet() throws IOException {
        try (Site site = site()) {
            Site.Reply reply = site.send("HEAD", "/", new byte[0]);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("content-length")).isEqualTo("" + PAGE.length());
        }
    }

    @Test
    void comesFromTheClassPath() throws IOException {
        try (Site site =
                new Site(StaticResource.of(StaticResourceTest.class, "StaticResourceTest.class"))) {
            Site.Reply reply = site.get("/");
            assertThat(reply.body()).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
            assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.html", "/dev/heddle/missing.html"})
    void aMissingResourceIsNoticedAtOnce(String name) {
        assertThatThrownBy(() -> StaticResource.of(StaticResourceTest.class, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void theLargeIsRefused() {
        assertThatThrownBy(() -> StaticResource.of("a.bin", new byte[StaticResource.MAX_SIZE + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StaticFiles");
    }
}
