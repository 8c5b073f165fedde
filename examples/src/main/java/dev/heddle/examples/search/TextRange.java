package dev.heddle.examples.search;

/// A part of a text, in `char`s (UTF-16 units, what `String.substring` and JavaScript count in).
/// Never splits a surrogate pair.
///
/// @param start the first character
/// @param end behind the last character; more than `start`
public record TextRange(int start, int end) {}
