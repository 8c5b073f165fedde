package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CancellationOrderTest {
    @Test
    void siblingsAreCancelledInTheOrderOfTheirSpawn() {
        List<Integer> ended = new ArrayList<>();
        try (EventLoop loop = EventLoop.open("test", new VirtualClock())) {
            loop.run(() -> {
                Heddle.group(g -> {
                    for (int i = 0; i < 4; i++) {
                        int n = i;
                        g.spawn(() -> {
                            try {
                                Heddle.sleep(Duration.ofDays(1));
                            } finally {
                                ended.add(n);
                            }
                        });
                    }
                    Heddle.checkpoint();
                    g.cancel();
                });
            });
        }
        assertThat(ended).containsExactly(0, 1, 2, 3);
    }
}
