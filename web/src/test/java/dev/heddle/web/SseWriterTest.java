package dev.heddle.web;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.Heddle.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Action;
import dev.heddle.EventLoop;
import dev.heddle.Promise;
import dev.heddle.TimeoutException;
import dev.heddle.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SseWriterTest {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final VirtualClock clock = new VirtualClock();
    private final EventLoop loop = EventLoop.open("test", clock);

    /// What was sent, each with its second. Owner: the loop.
    private final List<String> sent = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
        assertThat(loop.statistics().tasks()).isZero();
        assertThat(loop.statistics().timers()).isZero();
    }

    private void run(Action<Exception> test) throws Exception {
        loop.run(() -> {
            test.run();
            return null;
        });
    }

    private void stream(SseWriter.Output output, SseSource source) throws Exception {
        run(() -> SseWriter.run(output, KEEP_ALIVE, source));
    }

    private void record(String text) {
        sent.add(clock.elapsed().toSeconds() + " " + text.replace("\n", "|"));
    }

    private void sendSlowly(String text) {
        if (!text.isEmpty()) {
            sleep(Duration.ofSeconds(40));
            record(text);
        }
    }

    /// A connection whose client has gone once it is open.
    private static SseWriter.Output failing(IOException failure) {
        return text -> {
            if (!text.isEmpty()) {
                throw failure;
            }
        };
    }

    @Test
    void aSilentStreamGetsACommentNowAndThen() throws Exception {
        stream(this::record, out -> sleep(Duration.ofSeconds(50)));
        assertThat(sent).containsExactly("0 ", "15 :||", "30 :||", "45 :||");
    }

    @Test
    void eventsPutTheCommentOff() throws Exception {
        stream(
                this::record,
                out -> {
                    sleep(Duration.ofSeconds(10));
                    out.send(SseEvent.of("a"));
                    sleep(Duration.ofSeconds(14));
                    out.comment("b\nc");
                    sleep(Duration.ofSeconds(16));
                });
        assertThat(sent).containsExactly("0 ", "10 data: a||", "24 : b|: c||", "39 :||");
    }

    @Test
    void aStreamThatEndsLeavesNothingBehind() throws Exception {
        stream(this::record, out -> out.send(SseEvent.of("a")));
        run(() -> sleep(Duration.ofMinutes(1)));
        assertThat(sent).containsExactly("0 ", "0 data: a||");
    }

    @Test
    void aClientThatHasGoneEndsTheSource() {
        List<Duration> ended = new ArrayList<>();
        IOException gone = new IOException("Broken pipe");
        SseSource source =
                out -> {
                    try {
                        new Promise<>().await();
                    } finally {
                        ended.add(clock.elapsed());
                    }
                };
        assertThatThrownBy(() -> stream(failing(gone), source)).isSameAs(gone);
        assertThat(ended).containsExactly(KEEP_ALIVE);
    }

    @Test
    void aSourceThatGoesOnRegardlessStillEndsInFailure() {
        IOException gone = new IOException("Broken pipe");
        SseSource source =
                out -> {
                    assertThatThrownBy(() -> out.send(SseEvent.of("a"))).isSameAs(gone);
                    assertThatThrownBy(() -> out.send(SseEvent.of("b"))).hasCause(gone);
                };
        assertThatThrownBy(() -> stream(failing(gone), source)).isSameAs(gone);
    }

    @Test
    void anEventThatWasCutEndsTheStream() {
        SseSource source =
                out -> {
                    try {
                        timeout(Duration.ofSeconds(1), () -> out.send(SseEvent.of("a")));
                    } catch (TimeoutException e) {
                        sent.add("cut");
                    }
                };
        assertThatThrownBy(() -> stream(this::sendSlowly, source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("an event was cut");
        assertThat(sent).containsExactly("cut");
    }

    @Test
    void eventsOfSeveralTasksAreSentOneAfterTheOther() throws Exception {
        stream(
                this::sendSlowly,
                out ->
                        group(g -> {
                            for (String data : List.of("1", "2", "3")) {
                                g.spawn(() -> out.send(SseEvent.of(data)));
                            }
                        }));
        // Each takes 40 seconds: no comment gets in between, either.
        assertThat(sent).containsExactly("40 data: 1||", "80 data: 2||", "120 data: 3||");
    }

    @Test
    void whoKeepsTheWriterCannotSendBehindTheEnd() throws Exception {
        List<SseWriter> kept = new ArrayList<>();
        stream(this::record, kept::add);
        assertThatThrownBy(() -> run(() -> kept.getFirst().send(SseEvent.of("late"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void aSourceThatFailsIsHeardOf() {
        var failure = new IllegalArgumentException("no such table");
        SseSource source =
                out -> {
                    throw failure;
                };
        assertThatThrownBy(() -> stream(this::record, source)).isSameAs(failure);
    }
}
