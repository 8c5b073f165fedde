package dev.heddle.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseEventTest {
    @Test
    void allFieldsAreSentInTheirLines() {
        SseEvent event = SseEvent.of("tick", "42").withId("7").withRetry(Duration.ofMillis(1500));
        assertThat(event.encoded()).isEqualTo("event: tick\nid: 7\nretry: 1500\ndata: 42\n\n");
    }

    @Test
    void anEventHasDataEvenIfItIsEmpty() {
        assertThat(SseEvent.of("").encoded()).isEqualTo("data: \n\n");
    }

    @Test
    void anEmptyIdIsSentSoThatTheBrowserForgets() {
        assertThat(SseEvent.of("x").withId("").encoded()).isEqualTo("id: \ndata: x\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\r\nb"})
    void eachLineOfDataIsALineOfItsOwn(String data) {
        assertThat(SseEvent.of(data).encoded()).isEqualTo("data: a\ndata: b\n\n");
    }

    @Test
    void emptyLinesOfDataDoNotEndTheEvent() {
        assertThat(SseEvent.of("\n\n").encoded()).isEqualTo("data: \ndata: \ndata: \n\n");
        assertThat(SseEvent.of("a\r\revent: evil").encoded())
                .isEqualTo("data: a\ndata: \ndata: event: evil\n\n");
        assertThat(SseEvent.of("a\n\r\n").encoded()).isEqualTo("data: a\ndata: \ndata: \n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "\n", "a\r\ndata: evil"})
    void aLineBreakInTypeOrIdIsRefused(String text) {
        assertThatThrownBy(() -> SseEvent.of(text, "data"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an event's type is one line");
        assertThatThrownBy(() -> SseEvent.of("data").withId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an event's id is one line");
    }

    @Test
    void whatBrowsersWouldIgnoreIsRefused() {
        assertThatThrownBy(() -> SseEvent.of("data").withId("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> SseEvent.of("data").withRetry(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retry");
    }
}
