/// Event loops and the coroutines that run on them.
///
/// Here live the loop, tasks and groups of tasks, cancellation, time, promises, the bounded worker
/// pool and the readiness of channels. Start at [dev.heddle.Heddle]. Streams, files and protocols
/// do not belong here: they are built on this package's public API, in modules of their own.
///
/// Rules: methods that suspend are for tasks, and say so when called elsewhere. What is written
/// "owner: the loop thread" is touched only by that thread, in a task or between two, and has no
/// lock.
@NullMarked
package dev.heddle;

import org.jspecify.annotations.NullMarked;
