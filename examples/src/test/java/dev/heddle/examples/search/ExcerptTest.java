package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static Excerpt of(String text, String query) {
        return Excerpt.of(text, Query.of(query));
    }

    private static List<String> marked(Excerpt excerpt) {
        return excerpt.matches().stream()
                .map(range -> excerpt.text().substring(range.start(), range.end()))
                .toList();
    }

    @Test
    void isTheFirstLineWithAllWords() {
        var excerpt = of("one\ntwo\none only\n  two and one, two  \r\none two\n", "one two");
        assertThat(excerpt.line()).isEqualTo(4);
        assertThat(excerpt.text()).isEqualTo("two and one, two");
        assertThat(marked(excerpt)).containsExactly("two", "one", "two");
    }

    @Test
    void isTheLineWithMostWordsIfNoneHasAll() {
        var excerpt = of("a\nb\n\na b\nc\n", "a b c");
        assertThat(excerpt.line()).isEqualTo(4);
        assertThat(marked(excerpt)).containsExactly("a", "b");
    }

    @Test
    void isAbsentIfNoWordOccurs() {
        assertThat(of("nothing here", "word")).isNull();
        assertThat(of("", "word")).isNull();
    }

    @Test
    void aWordAtEitherEndIsFound() {
        assertThat(of("word", "word"))
                .isEqualTo(new Excerpt(1, "word", List.of(new TextRange(0, 4))));
        assertThat(of("\nword", "word").line()).isEqualTo(2);
        assertThat(of("word\n", "word").line()).isEqualTo(1);
    }

    @Test
    void aLongLineIsCutAroundTheMatch() {
        String text = "filler ".repeat(50_000) + "needle " + "filler ".repeat(50_000);
        var excerpt = of("first\n" + text, "needle");
        assertThat(excerpt.line()).isEqualTo(2);
        assertThat(excerpt.text()).hasSize(Excerpt.LENGTH + 2).startsWith("…").endsWith("…");
        assertThat(marked(excerpt)).containsExactly("needle");
    }

    @Test
    void theEndOfALongLineIsShownInFull() {
        var excerpt = of("filler ".repeat(100) + "needle", "needle");
        assertThat(excerpt.text()).hasSize(Excerpt.LENGTH + 1).startsWith("…").endsWith(" needle");
        assertThat(marked(excerpt)).containsExactly("needle");
    }

    @Test
    void noCutSplitsAPair() {
        for (int shift = 0; shift < 8; shift++) {
            String text =
                    "x".repeat(shift)
                            + " "
                            + "\uD83D\uDE00".repeat(200)
                            + "needle"
                            + "\uD83D\uDE00".repeat(200);
            var excerpt = of(text, "needle");
            assertThat(marked(excerpt)).containsExactly("needle");
            byte[] bytes = excerpt.text().getBytes(StandardCharsets.UTF_8);
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(excerpt.text())
                    .doesNotContain("?");
        }
    }

    @Test
    void aMatchThatIsLongerThanTheWindowIsCutWithIt() {
        var excerpt = of("y ".repeat(200) + "n".repeat(400), "nnn");
        assertThat(marked(excerpt)).containsExactly("nnn");
        var whole = of("y ".repeat(200) + "n".repeat(400) + " z", "n".repeat(400) + " ");
        assertThat(whole.matches())
                .hasSize(1)
                .allMatch(range -> range.end() <= whole.text().length());
    }
}
