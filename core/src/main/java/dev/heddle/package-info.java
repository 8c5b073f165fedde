/// Event loop, tasks, scopes, promises.
@NullMarked
package dev.heddle;

import org.jspecify.annotations.NullMarked;
