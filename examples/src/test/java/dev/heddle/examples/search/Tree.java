package dev.heddle.examples.search;

import dev.heddle.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A folder with files, and an index of it beside.
final class Tree {
    /// Long ago: such files are not taken for being changed just now.
    private static final Instant THEN = Instant.parse("2020-01-02T03:04:05Z");

    final Path root;
    final Path database;
    private int changes;

    Tree(Path temporary) throws IOException {
        root = Files.createDirectories(temporary.resolve("root"));
        database = temporary.resolve("database");
    }

    Path write(String path, String text) throws IOException {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a file; each has another time of change, and all of them are old.
    Path write(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return touch(file);
    }

    Path touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(THEN.plusSeconds(++changes)));
        return file;
    }

    @FunctionalInterface
    interface Test {
        void run(SearchIndex index) throws Exception;
    }

    /// Runs a test in a task, with the index open.
    void withIndex(Test test) throws Exception {
        inTask(() -> {
            try (var index = SearchIndex.open(database, root)) {
                test.run(index);
            }
        });
    }

    static void inTask(dev.heddle.Action<Exception> test) throws Exception {
        try (EventLoop loop = EventLoop.open("test")) {
            loop.run(() -> {
                test.run();
                return null;
            });
        }
    }

    /// Indexes, and returns the last report.
    Progress index() throws Exception {
        List<Progress> reports = new ArrayList<>();
        withIndex(index -> reports.add(new Indexer(index).run(progress -> {})));
        return reports.getLast();
    }

    static List<String> paths(SearchIndex index, String query) {
        return index.search(query, SearchIndex.MOST_HITS).hits().stream().map(Hit::path).toList();
    }
}
