package dev.heddle.web;

import dev.heddle.http.Handler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Content that does not change while the program runs, such as its page: read once, compressed
/// once, and served from memory.
///
/// ```java
/// router.get("/", StaticResource.of(App.class, "index.html"));
/// ```
///
/// The content type follows from the name. Clients that have the content already, as its entity tag
/// says (a hash of it), get a 304; those that take gzip get it compressed, if that helps.
/// Immutable.
public final class StaticResource implements Handler {
    /// The largest content: 16 MiB. What is larger is for [StaticFiles], which does not hold it in
    /// memory.
    public static final int MAX_SIZE = 16 * 1024 * 1024;

    private final String contentType;
    private final String cacheControl;
    private final Coding plain;
    private final @Nullable Coding gzip;

    /// The content as it is sent.
    private static final class Coding {
        final byte[] bytes;
        final String etag;

        Coding(byte[] bytes, String etag) {
            this.bytes = bytes;
            this.etag = etag;
        }
    }

    private StaticResource(
            String contentType, String cacheControl, Coding plain, @Nullable Coding gzip) {
        this.contentType = contentType;
        this.cacheControl = cacheControl;
        this.plain = plain;
        this.gzip = gzip;
    }

    /// A resource from the class path.
    ///
    /// @param anchor the class beside which the resource lies
    /// @param name its name, relative to the class's package, or absolute with a slash in front
    /// @return serves the resource
    /// @throws IllegalArgumentException if there is no such resource, or it is larger than
    ///   [#MAX_SIZE]
    /// @throws UncheckedIOException if it cannot be read
    public static StaticResource of(Class<?> anchor, String name) {
        try (InputStream in = anchor.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "there is no resource \""
                                + name
                                + "\" beside "
                                + anchor.getName()
                                + ". In a named module, its package must be open, or the content"
                                + " be given by of(String, byte[]).");
            }
            return of(name, in.readNBytes(MAX_SIZE + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource \"" + name + "\"", e);
        }
    }

    /// Content that is in memory.
    ///
    /// @param name a file name, from which the content type follows
    /// @param content the content; not copied, so do not change it
    /// @return serves the content
    /// @throws IllegalArgumentException if it is larger than [#MAX_SIZE]
    public static StaticResource of(String name, byte[] content) {
        if (content.length > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "resource \""
                            + name
                            + "\" is larger than "
                            + MAX_SIZE
                            + " bytes: serve it as a file, with StaticFiles");
        }
        String contentType = ContentTypes.of(name);
        String hash = hash(content);
        byte[] small = ContentTypes.isText(contentType) ? compress(content) : content;
        return new StaticResource(
                contentType,
                "no-cache",
                new Coding(content, "\"" + hash + "\""),
                small.length < content.length ? new Coding(small, "\"" + hash + "-gzip\"") : null);
    }

    /// A copy with another `Cache-Control`. By default it is `no-cache`: clients keep the content,
    /// and ask each time whether it has changed.
    ///
    /// @param value such as `public, max-age=31536000, immutable` for a name that changes with the
    ///   content
    /// @return the copy
    public StaticResource withCacheControl(String value) {
        return new StaticResource(contentType, value, plain, gzip);
    }

    @Override
    public Response handle(Request request) {
        Coding small = gzip;
        boolean compressed = small != null && Negotiation.takesGzip(request);
        Coding coding = compressed && small != null ? small : plain;
        Response response =
                Negotiation.hasTag(request, coding.etag)
                        ? Response.of(304)
                        : Response.bytes(contentType, coding.bytes)
                                .header("X-Content-Type-Options", "nosniff");
        response.header("ETag", coding.etag).header("Cache-Control", cacheControl);
        if (small != null) {
            response.header("Vary", "Accept-Encoding");
        }
        if (compressed && response.status() == 200) {
            response.header("Content-Encoding", "gzip");
        }
        return response;
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
