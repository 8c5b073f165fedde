package dev.heddle.examples.search;

import dev.heddle.http.HttpException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.web.Json;
import dev.heddle.web.Router;
import dev.heddle.web.SseEvent;
import dev.heddle.web.StaticResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What the page asks for.
///
/// | Request | Answer |
/// |---|---|
/// | `GET /`, `/page.css`, … | the page |
/// | `GET /api/search?q=&limit=` | hits, best first |
/// | `GET /api/file?path=&line=&q=` | lines of an indexed file, and what matches in them |
/// | `GET /api/skipped` | files left out, with reasons |
/// | `GET /api/status` | what is searched, and how far everything is |
/// | `GET /api/events` | server-sent events: `progress`, `pulse`, `burst` |
/// | `POST /api/burst` | starts a burst: 202; 409 while one runs |
/// | `GET /api/ping` | as little as possible, for the clients of a burst |
///
/// What goes wrong is answered with `{"error": "…"}`, in words for the page to show.
final class SearchApi {
    static final String PING = "/api/ping";

    private static final String PAGE = "/dev/heddle/examples/search-page/";
    private static final List<String> PAGE_PARTS =
            List.of(
                    "page.css",
                    "page.js",
                    "charts.js",
                    "panels.js",
                    "search.js",
                    "text.js",
                    "icon.svg");

    private static final int LONGEST_QUERY = 200;
    private static final int DEFAULT_HITS = 50;
    private static final int MOST_HITS = 100;
    private static final int MOST_SKIPPED = 1_000;

    private final SearchIndex index;
    private final Indexing indexing;
    private final Bursts bursts;
    private final Pages pages;

    SearchApi(SearchIndex index, Indexing indexing, Bursts bursts, Pages pages) {
        this.index = index;
        this.indexing = indexing;
        this.bursts = bursts;
        this.pages = pages;
    }

    /// @param port where the server listens
    Router routes(int port) {
        Router router =
                new Router()
                        .with(new LocalOnly(port))
                        .get("/", StaticResource.of(SearchApi.class, PAGE + "index.html"))
                        .get("/api/search", this::search)
                        .get("/api/file", this::file)
                        .get("/api/skipped", request -> skipped())
                        .get("/api/status", request -> status())
                        .get("/api/events", request -> pages.stream(this::state))
                        .post("/api/burst", request -> startBurst())
                        .get(PING, request -> Response.text("pong"));
        for (String part : PAGE_PARTS) {
            router.get("/" + part, StaticResource.of(SearchApi.class, PAGE + part));
        }
        return router;
    }

    // ---- searching ----

    /// @param total how many files match
    private record Answer(String query, long total, double tookMillis, List<PageHit> hits) {}

    /// @param pathRanges pairs of start and end of what matches in the path
    /// @param ranges the same in the excerpt
    private record PageHit(
            String path,
            List<int[]> pathRanges,
            long count,
            int line,
            String excerpt,
            List<int[]> ranges,
            String note) {
        static PageHit of(Hit hit) {
            return new PageHit(
                    hit.path(),
                    Ranges.pairs(hit.pathMatches()),
                    hit.count(),
                    hit.line(),
                    hit.excerpt(),
                    Ranges.pairs(hit.matches()),
                    hit.note());
        }
    }

    private Response search(Request request) {
        String query = query(request, "q");
        int limit = number(request, "limit", DEFAULT_HITS, 1, MOST_HITS);
        SearchResults results = index.search(query, limit);
        return Json.of(
                new Answer(
                        query,
                        results.total(),
                        results.tookMillis(),
                        results.hits().stream().map(PageHit::of).toList()));
    }

    private Response file(Request request) throws IOException {
        String path = parameter(request, "path");
        int line = number(request, "line", 0, 0, Integer.MAX_VALUE / 2);
        String query = request.query("q") == null ? "" : query(request, "q");
        if (!index.contains(path)) {
            throw new HttpException(404, "No such file in the index.");
        }
        FileLines lines;
        try {
            lines = FileLines.read(index.root(), path, line, query);
        } catch (IOException e) {
            throw new HttpException(404, "The file cannot be read any more: " + e.getMessage());
        }
        if (lines == null) {
            throw new HttpException(404, "The file is gone since it was indexed.");
        }
        return Json.of(lines);
    }

    // ---- the state of things ----

    private record Skipped(long total, List<File> files) {
        private record File(String path, String reason) {
            static File of(SkippedFile file) {
                return new File(file.path(), file.reason().words());
            }
        }
    }

    private Response skipped() {
        long total =
                index.statistics().skipped().values().stream().mapToLong(Long::longValue).sum();
        List<SkippedFile> files = index.skippedFiles(MOST_SKIPPED);
        return Json.of(new Skipped(total, files.stream().map(Skipped.File::of).toList()));
    }

    private record Status(
            String name, String root, String index, PageProgress progress, BurstReport burst) {}

    private Response status() {
        Path root = index.root();
        Path name = root.getFileName();
        return Json.of(
                new Status(
                        name == null ? root.toString() : name.toString(),
                        root.toString(),
                        index.databaseFolder().toString(),
                        indexing.latest(),
                        bursts.latest()));
    }

    private List<SseEvent> state() {
        return List.of(
                Pages.event("progress", indexing.latest()), Pages.event("burst", bursts.latest()));
    }

    private Response startBurst() {
        bursts.start();
        return Json.of(bursts.latest()).status(202);
    }

    // ---- parameters ----

    private static String query(Request request, String name) {
        String value = parameter(request, name);
        if (value.length() > LONGEST_QUERY) {
            throw new HttpException(400, "A query has at most " + LONGEST_QUERY + " characters.");
        }
        return value;
    }

    private static String parameter(Request request, String name) {
        String value = request.query(name);
        if (value == null) {
            throw new HttpException(400, "The parameter \"" + name + "\" is missing.");
        }
        return value;
    }

    private static int number(Request request, String name, int otherwise, int least, int most) {
        String value = request.query(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for one out of range.
        }
        throw new HttpException(
                400,
                "The parameter \"%s\" is a number from %d to %d.".formatted(name, least, most));
    }
}
