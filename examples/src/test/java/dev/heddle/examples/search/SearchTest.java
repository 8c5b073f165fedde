package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Heddle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SearchTest {
    @TempDir Path temporary;
    private Tree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new Tree(temporary.toRealPath());
    }

    @Test
    void allWordsMustOccurAndTheLastMayBeABeginning() throws Exception {
        tree.write("1.txt", "The Event loop");
        tree.write("2.txt", "event only");
        tree.write("3.txt", "loops and EVENTS and event");
        tree.index();
        tree.withIndex(index -> {
            assertThat(Tree.paths(index, "event LOOP")).containsExactlyInAnyOrder("1.txt", "3.txt");
            assertThat(Tree.paths(index, "event loop ")).containsExactly("1.txt");
            assertThat(Tree.paths(index, "eve")).hasSize(3);
            assertThat(Tree.paths(index, "eve ")).isEmpty();
            assertThat(Tree.paths(index, "loop eve")).containsExactly("1.txt");
            assertThat(Tree.paths(index, "event nothing")).isEmpty();
            assertThat(Tree.paths(index, "loop.event()")).containsExactly("1.txt");
        });
    }

    @Test
    void aQueryWithoutWordsFindsNothing() throws Exception {
        tree.write("1.txt", "text");
        tree.index();
        tree.withIndex(index -> {
            assertThat(index.search("", 20).total()).isZero();
            assertThat(index.search(" .*?'\"; -- ", 20).hits()).isEmpty();
            assertThat(index.search("%", 20).total()).isZero();
            assertThat(index.search("tex%", 20).total()).isZero();
        });
    }

    @Test
    void partsOfNamesAreFound() throws Exception {
        tree.write("1.txt", "new ConcurrentHashMap<>()");
        tree.write("2.txt", "a snake_case_name");
        tree.index();
        tree.withIndex(index -> {
            assertThat(Tree.paths(index, "hash map")).containsExactly("1.txt");
            assertThat(Tree.paths(index, "concurrenthashm")).containsExactly("1.txt");
            assertThat(Tree.paths(index, "case ")).containsExactly("2.txt");
            assertThat(Tree.paths(index, "snake_c")).containsExactly("2.txt");
        });
    }

    @Test
    void namesComeFirstThenCounts() throws Exception {
        tree.write("a/many.txt", "needle ".repeat(50));
        tree.write("b/few.txt", "needle needle");
        tree.write("c/needle_work.txt", "nothing");
        tree.write("d/Needle.java", "needle");
        tree.write("e/needles.txt", "needle");
        tree.index();
        tree.withIndex(index -> {
            assertThat(Tree.paths(index, "needle "))
                    .containsExactly(
                            "d/Needle.java",
                            "c/needle_work.txt",
                            "a/many.txt",
                            "b/few.txt",
                            "e/needles.txt");
            assertThat(Tree.paths(index, "needle").subList(0, 3))
                    .containsExactly("d/Needle.java", "e/needles.txt", "c/needle_work.txt");
        });
    }

    @Test
    void aHitShowsWhereItMatches() throws Exception {
        tree.write("src/EventLoop.java", "package x;\n\n    /// Runs the loop, the <b>loop</b>.\n");
        tree.index();
        tree.withIndex(index -> {
            Hit hit = index.search("loop", 20).hits().getFirst();
            assertThat(hit.path()).isEqualTo("src/EventLoop.java");
            assertThat(hit.pathMatches()).containsExactly(new TextRange(9, 13));
            assertThat(hit.line()).isEqualTo(3);
            assertThat(hit.excerpt()).isEqualTo("/// Runs the loop, the <b>loop</b>.");
            assertThat(hit.matches()).containsExactly(new TextRange(13, 17), new TextRange(26, 30));
            assertThat(hit.count()).isEqualTo(2);
            assertThat(hit.note()).isEmpty();
        });
    }

    @Test
    void theTotalCountsBeyondTheLimit() throws Exception {
        for (int i = 0; i < 120; i++) {
            tree.write("f%03d.txt".formatted(i), "word");
        }
        tree.index();
        tree.withIndex(index -> {
            var results = index.search("word", 20);
            assertThat(results.total()).isEqualTo(120);
            assertThat(results.hits()).hasSize(20);
            assertThat(results.query()).isEqualTo("word");
            assertThat(results.tookMillis()).isPositive();
            assertThatThrownBy(() -> index.search("word", 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0");
        });
    }

    @Test
    void aFileThatHasChangedOrGoneSaysSo() throws Exception {
        Path changed = tree.write("changed.txt", "needle");
        Path longer = tree.write("longer.txt", "needle");
        Path gone = tree.write("gone.txt", "needle");
        Path link = tree.write("link.txt", "needle");
        tree.index();
        Files.writeString(changed, "things");
        Files.writeString(longer, "a new line\nneedle");
        Files.delete(gone);
        Files.delete(link);
        Path outside = Files.writeString(temporary.resolve("outside"), "needle: a secret");
        Files.createSymbolicLink(link, outside);
        tree.withIndex(index ->
                assertThat(index.search("needle", 20).hits())
                        .hasSize(4)
                        .allSatisfy(hit -> {
                            switch (hit.path()) {
                                case "changed.txt", "link.txt" -> {
                                    assertThat(hit.excerpt()).isEmpty();
                                    assertThat(hit.note()).contains("has changed");
                                }
                                case "longer.txt" -> {
                                    assertThat(hit.line()).isEqualTo(2);
                                    assertThat(hit.note()).contains("has changed");
                                }
                                default ->
                                        assertThat(hit.note()).contains("cannot be read any more");
                            }
                        }));
    }

    @Test
    void searchingWorksWhileIndexing() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            tree.write("d%d/f%d".formatted(i % 40, i), "word " + "text ".repeat(100));
        }
        tree.withIndex(index ->
                Heddle.group(g -> {
                    var run = g.spawn(() -> new Indexer(index).run(progress -> {}));
                    long before = 0;
                    int searches = 0;
                    while (!run.isDone()) {
                        long total = index.search("word tex", 20).total();
                        assertThat(total).isGreaterThanOrEqualTo(before);
                        before = total;
                        searches++;
                        Heddle.sleep(Duration.ofMillis(5));
                    }
                    assertThat(run.await().indexed()).isEqualTo(2_000);
                    assertThat(searches).isPositive();
                    assertThat(index.search("word tex", 20).total()).isEqualTo(2_000);
                }));
    }

    @Test
    void anIndexOpenInThisProcessIsRefused() throws Exception {
        tree.withIndex(index ->
                assertThatThrownBy(() -> SearchIndex.open(tree.database, tree.root))
                        .isInstanceOf(IndexInUseException.class)
                        .hasMessageContaining(tree.database.toString()));
        tree.withIndex(index -> assertThat(index.statistics().files()).isZero());
    }

    @Test
    void theIndexOfAnotherFolderIsRefused() throws Exception {
        tree.index();
        Path other = Files.createDirectories(temporary.resolve("other"));
        Tree.inTask(() ->
                assertThatThrownBy(() -> SearchIndex.open(tree.database, other))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("another folder"));
        assertThat(tree.index().done()).isTrue();
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = tree.write("a", "b");
        Tree.inTask(() ->
                assertThatThrownBy(() -> SearchIndex.open(tree.database, file))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(file.toString()));
    }

    @Test
    void aDamagedIndexSaysWhatToDo() throws Exception {
        tree.index();
        Files.writeString(tree.database.resolve("index.mv.db"), "not a database ".repeat(1_000));
        assertThatThrownBy(() -> tree.index())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delete that folder");
    }
}
