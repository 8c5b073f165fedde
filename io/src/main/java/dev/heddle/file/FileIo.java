package dev.heddle.file;

import dev.heddle.Heddle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Reads and writes files off the loop, each call in one go on a worker thread.
///
/// ```java
/// String text = FileIo.readString(Path.of("notes.txt"), 1_000_000);
/// FileIo.writeString(Path.of("notes.txt"), text.strip());
/// ```
///
/// For tasks. Cancellation takes a call out of the workers' queue; one that has begun is finished,
/// and its result delivered.
public final class FileIo {
    private static final int FIRST_READ = 8 * 1024;

    private FileIo() {}

    /// Reads a whole file.
    ///
    /// @param file the file
    /// @param limit the most bytes it may have, 0 or more
    /// @return its bytes
    /// @throws FileTooLargeException if it has more; no more than one byte beyond the limit is read
    /// @throws IOException if it cannot be read
    /// @throws dev.heddle.Cancelled if the caller is cancelled before the reading has begun
    public static byte[] readAllBytes(Path file, int limit) throws IOException {
        requireLimit(limit);
        return Heddle.<byte[], IOException>offload(() -> read(file, limit));
    }

    /// Reads a whole file of UTF-8 text.
    ///
    /// @param file the file
    /// @param limit the most bytes it may have, 0 or more
    /// @return its text
    /// @throws NotTextException if it is not UTF-8
    /// @throws FileTooLargeException if it has more bytes
    /// @throws IOException if it cannot be read
    /// @throws dev.heddle.Cancelled if the caller is cancelled before the reading has begun
    public static String readString(Path file, int limit) throws IOException {
        requireLimit(limit);
        return Heddle.<String, IOException>offload(() -> decode(file, read(file, limit)));
    }

    /// Reads what the directory knows of a regular file. Follows symbolic links.
    ///
    /// @param file the file
    /// @return its size and time
    /// @throws NoSuchFileException if there is no such file
    /// @throws IOException if it is no regular file, or cannot be looked at
    /// @throws dev.heddle.Cancelled if the caller is cancelled before this has begun
    public static FileEntry entry(Path file) throws IOException {
        return Heddle.<FileEntry, IOException>offload(() -> {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new FileSystemException(file.toString(), null, "is not a regular file");
            }
            return new FileEntry(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant());
        });
    }

    /// Writes a file as a whole, in the place of the one that is there: whoever reads it, also
    /// after a crash, sees the old content or the new one, and nothing in between. The permissions
    /// of a file that is replaced are kept; a symbolic link stays, and what it points to is
    /// replaced.
    ///
    /// @param file the file; its directory must exist and be writable
    /// @param bytes the new content, not to be changed before this returns
    /// @throws IOException if it cannot be written; then the old content is there still
    /// @throws dev.heddle.Cancelled if the caller is cancelled before the writing has begun
    public static void write(Path file, byte[] bytes) throws IOException {
        Heddle.<IOException>offload(() -> replace(file, bytes));
    }

    /// Writes a file of UTF-8 text as a whole. See [#write].
    ///
    /// @param file the file
    /// @param text the new content
    /// @throws IOException if it cannot be written
    /// @throws dev.heddle.Cancelled if the caller is cancelled before the writing has begun
    public static void writeString(Path file, String text) throws IOException {
        Heddle.<IOException>offload(() -> replace(file, text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Walks a directory tree. Nothing is read before the first [FileWalk#next].
    ///
    /// @param root the directory to begin with; may be a symbolic link to one
    /// @param options how to walk
    /// @param skipped is told what cannot be read
    /// @return the walk, to be closed by the caller
    public static FileWalk walk(Path root, WalkOptions options, SkippedPath skipped) {
        return new FileWalk(root, options, skipped);
    }

    // ---- on a worker ----

    private static byte[] read(Path file, int limit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > limit) {
                throw new FileTooLargeException(file.toString(), limit);
            }
            // The size is a guess: files grow, and those of /proc claim to be empty. One byte more
            // than it says, so that a right guess needs one read to fill and one to see the end.
            int guess = size == 0 ? FIRST_READ : (int) size + 1;
            byte[] bytes = new byte[Math.min(guess, limit + 1)];
            int length = 0;
            while (true) {
                if (length == bytes.length) {
                    if (length > limit) {
                        throw new FileTooLargeException(file.toString(), limit);
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, limit + 1L));
                }
                int count = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
                if (count < 0) {
                    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
                }
                length += count;
            }
        }
    }

    private static String decode(Path file, byte[] bytes) throws NotTextException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new NotTextException(file.toString(), e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        Path temporary = target.resolveSibling(temporaryName(target));
        boolean moved = false;
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                copyPermissions(target, temporary);
                // Else a crash could leave the new name with nothing behind it.
                channel.force(true);
            }
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static String temporaryName(Path target) {
        long random = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
        return "." + target.getFileName() + "." + Long.toString(random, 36) + ".tmp";
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView target = posix(to);
        PosixFileAttributeView source = posix(from);
        if (target != null && source != null && Files.exists(from)) {
            target.setPermissions(source.readAttributes().permissions());
        }
    }

    private static @Nullable PosixFileAttributeView posix(Path path) {
        return Files.getFileAttributeView(
                path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireLimit(int limit) {
        if (limit < 0 || limit == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "limit must be between 0 and " + (Integer.MAX_VALUE - 1) + ": " + limit);
        }
    }
}
