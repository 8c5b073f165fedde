package dev.heddle.examples.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final IndexStatistics NOTHING = new IndexStatistics(0, 0, Map.of(), 0, 0);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void aTerminalHasOneLineThatChanges() {
        StatusLine line = new StatusLine(out, true);
        line.show(at(NOTHING, 100, false));
        line.show(at(NOTHING, 200, false));
        assertThat(written())
                .doesNotContain("\n")
                .startsWith("\rIndexing: ")
                .contains("\u001b[K\r");
    }

    @Test
    void elsewhereThereIsALineEveryThreeSeconds() {
        StatusLine line = new StatusLine(out, false);
        for (int millis = 100; millis <= 7000; millis += 100) {
            line.show(at(NOTHING, millis, false));
        }
        assertThat(written().lines()).hasSize(2).allMatch(text -> text.startsWith("Indexing: "));
        assertThat(written()).doesNotContain("\r").doesNotContain("\u001b");
    }

    @Test
    void theEndSaysWhatWasSkippedAndWhy() {
        new StatusLine(out, false).show(at(NOTHING, 1234, true));
        assertThat(written())
                .isEqualTo(
                        "Indexed 1,007 files in 1.2 s: 1,000 read, 7 unchanged, 3 removed, 2 skipped"
                                + " (is binary: 2).\n");
    }

    @Test
    void theLastRunTellsHowManyThereWillBe() {
        var before = new IndexStatistics(5000, 0, Map.of(SkipReason.BINARY, 20L), 1, 0);
        StatusLine line = new StatusLine(out, true);
        line.show(at(before, 100, false));
        assertThat(written()).contains("1,009 of about 5,020 files");
    }

    @Test
    void aFailureIsSaid() {
        new StatusLine(out, false).show(at(NOTHING, 100, false).failed("disk full"));
        assertThat(written()).isEqualTo("Indexing failed: disk full\n");
    }

    private String written() {
        return bytes.toString(UTF_8);
    }

    private static PageProgress at(IndexStatistics before, long millis, boolean done) {
        return PageProgress.of(
                before,
                new Progress(
                        1010,
                        1000,
                        7,
                        Map.of(SkipReason.BINARY, 2L),
                        3,
                        0,
                        500,
                        Duration.ofMillis(millis),
                        done));
    }
}
