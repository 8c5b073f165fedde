package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Words.scan(text, (from, start, end) -> words.add(Words.normal(from, start, end)));
        return words;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hello, world!        | hello world
                    HashMap              | hashmap hash map
                    parseHTTPRequest2    | parsehttprequest2 parse http request2
                    snake_case_name      | snake_case_name snake case name
                    MAX_VALUE            | max_value max value
                    __init__             | __init__ init
                    a1_b                 | a1_b a1
                    _                    | _
                    42 utf8              | 42 utf8
                    Ärger Straße ÉTÉ     | ärger straße été
                    don't                | don t
                    日本x語              | 日 本 x 語
                    """)
    void areFound(String text, String expected) {
        assertThat(words(text)).containsExactly(expected.split(" "));
    }

    @Test
    void combiningMarksBelongToTheirWord() {
        assertThat(words("cafe\u0301 bar")).containsExactly("cafe\u0301", "bar");
    }

    @Test
    void astralLettersAreLetters() {
        assertThat(words("\uD83D\uDE00 \uD801\uDC00x")).containsExactly("\uD801\uDC28x");
    }

    @Test
    void longWordsAreCutAndNeverThroughAPair() {
        assertThat(words("a".repeat(1_000))).containsExactly("a".repeat(Words.LONGEST));
        String odd = "a".repeat(Words.LONGEST - 1) + "\uD801\uDC28\uD801\uDC28";
        assertThat(words(odd)).containsExactly("a".repeat(Words.LONGEST - 1));
    }

    @Test
    void loneSurrogatesSplitWordsAndNothingElse() {
        assertThat(words("a\uD800b")).containsExactly("a", "b");
    }

    @Test
    void countsAreThoseOfTheText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("Word").append(i % 1_000).append(' ');
        }
        var counts = new java.util.HashMap<String, Integer>();
        WordCounts.of(text.toString(), "none")
                .forEach((word, count, inName) -> counts.put(word, count));
        assertThat(counts).hasSize(1_001).containsEntry("word7", 3).containsEntry("none", 0);
    }

    @Test
    void aNameIsKnownFromAPartOfOne() {
        var names = new java.util.HashMap<String, Integer>();
        WordCounts.of("", "HashMap.java").forEach((word, count, inName) -> names.put(word, inName));
        assertThat(names)
                .containsOnly(
                        java.util.Map.entry("hashmap", WordCounts.IS_NAME),
                        java.util.Map.entry("hash", WordCounts.IN_NAME),
                        java.util.Map.entry("map", WordCounts.IN_NAME),
                        java.util.Map.entry("java", WordCounts.IN_NAME));
    }
}
