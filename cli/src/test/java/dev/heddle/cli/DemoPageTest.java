package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The page of the demo, in a real browser, against the demo as a process.
@Timeout(120)
class DemoPageTest {
    private static final Pattern INDEXING = Pattern.compile("Indexing ([\\d,]+)");

    @TempDir private static Path folder;
    private static Path root;
    private static Browser browser;
    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.open(folder.resolve("profile"));
        root = DemoProcess.tree(folder.resolve("root"), 30);
        Files.writeString(
                root.resolve("<script>alert(1)<.txt"),
                "<script>document.title = 'overtaken'</script> bobbin\n");
        Files.writeString(
                root.resolve("treadle.md"),
                "before\n".repeat(200) + "press the treadle & go\n" + "after\n".repeat(200));
        Files.writeString(root.resolve("treadmill.md"), "a treadmill is none\n");
        Files.write(root.resolve("latin.txt"), new byte[] {'a', (byte) 0xe9, 'b'});
        demo = new DemoProcess(root.toString(), "--port=0", "--index=" + folder.resolve("index"));
        demo.awaitIndexed();
    }

    @AfterAll
    static void stop() throws Exception {
        if (demo != null) {
            demo.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void load() throws InterruptedException {
        browser.resize(1280, 900);
        browser.prefer("light");
        browser.go(demo.awaitUri().toString());
        browser.await("the events arrive", b -> b.text("#index-text").contains("files"));
    }

    @AfterEach
    void thePageHasNotComplained() {
        assertThat(browser.complaints()).isEmpty();
    }

    // ---- searching ----

    @Test
    void hitsAppearWhileTypingAndTypingOnNarrowsThem() {
        WebElement query = browser.one("#query");
        query.sendKeys("tread");
        browser.await("two hits", b -> b.all(".hit").size() == 2);
        assertThat(browser.text("#summary")).startsWith("2 files in ");
        query.sendKeys("le");
        browser.await("one hit", b -> b.all(".hit").size() == 1);
        assertThat(browser.text(".hit .path")).isEqualTo("treadle.md:201");
        assertThat(browser.text(".hit .excerpt")).isEqualTo("press the treadle & go");
        assertThat(browser.text(".hit .excerpt mark")).isEqualTo("treadle");
        assertThat((String) browser.script("return location.search")).isEqualTo("?q=treadle");
        browser.picture("hits");
    }

    @Test
    void aSearchWithoutHitsSaysSo() {
        browser.one("#query").sendKeys("xyzzy");
        browser.await("an answer", b -> b.text("#empty-title").contains("xyzzy"));
        assertThat(browser.text("#summary")).isEqualTo("No files");
        browser.picture("no-hits");
        browser.one("#query").sendKeys(Keys.ESCAPE);
        browser.await("the beginning", b -> b.text("#empty-title").equals("Type to search"));
        browser.picture("empty");
    }

    @Test
    void aLateAnswerDoesNotReplaceANewerOne() {
        // The first answer is held back until the second is there.
        browser.script(
                """
                const real = window.fetch;
                let first = true;
                window.fetch = (url, options) => {
                  if (!String(url).includes("api/search") || !first) return real(url, options);
                  first = false;
                  return real(url).then((answer) => new Promise((go) => setTimeout(() => go(answer), 700)));
                };
                """);
        browser.one("#query").sendKeys("bobbin");
        browser.script("return new Promise((go) => setTimeout(go, 200))");
        browser.one("#query").sendKeys(Keys.chord(Keys.CONTROL, "a"), "treadmill");
        browser.await("the second answer", b -> b.text("#hits").contains("treadmill"));
        browser.script("return new Promise((go) => setTimeout(go, 900))");
        assertThat(browser.text("#hits")).contains("treadmill").doesNotContain("bobbin");
    }

    @Test
    void whatFilesSayIsTextAndNothingElse() {
        browser.one("#query").sendKeys("bobbin");
        browser.await("a hit", b -> b.all(".hit").size() == 1);
        assertThat(browser.text(".hit .path")).isEqualTo("<script>alert(1)<.txt:1");
        assertThat(browser.text(".hit .excerpt"))
                .isEqualTo("<script>document.title = 'overtaken'</script> bobbin");
        browser.one("#query").sendKeys(Keys.ENTER);
        browser.await("the panel", b -> b.text("#panel-body").contains("overtaken'</script>"));
        assertThat(browser.all("main script, dialog script")).isEmpty();
        assertThat((String) browser.script("return document.title"))
                .isEqualTo("root · Heddle search");
    }

    @Test
    void theKeyboardIsEnough() {
        browser.script("document.activeElement.blur()");
        browser.one("body").sendKeys("/");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("query");
        browser.focused().sendKeys("shuttle");
        browser.await("hits", b -> b.all(".hit").size() == 30);
        browser.focused().sendKeys(Keys.ARROW_DOWN);
        browser.focused().sendKeys(Keys.ARROW_DOWN);
        assertThat(browser.focused().getText())
                .isEqualTo(browser.all(".hit button").get(1).getText());
        browser.focused().sendKeys(Keys.ENTER);
        browser.await("the panel", b -> b.all("#panel[open] tr.here").size() == 1);
        browser.focused().sendKeys(Keys.ESCAPE);
        assertThat(browser.all("#panel[open]")).isEmpty();
        assertThat(browser.focused().getText())
                .isEqualTo(browser.all(".hit button").get(1).getText());
        browser.focused().sendKeys(Keys.ARROW_UP);
        browser.focused().sendKeys(Keys.ARROW_UP);
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("query");
    }

    @Test
    void thePanelShowsTheLineAmongItsNeighbours() {
        browser.one("#query").sendKeys("treadle");
        browser.await("a hit", b -> b.all(".hit").size() == 1);
        browser.one(".hit button").click();
        browser.await("the line", b -> b.all("#panel tr.here").size() == 1);
        assertThat(browser.text("#panel tr.here")).isEqualTo("201 press the treadle & go");
        assertThat(browser.text("#panel tr.here mark")).isEqualTo("treadle");
        assertThat(
                        (Boolean)
                                browser.script(
                                        """
                                        const line = document.querySelector("#panel tr.here").getBoundingClientRect();
                                        return line.top > 100 && line.bottom < innerHeight - 50;
                                        """))
                .as("the line is in sight")
                .isTrue();
        browser.picture("panel");
        browser.one("#panel .close").click();
        assertThat(browser.all("#panel[open]")).isEmpty();
    }

    // ---- the state of things ----

    @Test
    void skippedFilesAreListedWithTheirReasons() {
        browser.one("#skipped").click();
        browser.await("the list", b -> b.all("#skips li").size() == 2);
        assertThat(browser.text("#skips-body"))
                .contains("Is binary", "picture.png", "Is not UTF-8", "latin.txt");
        browser.picture("skipped");
    }

    @Test
    void theChartsMove() {
        browser.await("a line of three seconds", b -> points("#chart-tasks") >= 3);
        int before = points("#chart-lag");
        browser.await("it goes on", b -> points("#chart-lag") > before);
        assertThat(browser.text("#chart-tasks output")).matches("[\\d,]+");
        assertThat(browser.text("#chart-lag output")).matches("[\\d,.]+");
        assertThat(browser.text("#chart-requests output")).matches("[\\d,]+");
    }

    private static int points(String chart) {
        String line = browser.one(chart + " .line").getDomAttribute("d");
        return line == null ? 0 : line.split("[ML]").length - 1;
    }

    @Test
    void theButtonStartsABurstAndDrawsIt() {
        browser.one("#burst").click();
        browser.await(
                "it runs", b -> "true".equals(b.one("#burst").getDomAttribute("aria-disabled")));
        browser.one("#burst").click();
        browser.await("a second is refused", b -> b.text("#burst-state").contains("running"));
        assertThat(browser.complaints()).allMatch(line -> line.contains("409 (Conflict)"));
        browser.await("it is done", b -> b.text("#burst-state").equals("Done"));
        assertThat(number("requests")).isEqualTo("10,000");
        assertThat(number("errors")).isEqualTo("0");
        assertThat(number("p50")).matches("[\\d.]+ m?s");
        assertThat(number("p99")).matches("[\\d.]+ m?s");
        assertThat(browser.all("#histogram rect")).hasSizeGreaterThan(3);
        assertThat(browser.all("#histogram line")).hasSize(3);
        assertThat(browser.one("#burst-notes").isDisplayed()).isFalse();
        browser.picture("burst");
        browser.prefer("dark");
        browser.picture("burst-dark");
    }

    private static String number(String of) {
        return browser.text("#burst-numbers [data-of=\"" + of + "\"]");
    }

    @Test
    void progressIsShownWhileItIndexesAndSearchingWorksMeanwhile() throws Exception {
        Path large = DemoProcess.tree(folder.resolve("large"), 8_000);
        try (var other =
                new DemoProcess(
                        large.toString(), "--port=0", "--index=" + folder.resolve("large-index"))) {
            browser.go(other.awaitUri() + "/?q=shuttle");
            var seen = new TreeSet<Integer>();
            var hitsMeanwhile = new boolean[1];
            browser.await(
                    "the end",
                    b -> {
                        String text = b.text("#index-text");
                        Matcher matcher = INDEXING.matcher(text);
                        if (matcher.find()) {
                            seen.add(Integer.parseInt(matcher.group(1).replace(",", "")));
                            if (!hitsMeanwhile[0] && !b.all(".hit").isEmpty()) {
                                hitsMeanwhile[0] = true;
                                b.picture("indexing");
                            }
                        }
                        return text.startsWith("8,000 files in the index");
                    });
            assertThat(seen).hasSizeGreaterThan(3);
            assertThat(hitsMeanwhile[0]).as("hits while it indexed").isTrue();
            browser.await("all hits", b -> b.text("#summary").startsWith("8,000 files"));
            browser.go("about:blank");
        }
    }

    @Test
    void aLostConnectionIsShownAndTakenUpAgain() throws Exception {
        Path index = folder.resolve("second-index");
        int port;
        try (var first = new DemoProcess(root.toString(), "--port=0", "--index=" + index)) {
            port = first.awaitUri().getPort();
            first.awaitIndexed();
            browser.go(first.awaitUri().toString());
            browser.await("live", b -> b.text("#connection").equals("Live"));
            first.signal("TERM");
            assertThat(first.awaitExit()).isZero();
            browser.await("lost", b -> b.text("#connection").contains("retrying"));
            browser.picture("lost");
        }
        try (var second = new DemoProcess(root.toString(), "--port=" + port, "--index=" + index)) {
            browser.await("live again", b -> b.text("#connection").equals("Live"));
            browser.await("what it says", b -> b.text("#index-text").contains("unchanged"));
            browser.go("about:blank");
        }
        browser.complaints(); // of the connection that was refused meanwhile
    }

    @Test
    @Timeout(30)
    void pagesThatWereLeftHoldNoConnection() throws Exception {
        // A browser opens six to a server, and keeps pages alive to which one may go back.
        for (int i = 0; i < 10; i++) {
            browser.go(demo.awaitUri() + "/?q=number" + i);
            browser.await("the hit", b -> b.all(".hit").size() > 0);
        }
    }

    // ---- the look ----

    @Test
    void aNarrowWindowDoesNotScrollSideways() {
        for (int width : List.of(360, 390, 700, 1000)) {
            browser.resize(width, 844);
            browser.go((String) browser.script("return location.origin + '/?q=shuttle'"));
            browser.await("hits", b -> b.all(".hit").size() == 30);
            browser.await("charts", b -> points("#chart-tasks") >= 1);
            long wider =
                    (Long)
                            browser.script(
                                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(wider).as("at " + width).isZero();
            browser.picture("width-" + width);
        }
    }

    @Test
    void darkIsDark() {
        String light = background();
        browser.prefer("dark");
        assertThat(background()).isNotEqualTo(light);
        browser.one("#query").sendKeys("shuttle");
        browser.await("hits", b -> b.all(".hit").size() == 30);
        browser.picture("dark");
    }

    private static String background() {
        return (String) browser.script("return getComputedStyle(document.body).backgroundColor");
    }
}
