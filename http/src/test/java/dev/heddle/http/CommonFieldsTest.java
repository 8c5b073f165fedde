package dev.heddle.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CommonFieldsTest {
    @Test
    void formatsDatesAsTheJdkDoes() {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
        ZonedDateTime date = LocalDateTime.of(2024, 1, 1, 0, 0, 0).atZone(ZoneOffset.UTC);
        for (int i = 0; i < 1000; i++) {
            assertThat(CommonFields.format(date)).isEqualTo(format.format(date));
            date = date.plusSeconds(100_003);
        }
    }

    @Test
    void areMadeAnewInTheNextSecondOnly() {
        CommonFields fields = new CommonFields("x");
        byte[] first = fields.at(1000);
        assertThat(first).isSameAs(fields.at(1000));
        assertThat(new String(first, US_ASCII)).endsWith(" GMT\r\nServer: x\r\n");
        assertThat(fields.at(1000 + 1_000_000_000L)).isNotSameAs(first);
    }

    @Test
    void anEmptyNameIsNoField() {
        assertThat(new String(new CommonFields("").at(0), US_ASCII)).doesNotContain("Server");
    }
}
