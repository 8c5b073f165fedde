package dev.heddle.examples.search;

/// A file that was left out of the index.
///
/// @param path the file, relative to the root of the index, with `/` between its parts
/// @param reason why
public record SkippedFile(String path, SkipReason reason) {}
