package dev.heddle.web;

import dev.heddle.Heddle;
import dev.heddle.http.Handler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The files of a directory and of those below it, read off the loop and in pieces.
///
/// ```java
/// router.get("/static/{path...}", StaticFiles.below(Path.of("public")));
/// ```
///
/// Nothing outside of the directory is served, whatever the path says and wherever symbolic links
/// lead; nor are files whose name, or whose directory's name, begins with a dot. What is not served
/// is 404, without saying why. Clients that have a file already, by its entity tag (from its size,
/// time and identity) or its date, get a 304. Immutable.
public final class StaticFiles implements Handler {
    /// How much of a file is read, and in memory, at a time: 64 KiB. A smaller file is found and
    /// read in one go.
    static final int PIECE = 64 * 1024;

    private final Path root;
    private final String cacheControl;

    private StaticFiles(Path root, String cacheControl) {
        this.root = root;
        this.cacheControl = cacheControl;
    }

    /// Serves the files below a directory; for a route whose template ends in a parameter such as
    /// `{path...}`, which names the file.
    ///
    /// @param directory the directory; may itself be a link
    /// @return serves the files
    /// @throws IOException if there is no such directory
    public static StaticFiles below(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(directory.toString());
        }
        return new StaticFiles(real, "no-cache");
    }

    /// A copy with another `Cache-Control`. By default it is `no-cache`: clients keep files, and
    /// ask each time whether they have changed.
    ///
    /// @param value such as `public, max-age=3600`
    /// @return the copy
    public StaticFiles withCacheControl(String value) {
        return new StaticFiles(root, value);
    }

    @Override
    public Response handle(Request request) throws Exception {
        Path file = locate(PathParameters.of(request).rest());
        Found found = file == null ? null : Heddle.offload(() -> look(file, request));
        if (found == null) {
            return Response.text("Not Found").status(404);
        }
        return answer(found, ContentTypes.of(found.file.getFileName().toString()))
                .header("ETag", found.etag)
                .header("Last-Modified", Negotiation.httpDate(found.modified.toInstant()))
                .header("Cache-Control", cacheControl);
    }

    private static Response answer(Found found, String contentType) {
        if (found.fresh) {
            return Response.of(304);
        }
        Piece content = found.content;
        Response response =
                content != null
                        ? Response.bytes(contentType, content.bytes)
                        : Response.stream(contentType, body -> send(found, body))
                                .header("Content-Length", Long.toString(found.size));
        return response.header("X-Content-Type-Options", "nosniff");
    }

    // ---- finding ----

    /// @return where the file would be, null if the names cannot be those of a file that is served
    private @Nullable Path locate(List<String> names) {
        Path file = root;
        try {
            for (String name : names) {
                if (!isPlain(name)) {
                    return null;
                }
                file = file.resolve(name);
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return file;
    }

    /// Whether a segment of the path is the name of a file, on any system: not a way to somewhere
    /// else, a hidden file, a drive, or a stream beside a file.
    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '\\' || c == ':' || c < ' ' || c == 127) {
                return false;
            }
        }
        return true;
    }

    /// A file that may be served.
    ///
    /// @param file where it really is
    /// @param fresh whether the client has it already
    /// @param content all of it if it is small and not fresh, else null
    private record Found(
            Path file,
            long size,
            FileTime modified,
            String etag,
            boolean fresh,
            @Nullable Piece content) {}

    private static final class Piece {
        final byte[] bytes;

        Piece(int length) {
            bytes = new byte[length];
        }
    }

    /// On a worker thread.
    private @Nullable Found look(Path file, Request request) {
        try {
            Path real = file.toRealPath(); // follows links, so that the next line sees where to
            if (!real.startsWith(root)) {
                return null;
            }
            var attributes = Files.readAttributes(real, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return null;
            }
            var modified = attributes.lastModifiedTime();
            String etag =
                    "\"%x-%x-%x\""
                            .formatted(
                                    attributes.size(),
                                    modified.to(TimeUnit.NANOSECONDS),
                                    Objects.hashCode(attributes.fileKey()));
            boolean fresh = Negotiation.isFresh(request, etag, modified.toInstant());
            Piece content = null;
            if (!fresh && attributes.size() <= PIECE) {
                try (FileChannel channel = open(real)) {
                    content = read(channel, (int) attributes.size());
                }
            }
            return new Found(real, attributes.size(), modified, etag, fresh, content);
        } catch (IOException e) {
            return null; // there is no such file, or we may not read it: the same to the client
        }
    }

    // ---- reading ----

    private static void send(Found found, ResponseBody body) throws IOException {
        FileChannel channel = Heddle.offload(() -> open(found.file));
        try {
            for (long left = found.size; left > 0; ) {
                int length = (int) Math.min(left, PIECE);
                body.write(Heddle.offload(() -> read(channel, length)).bytes);
                left -= length;
            }
        } finally {
            channel.close(); // of a file that was only read: at once
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static Piece read(FileChannel channel, int length) throws IOException {
        Piece piece = new Piece(length);
        ByteBuffer target = ByteBuffer.wrap(piece.bytes);
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new IOException("the file has become shorter while it was sent");
            }
        }
        return piece;
    }
}
