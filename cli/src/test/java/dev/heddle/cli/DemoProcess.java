package dev.heddle.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `./heddle demo` as a process of its own, without the script around it.
final class DemoProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ADDRESS = "Open ";

    private final Process process;

    /// What it has written so far, both streams in one. Guard: its monitor.
    private final List<String> lines = new ArrayList<>();

    private boolean ended;

    DemoProcess(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens");
        command.add("java.base/java.lang=ALL-UNNAMED");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Xmx512m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.heddle.cli.Main");
        command.add("demo");
        command.addAll(Arrays.asList(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofPlatform().daemon().name("output of the demo").start(this::readOutput);
    }

    private void readOutput() {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // The process was killed; what it wrote before is in `lines`.
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /// Waits for a line of the output.
    String awaitLine(Predicate<String> which) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (true) {
                for (String line : lines) {
                    if (which.test(line)) {
                        return line;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("the line did not come in:\n" + output());
                }
                lines.wait(left);
            }
        }
    }

    URI awaitUri() throws InterruptedException {
        String line = awaitLine(text -> text.startsWith(ADDRESS));
        return URI.create(line.substring(ADDRESS.length()).strip());
    }

    void awaitIndexed() throws InterruptedException {
        awaitLine(text -> text.startsWith("Indexed "));
    }

    /// @param name such as `INT`
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it runs on; it has said:\n" + output());
        }
        return process.exitValue();
    }

    /// Whether a signal is ignored in the processes that we start, as SIGINT is below a shell that
    /// has put the test into the background: it cannot be tested then.
    static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >>> (signal - 1) & 1) == 1);
    }

    static String get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// A folder of text files, and one that is skipped.
    static Path tree(Path root, int files) throws IOException {
        String filler = "Warp and weft cross over and under, and the shuttle flies.\n".repeat(60);
        // What has only just been written is read again by the next run, since it may change once
        // more within the same tick of the clock.
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));
        Path folder = root;
        for (int i = 0; i < files; i++) {
            if (i % 200 == 0) {
                folder = Files.createDirectories(root.resolve("part" + i / 200));
            }
            Path file =
                    Files.writeString(
                            folder.resolve("file" + i + ".txt"),
                            "This is number" + i + ".\n" + filler);
            Files.setLastModifiedTime(file, longAgo);
        }
        Files.write(root.resolve("picture.png"), new byte[] {1, 0, 2});
        return root;
    }

    static @Nullable Path executable(String... candidates) {
        return Arrays.stream(candidates)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
