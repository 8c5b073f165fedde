package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the site ends, and what it is again after that.
class SiteStopTest {
    @TempDir private Path folder;

    @Test
    void aStopEndsEventStreamsAndABurstAndTakesLessThanTwoSeconds() throws IOException {
        Path root = tree(10);
        try (var site = new RunningSite(root, folder.resolve("index")).awaitIndexed();
                var events = site.events()) {
            assertThat(events.next("progress")).isNotNull();
            assertThat(site.post("/api/burst").status()).isEqualTo(202);
            long begin = System.nanoTime();
            site.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(events.next("no such event")).as("the end of the stream").isNull();
        }
    }

    @Test
    void theNextSiteReadsOnlyWhatHasChanged() throws IOException {
        Path root = tree(10);
        try (var site = new RunningSite(root, folder.resolve("index")).awaitIndexed()) {
            assertThat(site.get("/api/status").json().get("progress").get("read").asInt())
                    .isEqualTo(10);
            site.stop();
        }
        Files.writeString(root.resolve("file3.txt"), "changed into something longer\n");
        Files.delete(root.resolve("file4.txt"));
        try (var site = new RunningSite(root, folder.resolve("index")).awaitIndexed()) {
            var progress = site.get("/api/status").json().get("progress");
            assertThat(progress.get("read").asInt()).isEqualTo(1);
            assertThat(progress.get("unchanged").asInt()).isEqualTo(8);
            assertThat(progress.get("removed").asInt()).isEqualTo(1);
            assertThat(progress.get("files").asInt()).isEqualTo(9);
            assertThat(site.get("/api/search?q=longer").json().get("total").asInt()).isEqualTo(1);
        }
    }

    private Path tree(int files) throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        for (int i = 0; i < files; i++) {
            Path file =
                    Files.writeString(root.resolve("file" + i + ".txt"), "text number " + i + "\n");
            // What has only just been written may change again within the same tick of the clock,
            // and is therefore read again by the next run.
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
        return root;
    }
}
