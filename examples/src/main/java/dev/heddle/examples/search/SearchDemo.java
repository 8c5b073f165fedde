package dev.heddle.examples.search;

import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The search as a program for the terminal: brings the index up to date, serves the page, and
/// stops when it is asked to.
public final class SearchDemo {
    /// The port unless another is chosen.
    public static final int DEFAULT_PORT = 8080;

    /// How long running requests may take when the program is to end.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;

    /// What to do.
    ///
    /// @param folder what to search in
    /// @param index where the index lives; null for its default place
    /// @param port where to serve on 127.0.0.1, 0 for any port that is free
    /// @param terminal whether a person looks at the output, so that lines may be written over
    public record Options(Path folder, @Nullable Path index, int port, boolean terminal) {}

    private SearchDemo(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /// Runs the program until the process is asked to end, by Ctrl-C or by SIGTERM. For a thread
    /// that is on no loop.
    ///
    /// @param options what to do
    /// @param out where to say what it does
    /// @param err where to say what went wrong
    /// @return the exit code: 0 after it was asked to end, 1 if it could not begin
    /// @throws Exception if it fails later on
    public static int run(Options options, PrintStream out, PrintStream err) throws Exception {
        return Heddle.run(() -> new SearchDemo(options, out, err).run());
    }

    private int run() throws Exception {
        // The page draws the lag. That the machine is busy is nothing to tell whoever looks.
        EventLoop.current().onStall(stall -> {});
        Path folder = options.folder();
        if (!Files.isDirectory(folder)) {
            boolean exists = Files.exists(folder);
            return fail(
                    folder
                            + (exists ? " is no folder." : " does not exist.")
                            + " Give the folder to search: ./heddle demo DIR");
        }
        try (SearchSite site = SearchSite.listen(options.port());
                SearchIndex index = openIndex()) {
            introduce(site, index);
            StatusLine line = new StatusLine(out, options.terminal());
            site.run(
                    index,
                    line::show,
                    GRACE,
                    () -> {
                        Signals.awaitTermination();
                        line.say("Stopping.");
                    });
            return 0;
        } catch (BindException e) {
            return fail(cannotBind(e));
        } catch (IndexInUseException e) {
            return fail(
                    e.getMessage()
                            + " Stop the other program, or keep a second index elsewhere:"
                            + " ./heddle demo --index FOLDER");
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()));
        }
    }

    private SearchIndex openIndex() throws IOException {
        Path place = options.index();
        return place == null
                ? SearchIndex.open(options.folder())
                : SearchIndex.open(place, options.folder());
    }

    private void introduce(SearchSite site, SearchIndex index) {
        out.println("Searching in  " + index.root());
        out.println("Index         " + index.databaseFolder() + " (kept for the next start)");
        out.println("Open          " + site.uri());
        out.println("Stop          Ctrl-C");
    }

    private String cannotBind(BindException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.contains("in use")) {
            return message;
        }
        return "port %d is taken. Choose another: ./heddle demo --port %d (0 for any that is free)"
                .formatted(options.port(), options.port() + 1);
    }

    private int fail(String message) {
        err.println("heddle demo: " + message);
        return 1;
    }
}
