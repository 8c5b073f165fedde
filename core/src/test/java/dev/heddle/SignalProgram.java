package dev.heddle;

import static dev.heddle.Heddle.shield;
import static dev.heddle.Heddle.sleep;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/// A program that sends itself signals while it runs; see [RunnerSignalTest].
final class SignalProgram {
    private SignalProgram() {}

    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> say("shut down")));
        var options = Runner.Options.DEFAULT;
        try (var runner =
                Runner.open(arguments[0].equals("plain") ? options : options.withSignals())) {
            try {
                runner.run(() -> {
                    raise(arguments[1]);
                    try {
                        sleep(Duration.ofMinutes(1));
                    } finally {
                        say("cleaning up");
                        if (arguments[0].equals("twice")) {
                            shield(() -> {
                                raise(arguments[1]);
                                sleep(Duration.ofMinutes(1));
                            });
                        }
                    }
                });
            } catch (CancellationException cancelled) {
                say(cancelled.getMessage());
            }
            int code = runner.exitCode();
            say("next run: " + runner.<Integer, RuntimeException>run(() -> 7));
            System.exit(code);
        }
    }

    private static void raise(String signal) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        type.getMethod("raise", type)
                .invoke(null, type.getConstructor(String.class).newInstance(signal));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
