package dev.heddle.file;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FileIoTest {
    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 200_000})
    void whatWasWrittenIsRead(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Path file = dir.resolve("file");
        run(() -> {
            FileIo.write(file, bytes);
            assertThat(FileIo.readAllBytes(file, size)).isEqualTo(bytes);
            assertThat(FileIo.readAllBytes(file, Integer.MAX_VALUE - 1)).isEqualTo(bytes);
            assertThat(FileIo.entry(file))
                    .isEqualTo(
                            new FileEntry(file, size, Files.getLastModifiedTime(file).toInstant()));
        });
    }

    @Test
    void oneByteMoreThanTheLimitIsTooMuch() throws Exception {
        Path file = Files.write(dir.resolve("file"), new byte[101]);
        run(() -> {
            var passed =
                    catchThrowableOfType(
                            FileTooLargeException.class, () -> FileIo.readAllBytes(file, 100));
            assertThat(passed.limit()).isEqualTo(100);
            assertThat(passed.getFile()).isEqualTo(file.toString());
            assertThat(FileIo.readAllBytes(file, 101)).hasSize(101);
        });
    }

    @Test
    void aFileThatClaimsToBeEmptyIsReadAndLimited() throws Exception {
        Path status = Path.of("/proc/self/status");
        run(() -> {
            assertThat(FileIo.readString(status, 100_000)).startsWith("Name:");
            assertThatThrownBy(() -> FileIo.readAllBytes(status, 10))
                    .isInstanceOf(FileTooLargeException.class);
            assertThatThrownBy(() -> FileIo.readAllBytes(Path.of("/dev/zero"), 100_000))
                    .isInstanceOf(FileTooLargeException.class);
        });
    }

    @Test
    void textIsUtf8OrRefused() throws Exception {
        Path file = dir.resolve("file");
        run(() -> {
            FileIo.writeString(file, "Grüße, 世界");
            assertThat(FileIo.readString(file, 100)).isEqualTo("Grüße, 世界");
            FileIo.write(file, new byte[] {'a', (byte) 0xC3, '('});
            assertThatThrownBy(() -> FileIo.readString(file, 100))
                    .isInstanceOf(NotTextException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("not UTF-8");
        });
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Path file = dir.resolve("missing");
        run(() -> {
            assertThatThrownBy(() -> FileIo.readAllBytes(file, 10))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("missing");
            assertThatThrownBy(() -> FileIo.entry(file)).isInstanceOf(NoSuchFileException.class);
        });
    }

    @Test
    void aLimitOutOfRangeIsRefused() throws Exception {
        run(() ->
                assertThatThrownBy(() -> FileIo.readAllBytes(dir, -1))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void replacingKeepsPermissionsAndLinksAndLeavesNothingElse() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("file"));
        run(() -> FileIo.writeString(link, "new"));
        assertThat(file).hasContent("new");
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");
        assertThat(names()).containsExactlyInAnyOrder("file", "link");
    }

    @Test
    void aFailedWriteLeavesTheOldContent() throws Exception {
        Path directory = Files.createDirectory(dir.resolve("directory"));
        run(() -> {
            assertThatThrownBy(() -> FileIo.writeString(directory, "text"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("is a directory");
            assertThatThrownBy(() -> FileIo.writeString(dir.resolve("no/file"), "text"))
                    .isInstanceOf(NoSuchFileException.class);
        });
        assertThat(names()).containsExactly("directory");
    }

    private java.util.List<String> names() throws Exception {
        try (var entries = Files.list(dir)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    /// Readers see the old content or the new, never a part.
    @Test
    void aFileIsReplacedAtOnce() throws Exception {
        Path file = dir.resolve("file");
        String[] contents = {"a".repeat(100_000), "b".repeat(200_000)};
        run(() -> {
            FileIo.writeString(file, contents[0]);
            group(g -> {
                var done = new AtomicBoolean();
                var reader =
                        g.spawn(() -> {
                            int reads = 0;
                            while (!done.get() || reads == 0) {
                                assertThat(FileIo.readString(file, 200_000))
                                        .isIn(contents[0], contents[1]);
                                reads++;
                            }
                        });
                for (int i = 0; i < 20; i++) {
                    FileIo.writeString(file, contents[i % 2]);
                }
                done.set(true);
                reader.await();
            });
        });
        assertThat(Files.readString(file, UTF_8)).isEqualTo(contents[1]);
    }
}
