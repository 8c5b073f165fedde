/// Small programs that show one thing each.
@NullMarked
package dev.heddle.examples;

import org.jspecify.annotations.NullMarked;
