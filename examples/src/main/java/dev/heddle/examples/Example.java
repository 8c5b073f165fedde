package dev.heddle.examples;

import java.util.List;

/// A program that shows one thing.
public sealed interface Example permits Echo, Hello {
    /// All examples, in the order in which to look at them.
    List<Example> ALL = List.of(new Echo(), new Hello());

    /// What to call it by.
    ///
    /// @return one word
    String name();

    /// What it is.
    ///
    /// @return one line
    String summary();

    /// How to call it: all that `--help` prints.
    ///
    /// @return several lines, without a line break at the end
    String usage();

    /// Runs the program until it is over, or asked to end by `SIGINT` or `SIGTERM`. For a thread
    /// that is on no loop. Prints what it has to say.
    ///
    /// @param arguments those behind its name, without `--help`
    /// @throws BadArgumentsException if the arguments make no sense
    /// @throws FailedException if it cannot do its work for a reason that the user can mend
    /// @throws Exception for anything else that goes wrong
    void run(List<String> arguments) throws Exception;
}
