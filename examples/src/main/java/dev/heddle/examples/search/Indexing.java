package dev.heddle.examples.search;

import java.io.IOException;
import java.util.function.Consumer;

/// One run of the indexer, and how far it is for those who come later.
///
/// Belongs to the loop of the index.
final class Indexing {
    private final SearchIndex index;
    private final IndexStatistics before;
    private final Consumer<PageProgress> listener;
    private PageProgress latest;

    /// Looks at what the index holds. Suspends.
    ///
    /// @param listener is told how the run goes on
    Indexing(SearchIndex index, Consumer<PageProgress> listener) {
        this.index = index;
        this.listener = listener;
        this.before = index.statistics();
        this.latest = PageProgress.beginning(before);
    }

    PageProgress latest() {
        return latest;
    }

    /// Brings the index up to date. A failure is told to the listener and to the page, and what is
    /// in the index can be searched on.
    void run() {
        try {
            new Indexer(index).run(progress -> tell(PageProgress.of(before, progress)));
        } catch (IOException | RuntimeException e) {
            String message = e.getMessage();
            tell(latest.failed(message == null ? e.toString() : message));
        }
    }

    private void tell(PageProgress progress) {
        latest = progress;
        listener.accept(progress);
    }
}
