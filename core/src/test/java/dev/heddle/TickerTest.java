package dev.heddle;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static dev.heddle.Trial.millis;
import static dev.heddle.Trial.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Ticker.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TickerTest {
    @Test
    void instantsLieOnePeriodApartHoweverLongTheWorkTakes() {
        Trial.run(() -> {
            sleep(millis(3));
            List<Long> at = new ArrayList<>();
            int work = 0;
            for (var tick : Ticker.every(millis(10))) {
                at.add(now().toMillis());
                assertThat(tick.skipped()).isZero();
                if (tick.number() == 4) {
                    break;
                }
                sleep(millis(3 * ++work));
            }
            assertThat(at).containsExactly(13L, 23L, 33L, 43L);
        });
    }

    @Test
    void instantsThatHavePassedAreSkippedAndCounted() {
        Trial.run(() -> {
            var ticker = Ticker.every(millis(10));
            assertThat(ticker.await()).isEqualTo(new Tick(1, 0));
            sleep(millis(35)); // at 45, past 20, 30 and 40
            assertThat(ticker.await()).isEqualTo(new Tick(4, 2));
            assertThat(now()).isEqualTo(millis(45));
            assertThat(ticker.await()).isEqualTo(new Tick(5, 0));
            assertThat(now()).isEqualTo(millis(50));
            assertThat(ticker.skipped()).isEqualTo(2);
        });
    }

    @Test
    void anInstantThatIsJustThereIsNotSkipped() {
        Trial.run(() -> {
            var ticker = Ticker.every(millis(10));
            sleep(millis(20));
            assertThat(ticker.await()).isEqualTo(new Tick(2, 1));
            sleep(millis(10));
            assertThat(ticker.await()).isEqualTo(new Tick(3, 0));
            assertThat(now()).isEqualTo(millis(30));
        });
    }

    @Test
    void cancellingAWaitLosesNoInstantAndLeavesNoTimer() {
        Trial.run(() -> {
            var ticker = Ticker.every(millis(10));
            assertThatThrownBy(() -> timeout(millis(5), () -> ticker.await()))
                    .isInstanceOf(TimeoutException.class);
            assertThat(EventLoop.current().statistics().timers()).isZero();
            assertThat(ticker.await()).isEqualTo(new Tick(1, 0));
        });
    }

    @Test
    void aWaitThatNeedNotWaitIsASuspensionPointToo() {
        Trial.run(() -> {
            var ticker = Ticker.every(millis(10));
            sleep(millis(20));
            assertThatThrownBy(() -> timeout(Duration.ZERO, () -> ticker.await()))
                    .isInstanceOf(TimeoutException.class);
            assertThat(ticker.await()).isEqualTo(new Tick(2, 1));
        });
    }

    @Test
    void eachInstantIsGivenToOneOfSeveralThatWait() {
        Trial.run(() -> {
            var ticker = Ticker.every(millis(10));
            List<Long> numbers = new ArrayList<>();
            group(g -> {
                for (int i = 0; i < 3; i++) {
                    g.spawn(() -> {
                        numbers.add(ticker.await().number());
                    });
                }
            });
            assertThat(numbers).containsExactly(1L, 2L, 3L);
            assertThat(now()).isEqualTo(millis(30));
        });
    }

    @Test
    void aPeriodLongerThanTheClockNeverComes() {
        Trial.run(() -> {
            var ticker = Ticker.every(Duration.ofSeconds(Long.MAX_VALUE));
            assertThatThrownBy(() -> timeout(Duration.ofDays(1), () -> ticker.await()))
                    .isInstanceOf(TimeoutException.class);
        });
    }

    @Test
    void noPeriodAtAllIsRefused() {
        Trial.run(() -> {
            assertThatThrownBy(() -> Ticker.every(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT0S");
        });
    }

    @Test
    void itIsForItsOwnLoop() {
        Ticker[] other = new Ticker[1];
        Trial.run(() -> {
            other[0] = Ticker.every(millis(1));
        });
        Trial.run(() -> {
            assertThatThrownBy(() -> other[0].await())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("belongs to loop");
        });
    }
}
