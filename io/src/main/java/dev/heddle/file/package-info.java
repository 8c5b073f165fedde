/// Files, read and written off the loop.
///
/// The operating system offers no way to wait for a file without blocking a thread, so each call
/// here is handed as a whole to a thread of the bounded worker pool, and the calling task waits for
/// it. [FileIo] reads and writes single files, [FileWalk] finds the files of a tree.
///
/// Nothing here belongs to a loop; a call is for a task of any.
@NullMarked
package dev.heddle.file;

import org.jspecify.annotations.NullMarked;
