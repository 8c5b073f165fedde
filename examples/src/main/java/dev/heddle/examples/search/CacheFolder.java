package dev.heddle.examples.search;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where an index lives if nobody says otherwise.
final class CacheFolder {
    private static final int HASH_BYTES = 8;

    private CacheFolder() {}

    static Path of(Path realRoot) {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache =
                xdg != null && xdg.startsWith("/") // the specification: else to be ignored
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("heddle").resolve("search").resolve(name(realRoot));
    }

    private static String name(Path realRoot) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(realRoot.toUri().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
