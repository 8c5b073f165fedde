package dev.heddle.examples.search;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Where a file is, relative to the root: a name that is true, and one to show.
///
/// A name on Linux is bytes, which need not be characters, and Java can turn them into a `String`
/// and back only in the encoding of the locale. So the index keeps names as the path of a URI has
/// them, each odd byte as `%XX`, from which the very same path comes back; and what is shown is
/// that in UTF-8, or with its `%XX` where it is not UTF-8.
///
/// @param raw the path of the relative URI
/// @param shown the path for people
record Location(String raw, String shown) {
    /// The location of a file below a root. Looks at the file, so it is for workers.
    static Location of(URI root, Path file) {
        String raw = file.toUri().getRawPath().substring(root.getRawPath().length());
        return new Location(raw, shown(raw));
    }

    /// The file again.
    static Path resolve(URI root, String raw) {
        // Not by URI.resolve, which turns octets that are not UTF-8 into others.
        return Path.of(URI.create(root + raw));
    }

    private static String shown(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put((byte) Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return raw;
        }
    }
}
