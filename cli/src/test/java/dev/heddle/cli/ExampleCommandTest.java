package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ExampleCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine heddle = Main.commandLine();
        heddle.setOut(new PrintWriter(out, true));
        heddle.setErr(new PrintWriter(err, true));
        return heddle.execute(arguments);
    }

    @Test
    void withoutANameTheExamplesAreListed() {
        assertThat(run("example")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Which example?")
                .containsPattern("(?m)^  echo  +\\S.*$")
                .containsPattern("(?m)^  hello  +\\S.*$");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownNameIsSaidToBeOne() {
        assertThat(run("example", "ehco", "--port", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no example \"ehco\".").contains("  echo ");
    }

    @Test
    void helpListsThem() {
        assertThat(run("example", "--help")).isZero();
        assertThat(out.toString()).contains("  echo ").contains("  hello ");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "hello"})
    void eachTellsOfItself(String name) {
        assertThat(run("example", name, "--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: ./heddle example " + name)
                .contains("--port N")
                .contains("--loops N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "hello"})
    void wrongArgumentsAreNamed(String name) {
        assertThat(run("example", name, "--port", "many")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--port is a number from 0 to 65535, not \"many\"")
                .contains("Usage: ./heddle example " + name);
    }
}
