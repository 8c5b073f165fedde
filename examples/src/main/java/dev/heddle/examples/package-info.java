/// Small programs that show one thing each: [dev.heddle.examples.Example#ALL].
///
/// Run one by `./heddle example NAME`. They use what every user of Heddle can use, and are meant to
/// be copied from.
@NullMarked
package dev.heddle.examples;

import org.jspecify.annotations.NullMarked;
