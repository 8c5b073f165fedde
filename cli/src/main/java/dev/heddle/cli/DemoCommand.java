package dev.heddle.cli;

import dev.heddle.examples.search.SearchDemo;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./heddle demo`: see [SearchDemo].
@Command(
        name = "demo",
        description = {
            "Search over a folder of text files, in the browser.",
            "",
            "Reads the files below DIR into an index on disk and serves a page on 127.0.0.1 that"
                    + " searches as you type, also while it reads. The index is kept: the next"
                    + " start reads only what has changed. Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by Ctrl-C or SIGTERM",
            "1:could not start: no such folder, port taken, index in use",
            "2:wrong usage"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder to search in. Default: this project's own tree.")
    private @Nullable Path folder;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "The port to serve on, 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port = SearchDemo.DEFAULT_PORT;

    @Option(
            names = "--index",
            paramLabel = "FOLDER",
            description = "Where to keep the index. Default: below your cache folder.")
    private @Nullable Path index;

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--port is from 0 to %d, not %d".formatted(HIGHEST_PORT, port));
        }
        // What the libraries tell of themselves when all is well is not for the person who looks.
        Logger.getLogger("").setLevel(Level.WARNING);
        var options =
                new SearchDemo.Options(
                        folder != null ? folder : projectTree(), index, port, isTerminal());
        return SearchDemo.run(options, utf8(System.out), utf8(System.err));
    }

    /// `./heddle` says where it lives; who starts the program otherwise gets the working directory.
    private static Path projectTree() {
        return Path.of(System.getProperty("heddle.home", ""));
    }

    @SuppressWarnings("SystemConsoleNull") // true of 22 to 24; from 25 on there may be none again
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Names of files are printed as they are, and not in what an unset locale stands for.
    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
