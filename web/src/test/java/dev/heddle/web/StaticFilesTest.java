package dev.heddle.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private static final String SECRET = "the secret";

    @TempDir private Path folder;
    private Path root;
    private Site site;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(folder.resolve("public"));
        Files.createDirectories(root.resolve("sub/deep"));
        Files.writeString(root.resolve("page.html"), "<p>page</p>");
        Files.writeString(root.resolve("sub/deep/a b.txt"), "deep");
        Files.writeString(root.resolve("sub/é..txt"), "dots");
        Files.writeString(root.resolve(".env"), SECRET);
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), SECRET);
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createDirectories(folder.resolve("public-not"));
        Files.writeString(folder.resolve("public-not/secret.txt"), SECRET);
        if (File.separatorChar == '/') { // names here, and ways to elsewhere on other systems
            Files.writeString(root.resolve("sub\\name.txt"), SECRET);
            Files.writeString(root.resolve("C:name.txt"), SECRET);
            Files.writeString(root.resolve("line\nbreak"), SECRET);
        }
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        Files.createSymbolicLink(root.resolve("beside"), folder.resolve("public-not"));
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        Files.createSymbolicLink(root.resolve("within.html"), root.resolve("page.html"));
        site = new Site(new Router().get("/static/{path...}", StaticFiles.below(root)));
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void filesAreServedWithTheirType() throws IOException {
        Site.Reply reply = site.get("/static/page.html");
        assertThat(reply.text()).isEqualTo("<p>page</p>");
        assertThat(reply.header("content-type")).isEqualTo("text/html;charset=utf-8");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.header("cache-control")).isEqualTo("no-cache");
        assertThat(site.get("/static/sub/deep/a%20b.txt").text()).isEqualTo("deep");
        assertThat(site.get("/static/sub/%C3%A9..txt").text()).isEqualTo("dots");
        assertThat(site.get("/static/sub/../page.html").text()).isEqualTo("<p>page</p>");
        assertThat(site.get("/static/within.html").text()).isEqualTo("<p>page</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/../secret.txt",
                "/static/sub/../../secret.txt",
                "/static/%2e%2e/secret.txt",
                "/static/.%2e/secret.txt",
                "/static/%2e%2e%2fsecret.txt",
                "/static/..%2fsecret.txt",
                "/static/..%5csecret.txt",
                "/static/..\\secret.txt",
                "/static/%252e%252e/secret.txt",
                "/static/%c0%ae%c0%ae/secret.txt",
                "/static/..%c0%afsecret.txt",
                "/static/%uff0e%uff0e/secret.txt",
                "/static/..;/secret.txt",
                "/static/....//secret.txt",
                "/static//etc/passwd",
                "/static/%2fetc%2fpasswd",
                "/static/etc/passwd",
                "/static/C:/secret.txt",
                "/static/C%3a%5csecret.txt",
                "/static/sub%5Cname.txt",
                "/static/sub\\name.txt",
                "/static/C:name.txt",
                "/static/C%3aname.txt",
                "/static/line%0abreak",
                "/static/page.html%00.png",
                "/static/page.html%00",
                "/static/page.html/",
                "/static/page.html/x",
                "/static/page.html::$DATA",
                "/static/.env",
                "/static/%2eenv",
                "/static/.git/config",
                "/static/out",
                "/static/up/secret.txt",
                "/static/up/public/page.html/../../secret.txt",
                "/static/beside/secret.txt",
                "/static/../public-not/secret.txt",
                "/static/loop",
                "/static/",
                "/static",
                "/static/sub",
                "/static/sub/",
                "/static/missing",
                "/static/%0a",
                "/static/page.html%20",
                "/staticpage.html",
            })
    void nothingElseIsServed(String target) throws IOException {
        Site.Reply reply = site.get(target);
        assertThat(reply.status()).isIn(400, 404);
        assertThat(reply.text()).doesNotContain(SECRET).doesNotContain("root:");
    }

    @Test
    void aNameThatIsTooLongIsNowhere() throws IOException {
        assertThat(site.get("/static/" + "x".repeat(5_000)).status()).isEqualTo(404);
    }

    @Test
    void whoHasAFileAlreadyIsToldSo() throws IOException {
        Path file = root.resolve("page.html");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.6Z")));
        Site.Reply first = site.get("/static/page.html");
        assertThat(first.header("last-modified")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
        String same = "If-None-Match: " + first.header("etag");
        String since = "If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT";
        assertThat(site.get("/static/page.html", same).status()).isEqualTo(304);
        assertThat(site.get("/static/page.html", since).status()).isEqualTo(304);
        assertThat(
                        site.get(
                                        "/static/page.html",
                                        "If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT")
                                .status())
                .isEqualTo(200);
        assertThat(site.get("/static/page.html", "If-Modified-Since: yesterday").status())
                .isEqualTo(200);
        assertThat(site.get("/static/page.html", "If-None-Match: \"other\"", since).status())
                .as("the tag decides alone")
                .isEqualTo(200);

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.7Z")));
        assertThat(site.get("/static/page.html", same).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, StaticFiles.PIECE, StaticFiles.PIECE + 1, 1_000_000})
    void filesOfAllSizesArriveWhole(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        Files.write(root.resolve("data.bin"), content);
        Site.Reply reply = site.get("/static/data.bin");
        assertThat(reply.body()).isEqualTo(content);
        assertThat(reply.header("content-length")).isEqualTo("" + size);
        assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
        Site.Reply head = site.send("HEAD", "/static/data.bin", new byte[0]);
        assertThat(head.header("content-length")).isEqualTo("" + size);
    }

    @Test
    void theDirectoryHasToBeThere() {
        assertThatThrownBy(() -> StaticFiles.below(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> StaticFiles.below(folder.resolve("secret.txt")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void theTemplateHasToNameAFile() throws IOException {
        try (Site wrong = new Site(new Router().get("/{name}", StaticFiles.below(root)))) {
            assertThat(wrong.get("/page.html").status()).isEqualTo(500);
        }
    }
}
