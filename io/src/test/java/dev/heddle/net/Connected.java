package dev.heddle.net;

import dev.heddle.Heddle;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// Two connected streams of some kind, for the contracts that every kind fulfils.
interface Connected {
    /// In a task.
    ByteStream.Pair connect() throws Exception;

    /// More bytes than fit between a writer and a reader that does not read.
    int bulk();

    /// Gives way until something has happened. A test's timeout bounds it.
    static void until(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            Heddle.checkpoint();
        }
    }

    /// Lets the other tasks go as far as they get without input from outside.
    static void letOthersRun() {
        for (int i = 0; i < 200; i++) {
            Heddle.checkpoint();
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] randomBytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    interface Scenario {
        void play(ByteStream left, ByteStream right) throws Exception;
    }

    /// Plays a scenario on a new pair, which is closed behind it.
    default void play(Scenario scenario) throws Exception {
        Heddle.run(() -> {
            try (var pair = connect()) {
                scenario.play(pair.left(), pair.right());
            }
        });
    }
}
