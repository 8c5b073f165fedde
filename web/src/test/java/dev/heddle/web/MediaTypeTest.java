package dev.heddle.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @Test
    void namesAreReadInLowerCaseAndValuesAsTheyAre() {
        assertThat(MediaType.parse("Application/JSON ; Charset=UTF-8"))
                .isEqualTo(new MediaType("application/json", Map.of("charset", "UTF-8")));
    }

    @Test
    void quotedValuesMayHoldAnything() {
        assertThat(MediaType.parse("multipart/form-data; boundary=\"a;b=\\\"c\\\"\"; x=y;"))
                .isEqualTo(
                        new MediaType(
                                "multipart/form-data", Map.of("boundary", "a;b=\"c\"", "x", "y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "/json", "application/", "a/b;c", ";a=b"})
    void theMalformedIsNone(String value) {
        assertThat(MediaType.parse(value)).isNull();
    }
}
