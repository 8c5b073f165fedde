/// What the single operations of the core cost, beside the same on the JDK's own virtual threads.
///
/// One class for each operation. Its methods are the columns of the table: `heddle` on one loop,
/// `jdk` on the JDK's default scheduler, and `jdkOneCarrier` on the same with one carrier thread,
/// which compares like with like: a loop is one thread, too, and hand-overs between two cores cost
/// more than those within one.
///
/// Each invocation does [Loop#TIMES] operations, so that entering and leaving the loop is not what
/// is measured.
@NullMarked
package dev.heddle.benchmarks.core;

import org.jspecify.annotations.NullMarked;
