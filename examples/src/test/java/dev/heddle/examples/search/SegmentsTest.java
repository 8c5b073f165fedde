package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Writes, changes and removes at random, beside a model that holds everything in a map.
@Timeout(60)
class SegmentsTest {
    @TempDir Path temporary;

    @Test
    void mergedOrNotTheIndexAnswersTheSame() throws Exception {
        Tree tree = new Tree(temporary.toRealPath());
        Random random = new Random(11);
        TreeMap<String, Set<String>> model = new TreeMap<>();
        TreeMap<String, Known> known = new TreeMap<>();
        tree.withIndex(index -> {
            IndexWriter writer = IndexWriter.open(index.database());
            for (int round = 0; round < 100; round++) {
                List<Finding> findings = new ArrayList<>();
                Set<String> paths = new TreeSet<>();
                for (int i = 0; i < 3; i++) {
                    paths.add("f" + random.nextInt(60));
                }
                for (String path : paths) {
                    Set<String> words = new TreeSet<>();
                    for (int i = 0; i < 20; i++) {
                        words.add("w" + random.nextInt(50));
                    }
                    model.put(path, words);
                    findings.add(
                            new Finding(
                                    new Location(path, path),
                                    1,
                                    1,
                                    known.get(path),
                                    WordCounts.of(String.join(" ", words), path),
                                    null));
                }
                int id = writer.write(findings);
                for (Finding finding : findings) {
                    String path = finding.location().raw();
                    known.put(path, new Known(id++, path, path, 1, 1, null));
                }
                if (random.nextInt(3) == 0) {
                    String path = model.firstKey();
                    writer.remove(List.of(known.remove(path)));
                    model.remove(path);
                }
                writer.merge();
            }
            var statistics = index.statistics();
            assertThat(statistics.segments()).isLessThan(24);
            assertThat(statistics.files()).isEqualTo(model.size());
            for (int i = 0; i < 50; i++) {
                String a = "w" + i;
                String b = "w" + (i * 7 + 1) % 50;
                Set<String> expected =
                        model.entrySet().stream()
                                .filter(entry -> entry.getValue().containsAll(Set.of(a, b)))
                                .map(java.util.Map.Entry::getKey)
                                .collect(Collectors.toCollection(TreeSet::new));
                var results = index.search(a + " " + b + " ", 100);
                assertThat(results.total()).isEqualTo(expected.size());
                assertThat(results.hits().stream().map(Hit::path).collect(Collectors.toSet()))
                        .isEqualTo(expected);
            }
            long open =
                    model.values().stream()
                            .filter(words -> words.stream().anyMatch(w -> w.startsWith("w4")))
                            .count();
            assertThat(index.search("w4", 1).total()).isEqualTo(open);
        });
    }
}
