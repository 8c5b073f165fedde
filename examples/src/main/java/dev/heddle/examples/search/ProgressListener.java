package dev.heddle.examples.search;

/// Is told how an indexing run goes on.
@FunctionalInterface
public interface ProgressListener {
    /// Called in a task of the run's loop, at most every 100 ms and once at the end. May suspend;
    /// the run goes on meanwhile, and what happens until it returns is reported in one piece.
    ///
    /// @param progress the state of the run
    /// @throws Exception fails the run
    void onProgress(Progress progress) throws Exception;
}
