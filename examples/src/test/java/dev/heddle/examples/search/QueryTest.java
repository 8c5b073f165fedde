package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static List<String> marked(String query, String text) {
        return SearchIndex.matches(query, text).stream()
                .map(range -> text.substring(range.start(), range.end()))
                .toList();
    }

    @Test
    void theLastWordIsOpenUntilSomethingFollows() {
        assertThat(Query.of("Event loo")).isEqualTo(new Query(List.of("event", "loo"), true));
        assertThat(Query.of("event loo ")).isEqualTo(new Query(List.of("event", "loo"), false));
        assertThat(Query.of(" \t.;")).matches(Query::isEmpty);
        assertThat(Query.of("")).matches(Query::isEmpty);
    }

    @Test
    void partsOfATypedWordAreNoWordsOfTheirOwn() {
        assertThat(Query.of("HashMap get_it").words()).containsExactly("hashmap", "get_it");
    }

    @Test
    void repeatedWordsCountOnce() {
        assertThat(Query.of("a b a ").words()).containsExactly("a", "b");
    }

    @Test
    void endlessQueriesAreCut() {
        assertThat(Query.of("w ".repeat(5_000) + "x").words()).containsExactly("w");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("w").append(i).append(' ');
        }
        assertThat(Query.of(many.toString()).words()).hasSize(16);
    }

    @Test
    void wholeWordsPartsAndBeginningsAreMarked() {
        assertThat(marked("map get", "HashMap.getOrDefault map mapper"))
                .containsExactly("Map", "get", "map");
        assertThat(marked("ma", "HashMap main")).containsExactly("Ma", "ma");
        assertThat(marked("ma ", "HashMap main")).isEmpty();
    }

    @Test
    void overlapsAreMarkedOnce() {
        assertThat(marked("hash hashm", "HashMap")).containsExactly("HashM");
    }

    @Test
    void marksNeverSplitAPair() {
        String text = "x\uD801\uDC00\uD801\uDC01 y";
        for (TextRange range : SearchIndex.matches("X\uD801\uDC28", text)) {
            assertThat(text.substring(range.start(), range.end())).isEqualTo("x\uD801\uDC00");
        }
        assertThat(SearchIndex.matches("X\uD801\uDC28", text)).hasSize(1);
    }
}
