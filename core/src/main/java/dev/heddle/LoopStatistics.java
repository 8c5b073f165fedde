package dev.heddle;

/// What a loop has, and has done since it was opened.
///
/// @param tasks tasks that have been spawned and have not ended
/// @param strangers virtual threads that foreign code has started inside tasks
/// @param ready tasks and callbacks that wait for their turn
/// @param timers timers that are pending
/// @param turns how often a task or callback was given its turn
/// @param polls how often the operating system was asked for I/O
/// @param wakeUps how often another thread has woken the loop from its sleep
public record LoopStatistics(
        long tasks, int strangers, int ready, int timers, long turns, long polls, long wakeUps) {}
