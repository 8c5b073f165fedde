package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What was reported survives SIGKILL, with a real process.
@Timeout(180)
class KillTest {
    private static final int FILES = 3_000;
    private static final int KILLS = 5;

    @TempDir Path temporary;
    private Tree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new Tree(temporary.toRealPath());
    }

    private Process start(String what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--") || argument.startsWith("-XX")) {
                command.add(argument);
            }
        }
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        IndexingProcess.class.getName(),
                        tree.database.toString(),
                        tree.root.toString(),
                        what));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    // Surefire's own class path may be a jar that names the others.
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    @Test
    void whatWasReportedIsThereAfterAKill() throws Exception {
        for (int i = 0; i < FILES; i++) {
            tree.write(
                    "d%d/f%d.txt".formatted(i % 60, i),
                    "common unique%d ".formatted(i) + "x".repeat(i % 50));
        }
        Random random = new Random(5);
        long there = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long reported = indexAndKill(random, there);
            long[] now = {0};
            tree.withIndex(index -> {
                now[0] = index.statistics().files();
                assertThat(now[0]).isGreaterThanOrEqualTo(reported);
                assertThat(index.search("common", 1).total()).isEqualTo(now[0]);
                for (int i = random.nextInt(10); i < FILES; i += 10) {
                    String path = "d%d/f%d.txt".formatted(i % 60, i);
                    long found = index.search("unique" + i + " ", 1).total();
                    assertThat(found).as(path).isEqualTo(index.contains(path) ? 1 : 0);
                }
            });
            there = now[0];
        }
        Progress last = tree.index();
        assertThat(last.unchanged()).isEqualTo(there);
        assertThat(last.indexed()).isEqualTo(FILES - there);
        tree.withIndex(index -> assertThat(index.search("common", 1).total()).isEqualTo(FILES));
    }

    /// Kills the process at some moment after it has come further than before.
    ///
    /// @return how many files it had reported as being in the index
    private long indexAndKill(Random random, long there) throws Exception {
        Process process = start("index");
        long reported = 0;
        try (BufferedReader lines = process.inputReader()) {
            String line;
            while ((line = lines.readLine()) != null && !line.equals("done")) {
                reported = read(line);
                if (reported > there) {
                    break;
                }
            }
            process.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly(); // and leave what it has printed
            while ((line = lines.readLine()) != null) {
                reported = line.equals("done") ? reported : Math.max(reported, read(line));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return reported;
    }

    private static long read(String line) {
        String[] numbers = line.split(" ");
        return numbers.length < 2 ? 0 : Long.parseLong(numbers[0]) + Long.parseLong(numbers[1]);
    }

    @Test
    void anIndexOpenInAnotherProcessSaysWhatToDo() throws Exception {
        tree.write("a", "b");
        Process process = start("hold");
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> tree.index())
                    .isInstanceOf(IndexInUseException.class)
                    .hasMessageContainingAll("another process", tree.database.toString());
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(tree.index().indexed()).isEqualTo(1);
    }
}
