package dev.heddle.examples.search;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.offload;

import dev.heddle.Action;
import dev.heddle.Task;
import dev.heddle.TaskGroup;
import dev.heddle.http.HttpOptions;
import dev.heddle.http.HttpServer;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.web.Json;
import dev.heddle.web.Router;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The search as a web site on 127.0.0.1: its server, the indexer, and what the page shows of them.
///
/// All methods are for tasks of the loop on which it was opened.
final class SearchSite implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    /// Those of a burst, and as many again for pages and whoever else comes.
    private static final HttpOptions OPTIONS =
            HttpOptions.defaults().withMaxConnections(2 * Bursts.CLIENTS);

    private final HttpServer server;
    private final Pages pages = new Pages();

    /// Set when [#run] begins, and with it the first request can come.
    private @Nullable Router routes;

    private SearchSite(int port) throws IOException {
        server = HttpServer.listen(HOST, port, OPTIONS, this::answer);
    }

    /// Takes the port. Clients can connect, and are answered from [#run] on.
    ///
    /// @param port the port, 0 for any that is free
    /// @throws java.net.BindException if it is taken
    static SearchSite listen(int port) throws IOException {
        return new SearchSite(port);
    }

    /// Where the page is.
    URI uri() {
        return URI.create("http://" + HOST + ":" + server.address().getPort());
    }

    /// Serves, and brings the index up to date, until a body returns. Then lets the requests that
    /// run finish, and ends everything else.
    ///
    /// @param index what to search in
    /// @param listener is told how the indexing goes on
    /// @param grace how long running requests may take at the end
    /// @param body returns when the site is to stop
    /// @throws Exception if the server or the body fails
    void run(
            SearchIndex index,
            Consumer<PageProgress> listener,
            Duration grace,
            Action<? extends Exception> body)
            throws Exception {
        Indexing indexing =
                new Indexing(
                        index,
                        progress -> {
                            listener.accept(progress);
                            pages.send("progress", progress);
                        });
        // The first JSON loads and initialises a few hundred classes: not on the loop.
        offload(() -> Json.text(indexing.latest()));
        group(g -> {
            Bursts bursts =
                    new Bursts(
                            server.address(),
                            SearchApi.PING,
                            g,
                            report -> pages.send("burst", report));
            routes = new SearchApi(index, indexing, bursts, pages).routes(uri().getPort());
            g.spawn("server", server::serve);
            Task<?> indexer = g.spawn("indexer", indexing::run);
            Pulse pulse = new Pulse(() -> server.statistics().requestsTotal(), pages);
            g.spawn("pulse", pulse::run);
            body.run();
            indexer.cancel("the site stops");
            stop(g, grace);
        });
    }

    private void stop(TaskGroup group, Duration grace) {
        pages.close();
        server.stop(grace);
        group.cancel();
    }

    private Response answer(Request request) throws Exception {
        return Objects.requireNonNull(routes, "run() sets the routes before it serves")
                .handle(request);
    }

    @Override
    public void close() {
        server.close();
    }
}
