/// The command line: the demonstration and the examples.
@NullMarked
package dev.heddle.cli;

import org.jspecify.annotations.NullMarked;
