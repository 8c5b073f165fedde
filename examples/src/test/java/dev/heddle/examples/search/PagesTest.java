package dev.heddle.examples.search;

import static dev.heddle.Heddle.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.EventLoop;
import dev.heddle.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What open pages cost, and closed ones do not.
class PagesTest {
    @Test
    void withoutAPageThePulseIsNotFelt() {
        int[] asked = {0};
        try (var loop = EventLoop.open("test", new VirtualClock())) {
            loop.run(() -> {
                var pulse = new Pulse(() -> asked[0]++, new Pages());
                var feeling = loop.spawn(pulse::run);
                sleep(Duration.ofHours(1));
                assertThat(loop.statistics().timers()).isZero();
                feeling.cancel();
            });
        }
        assertThat(asked[0]).isZero();
    }

    @Test
    void withoutAPageNothingIsWritten() {
        Object unwritable =
                new Object() {
                    @SuppressWarnings("unused")
                    public int getValue() {
                        throw new AssertionError("written");
                    }
                };
        new Pages().send("type", unwritable);
    }
}
