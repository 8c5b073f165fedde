/// Files, read and written off the loop.
@NullMarked
package dev.heddle.file;

import org.jspecify.annotations.NullMarked;
