package dev.heddle.examples.search;

import org.jspecify.annotations.Nullable;

/// A file as the index knows it: a row of `file`.
///
/// @param id its number
/// @param location its place below the root, see [Location#raw]
/// @param path the same for people
/// @param size its length in bytes when it was read
/// @param stamp the time of its last change then, see [Stamp]
/// @param reason why it was left out; null if it can be found
record Known(
        int id, String location, String path, long size, long stamp, @Nullable SkipReason reason) {
    boolean isAsOf(long otherSize, long otherStamp) {
        return size == otherSize && stamp == otherStamp && stamp != Stamp.UNSETTLED;
    }
}
