package dev.heddle.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerArgumentsTest {
    private static ServerArguments parse(String line) throws BadArgumentsException {
        return ServerArguments.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), 99);
    }

    @Test
    void bothFormsAreTaken() throws Exception {
        assertThat(parse("")).isEqualTo(new ServerArguments(99, 1));
        assertThat(parse("--port 0")).isEqualTo(new ServerArguments(0, 1));
        assertThat(parse("--loops=2 --port=65535")).isEqualTo(new ServerArguments(65_535, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "8080, unknown argument: 8080",
        "--prot 1, unknown argument: --prot",
        "--port, --port needs a number behind it",
        "--port x, '--port is a number from 0 to 65535, not \"x\"'",
        "--port=, '--port is a number from 0 to 65535, not \"\"'",
        "--port 65536, '--port is a number from 0 to 65535, not \"65536\"'",
        "--loops 0, '--loops is a number from 1 to 256, not \"0\"'",
        "--loops 257, '--loops is a number from 1 to 256, not \"257\"'",
    })
    void whatMakesNoSenseIsRefused(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessage(message);
    }
}
