package dev.heddle.examples.search;

import dev.heddle.file.FileEntry;
import dev.heddle.file.FileTooLargeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/// Makes a [Finding] of a file. On a worker.
final class Reading {
    private Reading() {}

    static Finding finding(
            FileEntry entry, Location location, Optional<Known> known, byte[] content) {
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

    static SkipReason reason(IOException e) {
        return switch (e) {
            case FileTooLargeException _ -> SkipReason.TOO_LARGE;
            case NoSuchFileException _ -> SkipReason.VANISHED;
            default -> SkipReason.UNREADABLE;
        };
    }
}
