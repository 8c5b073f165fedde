package dev.heddle.examples.search;

import dev.heddle.file.FileEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What nobody searches for: the index's own files, what version control keeps, and what builds
/// write. [Indexer] states the rule.
final class OwnFiles {
    /// The name of the database's files, before their extensions.
    static final String DATABASE = "index";

    private static final Set<String> NEVER =
            Set.of(".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__");

    /// Folders that are left out beside a file of the build tool that writes them.
    private static final Map<String, List<String>> WRITTEN =
            Map.of(
                    "target", List.of("pom.xml", "Cargo.toml", "build.sbt"),
                    "build", List.of("build.gradle", "build.gradle.kts"));

    private OwnFiles() {}

    /// Whether to look into a folder. On a worker: looks at the disk.
    static boolean enters(Path folder) {
        Path last = folder.getFileName();
        String name = last == null ? "" : last.toString();
        if (NEVER.contains(name) || Files.exists(folder.resolve("CACHEDIR.TAG"))) {
            return false;
        }
        return WRITTEN.getOrDefault(name, List.of()).stream()
                .noneMatch(file -> Files.exists(folder.resolveSibling(file)));
    }

    static boolean isDatabase(FileEntry file, Path databaseFolder) {
        Path path = file.path();
        return databaseFolder.equals(path.getParent())
                && path.getFileName().toString().startsWith(DATABASE + ".")
                && path.getFileName().toString().contains(".db");
    }
}
