package dev.heddle.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point behind `./heddle`.
@Command(
        name = "heddle",
        description = "Asynchronous programming for Java: try it here.",
        mixinStandardHelpOptions = true,
        subcommands = DemoCommand.class)
public final class Main implements Callable<Integer> {

    private Main() {}

    /// Runs the command that `args` name, and ends the process with its exit status.
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).addSubcommand(ExampleCommand.commandLine());
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }
}
