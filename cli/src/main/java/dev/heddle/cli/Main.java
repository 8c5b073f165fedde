package dev.heddle.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The entry point behind `./heddle`.
@Command(
        name = "heddle",
        description = "Asynchronous programming for Java: try it here.",
        mixinStandardHelpOptions = true,
        subcommands = {Main.Demo.class, Main.Example.class})
public final class Main implements Callable<Integer> {

    private Main() {}

    /// Runs the command that `args` name, and ends the process with its exit status.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    @Command(name = "demo", description = "Search over a folder of text files, in the browser.")
    static final class Demo implements Callable<Integer> {
        @Override
        public Integer call() {
            System.err.println("demo: not there yet");
            return 1;
        }
    }

    @Command(name = "example", description = "Runs one of the examples.")
    static final class Example implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Which example.")
        private String name = "";

        @Override
        public Integer call() {
            System.err.println("example " + name + ": not there yet");
            return 1;
        }
    }
}
