package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the demo does as a process: how it begins, what it says, and how it ends.
@Timeout(120)
class DemoCommandTest {
    private static final int INTERRUPT = 2;
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir private Path folder;

    // ---- the beginning ----

    @Test
    void itSaysWhatItSearchesWhereAndHowToStop() throws Exception {
        Path root = DemoProcess.tree(folder.resolve("root"), 3);
        try (var demo = start(root)) {
            URI uri = demo.awaitUri();
            demo.awaitIndexed();
            assertThat(demo.output())
                    .contains(root.toRealPath().toString())
                    .contains(folder.resolve("index").toString())
                    .contains("Ctrl-C")
                    .contains("Indexed 3 files in ")
                    .contains(": 3 read, 0 unchanged, 0 removed, 1 skipped (is binary: 1).");
            assertThat(demo.output().lines().count()).isLessThan(9);
            assertThat(DemoProcess.get(uri.resolve("/api/search?q=number2"))).contains("file2.txt");
        }
    }

    @Test
    void aFolderThatIsMissingIsOneClearLine() throws Exception {
        try (var demo = start(folder.resolve("nowhere"))) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.output().lines()).hasSize(1);
            assertThat(demo.output()).contains("nowhere does not exist");
        }
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        try (var demo = start(Files.createFile(folder.resolve("file")))) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.output().lines()).hasSize(1);
            assertThat(demo.output()).contains("is no folder");
        }
    }

    @Test
    void aPortThatIsTakenIsOneClearLineThatSaysHowToChooseAnother() throws Exception {
        Path root = DemoProcess.tree(folder.resolve("root"), 1);
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var demo =
                        new DemoProcess(
                                root.toString(),
                                "--port=" + taken.getLocalPort(),
                                "--index=" + folder.resolve("index"))) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.output().lines()).hasSize(1);
            assertThat(demo.output())
                    .contains("port " + taken.getLocalPort() + " is taken", "--port");
        }
    }

    @Test
    void anIndexInUseIsOneClearLine() throws Exception {
        Path root = DemoProcess.tree(folder.resolve("root"), 1);
        try (var first = start(root)) {
            first.awaitIndexed();
            try (var second = start(root)) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.output().lines()).hasSize(1);
                assertThat(second.output()).contains("--index");
            }
        }
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThat(execute("demo", "--nonsense")).isEqualTo(2);
        assertThat(execute("demo", "--port=x")).isEqualTo(2);
        assertThat(execute("demo", "--port=65536")).isEqualTo(2);
        assertThat(execute("demo", "a", "b")).isEqualTo(2);
        assertThat(execute("demo", "--help")).isZero();
    }

    private static int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter()));
        commandLine.setErr(new PrintWriter(new StringWriter()));
        return commandLine.execute(arguments);
    }

    // ---- the end ----

    @Test
    void terminationEndsItInGoodOrder() throws Exception {
        endsSoon("TERM", 10, true);
    }

    @Test
    void interruptionEndsItWhilePagesListen() throws Exception {
        assumeInterruptible();
        endsSoon("INT", 10, true);
    }

    @Test
    void interruptionEndsItWhileItIndexes() throws Exception {
        assumeInterruptible();
        endsSoon("INT", 20_000, false);
    }

    private static void assumeInterruptible() throws IOException {
        assumeThat(DemoProcess.isIgnored(INTERRUPT))
                .as("SIGINT is ignored here: run the test in the foreground")
                .isFalse();
    }

    private void endsSoon(String signal, int files, boolean indexed) throws Exception {
        Path root = DemoProcess.tree(folder.resolve("root"), files);
        try (var demo = start(root)) {
            URI uri = demo.awaitUri();
            if (indexed) {
                demo.awaitIndexed();
            }
            try (var page = new Socket(uri.getHost(), uri.getPort());
                    var idle = new Socket(uri.getHost(), uri.getPort())) {
                String request =
                        "GET /api/events HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
                page.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                InputStream events = page.getInputStream();
                assertThat(events.read()).isPositive();
                assertThat(demo.output().contains("Indexed ")).isEqualTo(indexed);

                long begin = System.nanoTime();
                demo.signal(signal);
                int code = demo.awaitExit();
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertThat(code).as(demo.output()).isZero();
                assertThat(took).isLessThan(SOON);
                assertThat(demo.output()).doesNotContain("Exception");
                events.readAllBytes(); // to its end, without a reset
            }
        }
    }

    @Test
    void theNextStartReadsOnlyWhatIsMissing() throws Exception {
        Path root = DemoProcess.tree(folder.resolve("root"), 40);
        try (var demo = start(root)) {
            demo.awaitIndexed();
            demo.signal("TERM");
            assertThat(demo.awaitExit()).isZero();
        }
        try (var demo = start(root)) {
            demo.awaitIndexed();
            assertThat(demo.output()).contains(": 0 read, 40 unchanged, 0 removed, 1 skipped");
        }
    }

    @Test
    void whatWasReportedAsIndexedSurvivesAKill() throws Exception {
        Path root = DemoProcess.tree(folder.resolve("root"), 20_000);
        long reported;
        try (var demo = start(root)) {
            URI status = demo.awaitUri().resolve("/api/status");
            do {
                reported = number(DemoProcess.get(status), "read");
            } while (reported == 0);
            demo.signal("KILL");
            assertThat(demo.awaitExit()).isNotZero();
            assertThat(demo.output()).doesNotContain("Indexed ");
        }
        try (var demo = start(root)) {
            demo.awaitIndexed();
            String progress = DemoProcess.get(demo.awaitUri().resolve("/api/status"));
            assertThat(number(progress, "unchanged")).isGreaterThanOrEqualTo(reported);
            assertThat(number(progress, "files")).isEqualTo(20_000);
        }
    }

    private static long number(String json, String field) {
        String text = json.replaceAll("(?s).*?\"" + field + "\":(\\d+).*", "$1");
        return Long.parseLong(text);
    }

    private DemoProcess start(Path root) throws IOException {
        return new DemoProcess(root.toString(), "--port=0", "--index=" + folder.resolve("index"));
    }
}
