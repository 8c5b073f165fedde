package dev.heddle.examples.search;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/// Says in the terminal how the indexing goes on: in one line that changes or, where the output is
/// no terminal, in a new line every few seconds.
///
/// Belongs to the loop of the run.
final class StatusLine {
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final String START_OF_LINE = "\r";
    private static final String ERASE_TO_END = "\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private double writtenAtMillis;

    StatusLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(PageProgress progress) {
        if (!progress.isIndexing()) {
            end(progress);
        } else if (terminal) {
            out.print(START_OF_LINE + running(progress) + ERASE_TO_END);
            out.flush();
        } else if (progress.elapsedMillis() - writtenAtMillis >= EVERY.toMillis()) {
            writtenAtMillis = progress.elapsedMillis();
            out.println(running(progress));
        }
    }

    /// A line of its own, not at the end of one that changes.
    void say(String line) {
        out.println((terminal ? START_OF_LINE + ERASE_TO_END : "") + line);
    }

    private void end(PageProgress progress) {
        if (progress.error() != null) {
            say("Indexing failed: " + progress.error());
            return;
        }
        say(
                "Indexed %s files in %.1f s: %s read, %s unchanged, %s removed, %s skipped%s."
                        .formatted(
                                count(progress.files()),
                                progress.elapsedMillis() / 1000,
                                count(progress.read()),
                                count(progress.unchanged()),
                                count(progress.removed()),
                                count(progress.skipped()),
                                reasons(progress)));
    }

    private static String running(PageProgress progress) {
        String total = progress.total() == null ? "" : " of about " + count(progress.total());
        return "Indexing: %s%s files, %s unchanged, %s skipped, %s/s"
                .formatted(
                        count(progress.done()),
                        total,
                        count(progress.unchanged()),
                        count(progress.skipped()),
                        count(Math.round(progress.perSecond())));
    }

    private static String reasons(PageProgress progress) {
        return progress.reasons().stream()
                .map(reason -> reason.words() + ": " + count(reason.count()))
                .collect(Collectors.joining(", ", " (", ")"))
                .replace(" ()", "");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
