package dev.heddle.examples.search;

import org.jspecify.annotations.Nullable;

/// What came of looking at a file, on its way into the index.
///
/// @param location where it is
/// @param size its length in bytes
/// @param stamp when it was changed, see [Stamp]
/// @param replaces what the index knew of it before, null if nothing
/// @param words its words, null if it was skipped
/// @param reason why it was skipped, null if it was not
record Finding(
        Location location,
        long size,
        long stamp,
        @Nullable Known replaces,
        @Nullable WordCounts words,
        @Nullable SkipReason reason) {}
