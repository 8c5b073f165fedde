package dev.heddle.examples.search;

import dev.heddle.file.FileEntry;
import dev.heddle.file.FileTooLargeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a [Finding] of a file. On a worker.
final class Reading {
    private Reading() {}

    /// Looks into what was read of a file.
    ///
    /// @param root the real path of the root
    /// @return null if the file is not there any more
    static @Nullable Finding finding(
            Path root, FileEntry entry, Location location, Optional<Known> known, byte[] content) {
        if (!isBelow(root, entry.path())) {
            return null;
        }
        return switch (FileText.of(content)) {
            case FileText.Refused(SkipReason reason) -> skipped(entry, location, known, reason);
            case FileText.Plain(String text) -> {
                String shown = location.shown();
                String name = shown.substring(shown.lastIndexOf('/') + 1);
                yield new Finding(
                        location,
                        content.length,
                        stamp(entry, content.length),
                        known.orElse(null),
                        WordCounts.of(text, name),
                        null);
            }
        };
    }

    static Finding skipped(
            FileEntry entry, Location location, Optional<Known> known, SkipReason reason) {
        return new Finding(
                location,
                entry.size(),
                // What could not be read may be readable the next time, without having changed.
                reason == SkipReason.UNREADABLE
                        ? Stamp.UNSETTLED
                        : Stamp.settled(entry.modified(), Instant.now()),
                known.orElse(null),
                null,
                reason);
    }

    /// The stamp of a file that was just read: unsettled if it changed meanwhile, so that the next
    /// run reads it again.
    private static long stamp(FileEntry entry, int length) {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            entry.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean same =
                    now.isRegularFile()
                            && now.size() == length
                            && entry.size() == length
                            && now.lastModifiedTime().toInstant().equals(entry.modified());
            return same ? Stamp.settled(entry.modified(), Instant.now()) : Stamp.UNSETTLED;
        } catch (IOException e) {
            return Stamp.UNSETTLED;
        }
    }

    /// Whether a path is that of a regular file, and still without any link on the way from the
    /// root: one may have come in the place of a file or folder since that was seen, and lead
    /// anywhere.
    static boolean isBelow(Path root, Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && file.toRealPath().startsWith(root);
        } catch (IOException e) {
            return false;
        }
    }

    static SkipReason reason(IOException e) {
        return switch (e) {
            case FileTooLargeException _ -> SkipReason.TOO_LARGE;
            case NoSuchFileException _ -> SkipReason.VANISHED;
            default -> SkipReason.UNREADABLE;
        };
    }
}
