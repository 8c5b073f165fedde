package dev.heddle.examples.search;

import static dev.heddle.Heddle.offload;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some lines of a file, around one of them.
///
/// @param path the file, relative to the root
/// @param line the line in the middle, 0 if none was asked for
/// @param from the number of the first of `lines`, from 1
/// @param lines the lines
/// @param more whether the file goes on behind them
record FileLines(String path, int line, int from, List<Line> lines, boolean more) {
    private static final int LINES_BEFORE = 80;
    private static final int LINES_AFTER = 160;

    /// Longer lines are cut: nobody reads on in a minified script.
    private static final int LONGEST_LINE = 1_000;

    private static final String CUT = " …";

    /// A line.
    ///
    /// @param text the line
    /// @param ranges pairs of start and end of what matches the query
    record Line(String text, List<int[]> ranges) {}

    /// Reads a part of a file, on a worker.
    ///
    /// @param root the real path of the folder that may be read
    /// @param path a file below it
    /// @param line a line of it; 0 for the beginning
    /// @param query what to mark
    /// @return the part; null if there is no such file below the root, or not any more
    /// @throws IOException if it cannot be read
    static @Nullable FileLines read(Path root, String path, int line, String query)
            throws IOException {
        return offload(() -> {
            Path file = root.resolve(path);
            // A link may have come in the place of a file since it was indexed.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !file.toRealPath().startsWith(root)) {
                return null;
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                // It may have grown, too.
                byte[] bytes = in.readNBytes(Math.toIntExact(Indexer.LARGEST_FILE));
                return of(new ByteArrayInputStream(bytes), path, line, query);
            }
        });
    }

    /// Bytes that are not UTF-8, should the file have changed, become replacement characters.
    static FileLines of(InputStream in, String path, int line, String query) throws IOException {
        int from = Math.max(1, line - LINES_BEFORE);
        int to = Math.max(line, 1) + LINES_AFTER;
        List<Line> lines = new ArrayList<>();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String text = null;
        int number = 1;
        while (number <= to && (text = reader.readLine()) != null) {
            if (number >= from) {
                lines.add(line(text, query));
            }
            number++;
        }
        boolean more = text != null && reader.read() >= 0;
        return new FileLines(path, line, from, List.copyOf(lines), more);
    }

    private static Line line(String text, String query) {
        String shown = text;
        if (text.length() > LONGEST_LINE) {
            int end =
                    Character.isHighSurrogate(text.charAt(LONGEST_LINE - 1))
                            ? LONGEST_LINE - 1
                            : LONGEST_LINE;
            shown = text.substring(0, end) + CUT;
        }
        return new Line(shown, Ranges.pairs(SearchIndex.matches(query, shown)));
    }
}
