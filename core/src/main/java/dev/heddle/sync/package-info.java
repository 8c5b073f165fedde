/// What tasks of one loop share: locks, events, conditions, semaphores, barriers, queues, channels.
///
/// All of them are fair (first come, first served) and safe under cancellation: whoever leaves a
/// line is forgotten by it, and what was handed over is delivered. They need no memory barriers,
/// because two tasks of a loop never run at the same moment; for the same reason they refuse
/// callers from another loop or thread. For crossing threads use [dev.heddle.Promise] and
/// [dev.heddle.EventLoop#spawn].
@NullMarked
package dev.heddle.sync;

import org.jspecify.annotations.NullMarked;
