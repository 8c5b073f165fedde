package dev.heddle.examples;

import java.util.Iterator;
import java.util.List;

/// What the examples that listen are told: where, and on how many loops.
///
/// @param port 0 for any that is free
/// @param loops how many loops share the port, at least one
record ServerArguments(int port, int loops) {
    private static final int MOST_LOOPS = 256;

    /// The part of `--help` that is common to all servers.
    static final String OPTIONS =
            """
            Options:
              --port N    the port on 127.0.0.1; 0 takes any that is free (default: %d)
              --loops N   event loops, each with its thread and its listener (default: 1)
              --help      this page\
            """;

    static ServerArguments parse(List<String> arguments, int defaultPort)
            throws BadArgumentsException {
        int port = defaultPort;
        int loops = 1;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (!option.equals("--port") && !option.equals("--loops")) {
                throw new BadArgumentsException("unknown argument: " + argument);
            }
            if (equals < 0 && !rest.hasNext()) {
                throw new BadArgumentsException(option + " needs a number behind it");
            }
            String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
            if (option.equals("--port")) {
                port = number(option, value, 0, 65_535);
            } else {
                loops = number(option, value, 1, MOST_LOOPS);
            }
        }
        return new ServerArguments(port, loops);
    }

    private static int number(String option, String value, int least, int most)
            throws BadArgumentsException {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadArgumentsException(
                "%s is a number from %d to %d, not \"%s\"".formatted(option, least, most, value));
    }
}
