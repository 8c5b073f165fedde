package dev.heddle;

import java.time.Duration;
import java.util.List;

/// A task that holds its loop: it computes, or is in a call that blocks the thread instead of
/// suspending the task.
///
/// @param task its name, and the line that spawned it
/// @param held for how long it has run without giving way
/// @param stack where it is at this moment, innermost frame first
public record Stall(String task, Duration held, List<StackTraceElement> stack) {}
