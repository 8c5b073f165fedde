package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In processes of their own, since a signal is the business of a whole process.
@Timeout(60)
class RunnerSignalTest {
    private record End(List<String> lines, int exitCode) {}

    private static End run(String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new java.util.ArrayList<>(
                        List.of(
                                java,
                                "--add-opens",
                                "java.base/java.lang=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SignalProgram.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(output.lines().toList(), process.waitFor());
    }

    @ParameterizedTest
    @CsvSource({"INT, Ctrl-C (SIGINT), 130", "TERM, SIGTERM, 143"})
    void theFirstSignalCancelsTheMainTaskAndTheProgramEndsInGoodOrder(
            String signal, String named, int exitCode) throws Exception {
        End end = run("once", signal);
        assertThat(end.lines())
                .hasSize(4)
                .startsWith("cleaning up")
                .endsWith("next run: 7", "shut down")
                .element(1)
                .asString()
                .contains(named);
        assertThat(end.exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void theSecondEndsTheProcessAtOnce(String signal, int exitCode) throws Exception {
        End end = run("twice", signal);
        assertThat(end.lines()).containsExactly("cleaning up");
        assertThat(end.exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void withoutTheOptionSignalsDoWhatTheyAlwaysDid(String signal, int exitCode) throws Exception {
        End end = run("plain", signal);
        assertThat(end.lines()).containsExactly("shut down");
        assertThat(end.exitCode()).isEqualTo(exitCode);
    }
}
