package dev.heddle.web;

import java.util.Locale;
import java.util.Map;

/// What a file contains, by the end of its name: the types that web pages are made of.
final class ContentTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_EXTENSION =
            Map.ofEntries(
                    Map.entry("html", "text/html;charset=utf-8"),
                    Map.entry("htm", "text/html;charset=utf-8"),
                    Map.entry("css", "text/css;charset=utf-8"),
                    Map.entry("js", "text/javascript;charset=utf-8"),
                    Map.entry("mjs", "text/javascript;charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("txt", "text/plain;charset=utf-8"),
                    Map.entry("md", "text/markdown;charset=utf-8"),
                    Map.entry("csv", "text/csv;charset=utf-8"),
                    Map.entry("xml", "application/xml"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("avif", "image/avif"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("ttf", "font/ttf"),
                    Map.entry("otf", "font/otf"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("zip", "application/zip"),
                    Map.entry("gz", "application/gzip"));

    private ContentTypes() {}

    /// The type of a file.
    ///
    /// @return the value of `Content-Type`; for an unknown end `application/octet-stream`, which
    ///   browsers store rather than show
    static String of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0
                ? UNKNOWN
                : BY_EXTENSION.getOrDefault(
                        fileName.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /// Whether content of this type becomes smaller when it is compressed.
    static boolean isText(String contentType) {
        return contentType.startsWith("text/")
                || contentType.endsWith("json")
                || contentType.endsWith("xml");
    }
}
