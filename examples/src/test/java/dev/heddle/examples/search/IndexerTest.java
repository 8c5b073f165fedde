package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.heddle.Heddle;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IndexerTest {
    @TempDir Path temporary;
    private Tree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new Tree(temporary.toRealPath());
    }

    @Test
    void everyTextIsFoundAndTheRestIsCounted() throws Exception {
        tree.write("a.txt", "alpha");
        tree.write("sub/b.txt", "beta");
        tree.write("empty.txt", "");
        tree.write("nul", new byte[] {'a', 0, 'b'});
        tree.write("controls", "\u0001\u0002\u0003 text".getBytes(StandardCharsets.UTF_8));
        tree.write("latin1.txt", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        tree.write("truncated.txt", new byte[] {'a', (byte) 0xc3});
        tree.write("surrogate.txt", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        tree.write("huge.txt", new byte[(int) Indexer.LARGEST_FILE + 1]);
        byte[] largest = new byte[(int) Indexer.LARGEST_FILE];
        java.util.Arrays.fill(largest, (byte) 'x');
        tree.write("largest.txt", largest);
        tree.write("colours.log", "\u001b[31mred\u001b[0m");

        Progress last = tree.index();
        assertThat(last.done()).isTrue();
        assertThat(last.seen()).isEqualTo(11);
        assertThat(last.indexed()).isEqualTo(5);
        assertThat(last.skipped())
                .isEqualTo(
                        Map.of(
                                SkipReason.BINARY, 2L,
                                SkipReason.NOT_UTF_8, 3L,
                                SkipReason.TOO_LARGE, 1L));
        tree.withIndex(index -> {
            assertThat(Tree.paths(index, "alpha")).containsExactly("a.txt");
            assertThat(Tree.paths(index, "beta")).containsExactly("sub/b.txt");
            assertThat(Tree.paths(index, "empty")).containsExactly("empty.txt");
            assertThat(Tree.paths(index, "red")).isEmpty(); // ESC[31mred is 31mred
            assertThat(Tree.paths(index, "31mred")).containsExactly("colours.log");
            assertThat(index.statistics().files()).isEqualTo(5);
            assertThat(index.statistics().skipped()).isEqualTo(last.skipped());
            assertThat(index.skippedFiles(100))
                    .contains(new SkippedFile("huge.txt", SkipReason.TOO_LARGE))
                    .hasSize(6);
            assertThat(index.contains("a.txt")).isTrue();
            assertThat(index.contains("nul")).isFalse();
            assertThat(index.contains("../root/a.txt")).isFalse();
        });
    }

    @Test
    void aSecondRunReadsOnlyWhatHasChanged() throws Exception {
        tree.write("same.txt", "same");
        tree.write("skipped.bin", new byte[] {0});
        Path longer = tree.write("longer.txt", "before");
        Path touched = tree.write("touched.txt", "before");
        Path gone = tree.write("gone.txt", "gone");
        assertThat(tree.index().indexed()).isEqualTo(4);

        tree.write("longer.txt", "after it");
        Files.writeString(touched, "after!");
        tree.touch(touched);
        Files.delete(gone);
        tree.write("new.txt", "new");
        Progress second = tree.index();
        assertThat(second.indexed()).isEqualTo(3);
        assertThat(second.unchanged()).isEqualTo(1);
        assertThat(second.skipped()).isEqualTo(Map.of(SkipReason.BINARY, 1L));
        assertThat(second.removed()).isEqualTo(1);
        assertThat(longer).exists();
        tree.withIndex(index -> {
            assertThat(Tree.paths(index, "after "))
                    .containsExactlyInAnyOrder("longer.txt", "touched.txt");
            assertThat(Tree.paths(index, "before")).isEmpty();
            assertThat(Tree.paths(index, "gone")).isEmpty();
            assertThat(index.statistics().files()).isEqualTo(4);
        });
        Progress third = tree.index();
        assertThat(third.indexed()).isZero();
        assertThat(third.unchanged()).isEqualTo(4);
    }

    @Test
    void aFileThatWasChangedJustNowIsReadAgain() throws Exception {
        Path fresh = tree.root.resolve("fresh.txt");
        Files.writeString(fresh, "one");
        assertThat(tree.index().indexed()).isEqualTo(1);
        assertThat(tree.index().indexed()).isEqualTo(1);
    }

    @Test
    void whatBecomesATextIsFoundAndTheOtherWayRound() throws Exception {
        tree.write("a", new byte[] {0});
        tree.write("b", "text");
        tree.index();
        tree.write("a", "text");
        tree.write("b", new byte[] {0});
        tree.index();
        tree.withIndex(index -> {
            assertThat(Tree.paths(index, "text")).containsExactly("a");
            assertThat(index.skippedFiles(9))
                    .containsExactly(new SkippedFile("b", SkipReason.BINARY));
        });
    }

    @Test
    void versionControlAndBuildsAreLeftOut() throws Exception {
        tree.write(".git/config", "word");
        tree.write("deep/.hg/x", "word");
        tree.write("node_modules/x.js", "word");
        tree.write("pom.xml", "word");
        tree.write("target/x.txt", "word");
        tree.write("gradle/build.gradle.kts", "word");
        tree.write("gradle/build/x.txt", "word");
        tree.write("cache/CACHEDIR.TAG", "word");
        tree.write("cache/x.txt", "word");
        tree.write("plain/target/x.txt", "word"); // nobody builds there
        tree.write("plain/build/x.txt", "word");
        tree.write(".hidden/x.txt", "word");
        tree.index();
        tree.withIndex(index ->
                assertThat(Tree.paths(index, "word"))
                        .containsExactlyInAnyOrder(
                                "pom.xml",
                                "gradle/build.gradle.kts",
                                "plain/target/x.txt",
                                "plain/build/x.txt",
                                ".hidden/x.txt"));
    }

    @Test
    void theIndexDoesNotFindItself() throws Exception {
        tree.write("a.txt", "word");
        Tree.inTask(() -> {
            try (var index = SearchIndex.open(tree.root, tree.root)) {
                assertThat(new Indexer(index).run(progress -> {}).seen()).isEqualTo(1);
            }
        });
        assertThat(tree.root.resolve("index.mv.db")).exists();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        tree.write("a.txt", "word");
        Path outside = Files.writeString(temporary.resolve("outside.txt"), "word");
        Files.createSymbolicLink(tree.root.resolve("link.txt"), outside);
        Files.createSymbolicLink(tree.root.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(tree.root.resolve("loop"), tree.root);
        assertThat(tree.index().indexed()).isEqualTo(1);
    }

    @Test
    void aLinkInThePlaceOfAFileIsNotRead() throws Exception {
        Path outside = Files.writeString(temporary.resolve("outside.txt"), "secret");
        Path link = Files.createSymbolicLink(tree.root.resolve("a.txt"), outside);
        Path folder = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.writeString(folder.resolve("b.txt"), "secret");
        Path through = Files.createSymbolicLink(tree.root.resolve("sub"), folder).resolve("b.txt");
        Path file = tree.write("c.txt", "text");
        assertThat(Reading.isBelow(tree.root, link)).isFalse();
        assertThat(Reading.isBelow(tree.root, through)).isFalse();
        assertThat(Reading.isBelow(tree.root, tree.root.resolve("vanished"))).isFalse();
        assertThat(Reading.isBelow(tree.root, file)).isTrue();
    }

    @Test
    void failuresToReadHaveTheirReasons() throws IOException {
        assertThat(Reading.reason(new NoSuchFileException("x"))).isEqualTo(SkipReason.VANISHED);
        assertThat(Reading.reason(new AccessDeniedException("x"))).isEqualTo(SkipReason.UNREADABLE);
        assertThatThrownBy(() -> Files.readAllBytes(tree.root))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(Reading.reason(e)).isEqualTo(SkipReason.UNREADABLE))
                .isNotInstanceOf(FileSystemException.class);
    }

    @Test
    void whatMayNotBeReadIsCountedAndTriedAgain() throws Exception {
        Path secret = tree.write("secret.txt", "word");
        Path folder = tree.write("closed/x.txt", "word").getParent();
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            assumeThat(Files.isReadable(secret)).as("who is root may read anything").isFalse();
            assertThat(tree.index().skipped()).isEqualTo(Map.of(SkipReason.UNREADABLE, 2L));
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(tree.index().indexed()).isEqualTo(2);
    }

    @Test
    void oddNamesAreFoundAndReadAgain() throws Exception {
        List<String> names =
                List.of(
                        "a b#c%20d?.txt",
                        "umlaut-äöü.txt",
                        "new\nline.txt",
                        "smile-\uD83D\uDE00.txt",
                        "+&=;'\".txt",
                        "...",
                        "%FF");
        for (String name : names) {
            tree.write("odd folder/" + name, "word in a file");
        }
        // Not UTF-8, and so no String either.
        Path bytes = Path.of(URI.create(tree.root.toUri() + "raw%FF%FEname.txt"));
        Files.writeString(bytes, "word in a file");
        tree.touch(bytes);
        assertThat(tree.index().indexed()).isEqualTo(names.size() + 1);
        assertThat(tree.index().unchanged()).isEqualTo(names.size() + 1);
        tree.withIndex(index -> {
            var results = index.search("word", 100);
            assertThat(results.hits())
                    .allSatisfy(hit -> {
                        assertThat(hit.note()).isEmpty();
                        assertThat(hit.excerpt()).isEqualTo("word in a file");
                        assertThat(Files.readString(index.file(hit.path()).orElseThrow()))
                                .isEqualTo("word in a file");
                    })
                    .extracting(Hit::path)
                    .contains("raw%FF%FEname.txt")
                    .containsAll(names.stream().map(name -> "odd folder/" + name).toList());
        });
    }

    @Test
    void filesThatVanishMeanwhileDoNoHarm() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            files.add(tree.write("d%d/f%d.txt".formatted(i % 30, i), "word unique" + i));
        }
        tree.withIndex(index -> {
            Heddle.group(g -> {
                var run = g.spawn(() -> new Indexer(index).run(progress -> {}));
                for (int i = 0; i < files.size(); i += 2) {
                    Path file = files.get(i);
                    Heddle.<IOException>offload(() -> Files.delete(file));
                }
                assertThat(run.await().done()).isTrue();
            });
            new Indexer(index).run(progress -> {});
            assertThat(index.search("word", 1).total()).isEqualTo(750);
            assertThat(index.statistics().files()).isEqualTo(750);
        });
    }

    @Test
    void progressGrowsAndComesNotTooOften() throws Exception {
        for (int i = 0; i < 600; i++) {
            tree.write("f" + i, "word");
        }
        List<Progress> reports = new ArrayList<>();
        tree.withIndex(index -> new Indexer(index).run(reports::add));
        Progress last = reports.getLast();
        assertThat(last.indexed()).isEqualTo(600);
        assertThat(last.bytes()).isEqualTo(2_400);
        assertThat(last.filesPerSecond()).isPositive();
        assertThat(reports.stream().filter(Progress::done)).containsExactly(last);
        for (int i = 1; i < reports.size(); i++) {
            assertThat(reports.get(i).indexed())
                    .isGreaterThanOrEqualTo(reports.get(i - 1).indexed());
        }
        for (int i = 1; i < reports.size() - 1; i++) {
            assertThat(reports.get(i).elapsed().minus(reports.get(i - 1).elapsed()))
                    .isGreaterThan(java.time.Duration.ofMillis(95));
        }
    }

    @Test
    void aListenerThatFailsFailsTheRun() throws Exception {
        tree.write("a", "word");
        tree.withIndex(index -> {
            assertThatThrownBy(() ->
                            new Indexer(index)
                                    .run(progress -> {
                                        throw new IllegalStateException("not today");
                                    }))
                    .hasMessageContaining("not today");
            assertThat(new Indexer(index).run(progress -> {}).indexed()).isEqualTo(1);
        });
    }

    @Test
    void twoRunsAtATimeAreRefused() throws Exception {
        tree.write("a", "word");
        tree.withIndex(index ->
                Heddle.group(g -> {
                    var first = g.spawn(() -> new Indexer(index).run(progress -> {}));
                    Heddle.checkpoint();
                    assertThatThrownBy(() -> new Indexer(index).run(progress -> {}))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("runs already");
                    assertThat(first.await().indexed()).isEqualTo(1);
                }));
    }

    @Test
    void aCancelledRunEndsAndLosesNothingThatItReported() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            tree.write("d%d/f%d".formatted(i % 50, i), "word " + "text ".repeat(200));
        }
        tree.withIndex(index -> {
            List<Progress> reports = new ArrayList<>();
            Heddle.group(g -> {
                var run = g.spawn(() -> new Indexer(index).run(reports::add));
                while (reports.isEmpty() || reports.getLast().indexed() == 0) {
                    Heddle.sleep(java.time.Duration.ofMillis(1));
                }
                long start = System.nanoTime();
                run.cancel();
                assertThatThrownBy(run::await)
                        .isInstanceOf(java.util.concurrent.CancellationException.class);
                assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            });
            long reported = reports.getLast().indexed();
            assertThat(index.statistics().files()).isGreaterThanOrEqualTo(reported);
            Progress second = new Indexer(index).run(progress -> {});
            assertThat(second.unchanged()).isGreaterThanOrEqualTo(reported);
            assertThat(second.unchanged() + second.indexed()).isEqualTo(3_000);
            assertThat(index.search("word", 1).total()).isEqualTo(3_000);
        });
    }
}
