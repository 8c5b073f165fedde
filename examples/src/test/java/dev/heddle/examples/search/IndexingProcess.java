package dev.heddle.examples.search;

import dev.heddle.Heddle;
import java.nio.file.Path;

/// The process that [KillTest] kills: indexes, and prints each report.
final class IndexingProcess {
    private IndexingProcess() {}

    /// Prints `INDEXED UNCHANGED` for each report and `done` at the end, or holds the index open
    /// until its input ends.
    ///
    /// @param args the folder of the database, the root, and `index` or `hold`
    public static void main(String[] args) throws Exception {
        Heddle.run(() -> {
            try (var index = SearchIndex.open(Path.of(args[0]), Path.of(args[1]))) {
                if (args[2].equals("hold")) {
                    System.out.println("open");
                    Heddle.offload(() -> System.in.read());
                    return;
                }
                new Indexer(index)
                        .run(progress ->
                                System.out.println(
                                        progress.indexed() + " " + progress.unchanged()));
                System.out.println("done");
            }
        });
    }
}
