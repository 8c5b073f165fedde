/// TCP streams and listeners.
@NullMarked
package dev.heddle.net;

import org.jspecify.annotations.NullMarked;
