package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs a JVM of its own, with and without the flag.
@Timeout(60)
class MissingFlagTest {
    /// The program that the other JVM runs.
    static final class Program {
        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                try {
                    Heddle.sleep(java.time.Duration.ZERO);
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
            System.out.println("the answer is " + Heddle.run(() -> 42));
        }
    }

    private record Result(int exit, String output) {}

    private static Result java(List<String> flags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(flags);
        command.add("-cp");
        command.add(placeOf(Heddle.class) + File.pathSeparator + placeOf(Program.class));
        command.add(Program.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static String placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    @Test
    void theErrorNamesTheFlagAndAllFourWays() throws Exception {
        Result result = java(List.of());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output())
                .contains("IllegalStateException")
                .contains(Runtime.version().toString())
                .contains("--add-opens java.base/java.lang=ALL-UNNAMED")
                .contains("--add-opens java.base/java.lang=dev.heddle.core")
                .contains("command line   java --add-opens")
                .contains("JDK_JAVA_OPTIONS='--add-opens java.base/java.lang=ALL-UNNAMED'")
                .contains("Add-Opens: java.base/java.lang")
                .contains("<argLine>--add-opens java.base/java.lang=ALL-UNNAMED</argLine>")
                .doesNotContain("the answer is");
    }

    @Test
    void callsOutsideOfALoopKeepTheirOwnErrorWithoutTheFlag() throws Exception {
        assertThat(java(List.of(), "sleep first").output()).contains("sleep suspends a task");
    }

    @Test
    void withTheFlagItRuns() throws Exception {
        Result result = java(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
        assertThat(result.output().strip()).isEqualTo("the answer is 42");
        assertThat(result.exit()).isZero();
    }
}
