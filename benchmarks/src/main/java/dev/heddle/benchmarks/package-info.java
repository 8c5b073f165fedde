/// What Heddle costs, beside its peers.
@NullMarked
package dev.heddle.benchmarks;

import org.jspecify.annotations.NullMarked;
