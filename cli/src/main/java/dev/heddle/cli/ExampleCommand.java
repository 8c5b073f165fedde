package dev.heddle.cli;

import dev.heddle.examples.BadArgumentsException;
import dev.heddle.examples.Example;
import dev.heddle.examples.FailedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs one of the examples. What stands behind the name is the example's own business.
@Command(name = "example", description = "Runs one of the examples.")
final class ExampleCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            description = "Lists the examples.")
    private boolean help;

    @Parameters(arity = "0..*", paramLabel = "NAME [ARGUMENT...]", description = "Which example.")
    private List<String> words = List.of();

    static CommandLine commandLine() {
        // From the name on, options are the example's own.
        return new CommandLine(new ExampleCommand()).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws Exception {
        CommandLine command = spec.commandLine();
        if (help) {
            command.getOut().println(list());
            return OK;
        }
        if (words.isEmpty()) {
            command.getErr().println("Which example?\n\n" + list());
            return MISUSED;
        }
        String name = words.getFirst();
        Optional<Example> example =
                Example.ALL.stream().filter(e -> e.name().equals(name)).findFirst();
        if (example.isEmpty()) {
            command.getErr().println("There is no example \"" + name + "\".\n\n" + list());
            return MISUSED;
        }
        return run(command, example.get(), words.subList(1, words.size()));
    }

    private static int run(CommandLine command, Example example, List<String> arguments)
            throws Exception {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            command.getOut().println(example.summary() + "\n\n" + example.usage());
            return OK;
        }
        try {
            example.run(arguments);
            return OK;
        } catch (BadArgumentsException e) {
            command.getErr().println(e.getMessage() + "\n\n" + example.usage());
            return MISUSED;
        } catch (FailedException e) {
            command.getErr().println(example.name() + ": " + e.getMessage());
            return FAILED;
        }
    }

    private static String list() {
        StringBuilder text = new StringBuilder("Usage: ./heddle example NAME [ARGUMENT...]\n\n");
        for (Example example : Example.ALL) {
            text.append("  %-14s %s%n".formatted(example.name(), example.summary()));
        }
        return text.append("\n./heddle example NAME --help tells more of one.").toString();
    }
}
