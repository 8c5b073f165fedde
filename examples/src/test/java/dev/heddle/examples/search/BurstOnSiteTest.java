package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The burst against the site itself, as its button starts it.
class BurstOnSiteTest {
    @TempDir private Path folder;

    @Test
    void twoThousandClientsAreAnsweredAndASecondBurstWaits() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        try (var site = new RunningSite(root, folder.resolve("index"));
                var events = site.events()) {
            var first = site.post("/api/burst");
            assertThat(first.status()).isEqualTo(202);
            assumeThat(site.get("/api/status").json().get("burst").get("planned").asInt())
                    .as("clients that the limit of open files lets in")
                    .isEqualTo(2_000);
            var second = site.post("/api/burst");
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.json().get("error").asString()).contains("running");

            JsonNode burst = events.next("burst");
            int shown = 0;
            while (!burst.get("state").asString().equals("done")) {
                burst = events.next("burst");
                shown++;
            }
            assertThat(shown).isGreaterThan(1);
            assertThat(burst.get("connected").asInt()).isEqualTo(2_000);
            assertThat(burst.get("answered").asInt()).isEqualTo(10_000);
            assertThat(burst.get("errors").asInt()).isZero();
            assertThat(burst.get("notes")).isEmpty();

            assertThat(site.post("/api/burst").status()).isEqualTo(202);
        }
    }
}
