package dev.heddle.file;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileWalkTest {
    @TempDir Path dir;
    private final Map<String, String> skipped = new TreeMap<>();

    private void skip(Path path, IOException reason) {
        skipped.put(dir.relativize(path).toString(), String.valueOf(reason));
    }

    private Path file(String name, int size) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[size]);
    }

    private List<FileEntry> walk(WalkOptions options) throws Exception {
        return run(() -> {
            List<FileEntry> found = new ArrayList<>();
            try (var walk = FileIo.walk(dir, options, this::skip)) {
                for (var batch = walk.next(); !batch.isEmpty(); batch = walk.next()) {
                    assertThat(batch).hasSizeLessThanOrEqualTo(options.batchSize());
                    found.addAll(batch);
                }
                assertThat(walk.next()).isEmpty();
            }
            return found;
        });
    }

    private List<String> names(WalkOptions options) throws Exception {
        return walk(options).stream().map(e -> dir.relativize(e.path()).toString()).toList();
    }

    @Test
    void everyFileIsFoundOnceWithItsAttributes() throws Exception {
        List<FileEntry> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Path file = file("a" + i % 3 + "/b" + i % 5 + "/f" + i, i);
            expected.add(new FileEntry(file, i, Files.getLastModifiedTime(file).toInstant()));
        }
        Files.createDirectories(dir.resolve("empty/emptier"));
        for (int size : new int[] {1, 7, 50, 1000}) {
            assertThat(walk(WalkOptions.DEFAULT.withBatchSize(size)))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(skipped).isEmpty();
    }

    @Test
    void anEmptyTreeEndsAtOnce() throws Exception {
        assertThat(walk(WalkOptions.DEFAULT)).isEmpty();
    }

    @Test
    void symbolicLinksAreNeitherFollowedNorReturned() throws Exception {
        file("a/file", 1);
        Files.createSymbolicLink(dir.resolve("a/loop"), dir);
        Files.createSymbolicLink(dir.resolve("a/link"), Path.of("file"));
        Files.createSymbolicLink(dir.resolve("a/broken"), Path.of("nowhere"));
        assertThat(names(WalkOptions.DEFAULT)).containsExactly("a/file");
        assertThat(skipped).isEmpty();
    }

    @Test
    void theRootMayBeALink() throws Exception {
        file("a/file", 1);
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("a"));
        run(() -> {
            try (var walk = FileIo.walk(link, WalkOptions.DEFAULT, this::skip)) {
                assertThat(walk.next())
                        .extracting(FileEntry::path)
                        .containsExactly(link.resolve("file"));
            }
        });
    }

    @Test
    void directoriesThatAreNotWantedAreNotEntered() throws Exception {
        file("a/file", 1);
        file(".git/file", 1);
        var options = WalkOptions.DEFAULT.withEnters(d -> !d.endsWith(".git"));
        assertThat(names(options)).containsExactly("a/file");
    }

    @Test
    void whatIsTooDeepIsReportedAndLeftOut() throws Exception {
        file("0", 1);
        file("a/1", 1);
        file("a/b/2", 1);
        file("a/b/c/3", 1);
        assertThat(names(WalkOptions.DEFAULT.withMaxDepth(0))).containsExactly("0");
        assertThat(skipped.keySet()).containsExactly("a");
        skipped.clear();
        assertThat(names(WalkOptions.DEFAULT.withMaxDepth(2)))
                .containsExactlyInAnyOrder("0", "a/1", "a/b/2");
        assertThat(skipped).containsOnlyKeys("a/b/c");
        assertThat(skipped.get("a/b/c")).contains("more than 2 directories (maxDepth)");
    }

    /// Permissions would not keep a superuser out.
    @Test
    void whatCannotBeOpenedIsReportedAndTheRestIsFound() throws Exception {
        file("a/1", 1);
        file("b/2", 1);
        // Between the look at the directory and its opening, it becomes a file.
        var options =
                WalkOptions.DEFAULT.withEnters(directory -> {
                    if (directory.endsWith("a")) {
                        replaceByFile(directory);
                    }
                    return true;
                });
        assertThat(names(options)).containsExactly("b/2");
        assertThat(skipped).containsOnlyKeys("a");
        assertThat(skipped.get("a")).contains(NotDirectoryException.class.getName());
    }

    private static void replaceByFile(Path directory) {
        try {
            Files.delete(directory.resolve("1"));
            Files.delete(directory);
            Files.createFile(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void batchesOfNothingButSkipsAreNotTheEnd() throws Exception {
        for (int i = 0; i < 10; i++) {
            file("d" + i + "/deep/file", 1);
            file("e" + i + "/file", 1);
        }
        var options = WalkOptions.DEFAULT.withBatchSize(1).withMaxDepth(1);
        assertThat(names(options)).hasSize(10);
        assertThat(skipped).hasSize(10);
    }

    @Test
    void aMissingRootIsAnError() throws Exception {
        run(() -> {
            try (var walk = FileIo.walk(dir.resolve("no"), WalkOptions.DEFAULT, this::skip)) {
                assertThatThrownBy(walk::next).isInstanceOf(NoSuchFileException.class);
            }
        });
    }

    @Test
    void aWalkLeftEarlyClosesItsDirectories() throws Exception {
        file("a/b/c/d/1", 1);
        file("a/b/c/d/2", 1);
        run(() -> {
            var walk = FileIo.walk(dir, WalkOptions.DEFAULT.withBatchSize(1), this::skip);
            assertThat(walk.next()).hasSize(1);
            assertThat(openHere()).isGreaterThanOrEqualTo(5);
            walk.close();
            walk.close();
            assertThat(openHere()).isZero();
            assertThatThrownBy(walk::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        });
    }

    /// Descriptors of this process inside the tree.
    private long openHere() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(
                            fd -> {
                                try {
                                    return Files.readSymbolicLink(fd).startsWith(dir.toRealPath());
                                } catch (IOException e) {
                                    return false; // the descriptor of this very listing
                                }
                            })
                    .count();
        }
    }

    @Test
    void twoTasksAtOnceAreRefused() throws Exception {
        file("a/1", 1);
        var gate = new CountDownLatch(1);
        var options = WalkOptions.DEFAULT.withEnters(directory -> passed(gate));
        run(() -> {
            var walk = FileIo.walk(dir, options, this::skip);
            group(g -> {
                var first = g.spawn(walk::next);
                checkpoint();
                assertThatThrownBy(walk::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("another task");
                assertThatThrownBy(walk::close).isInstanceOf(IllegalStateException.class);
                gate.countDown();
                assertThat(first.await()).hasSize(1);
            });
            walk.close();
        });
    }

    private static boolean passed(CountDownLatch gate) {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLargeTreeIsNeverHeldAsAWhole() throws Exception {
        for (int i = 0; i < 100; i++) {
            Path sub = Files.createDirectory(dir.resolve("d" + i));
            for (int j = 0; j < 50; j++) {
                Files.createFile(sub.resolve("f" + j));
            }
        }
        int[] found = {0};
        run(() -> {
            try (var walk = FileIo.walk(dir, WalkOptions.DEFAULT, this::skip)) {
                for (var batch = walk.next(); !batch.isEmpty(); batch = walk.next()) {
                    assertThat(batch).hasSizeLessThanOrEqualTo(256);
                    found[0] += batch.size();
                    assertThat(openHere()).isLessThanOrEqualTo(4);
                }
            }
        });
        assertThat(found[0]).isEqualTo(5000);
    }
}
