package dev.heddle.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.http.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final byte[] NO_BODY = {};

    private static Router router() {
        return new Router()
                .get("/", request -> Response.text("home"))
                .get(
                        "/files/{id}",
                        request -> Response.text("file " + PathParameters.of(request).text("id")))
                .post("/files", request -> Response.text("new").status(201))
                .put("/files/{id}", request -> Response.text("put"))
                .delete("/files/{id}", request -> Response.of(204))
                .patch("/files/{id}", request -> Response.text("patched"))
                .get(
                        "/number/{n}",
                        request -> Response.text("" + PathParameters.of(request).number("n")))
                .get(
                        "/tree/{path...}",
                        request ->
                                Response.text(
                                        PathParameters.of(request).segments("path").toString()))
                .any("/echo", request -> Response.text(request.method()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200, home",
        "GET, /?a=b, 200, home",
        "GET, /files/7, 200, file 7",
        "GET, /files/a%20b%C3%A9, 200, file a bé",
        "GET, /files/100%25, 200, file 100%",
        "GET, /files/%252F, 200, file %2F",
        "GET, /%66iles/7, 200, file 7",
        "POST, /files, 201, new",
        "PUT, /files/7, 200, put",
        "PATCH, /files/7, 200, patched",
        "BREW, /echo, 200, BREW",
        "GET, /tree/a/b%20c/, 200, '[a, b c, ]'",
        "GET, /number/-12, 200, -12",
        "GET, /number/twelve, 400, 'n must be a whole number, and is \"twelve\"'",
        "GET, /number/99999999999999999999, 400,"
                + " 'n must be a whole number, and is \"99999999999999999999\"'",
        "GET, /nowhere, 404, Not Found",
        "GET, /files/, 404, Not Found",
        "GET, /files/7/8, 404, Not Found",
    })
    void requestsGoToTheirHandlers(String method, String target, int status, String body)
            throws IOException {
        try (Site site = new Site(router())) {
            Site.Reply reply = site.send(method, target, NO_BODY);
            assertThat(reply.text().strip()).isEqualTo(body);
            assertThat(reply.status()).isEqualTo(status);
        }
    }

    @Test
    void anEncodedSlashDoesNotSplit() throws IOException {
        try (Site site = new Site(router())) {
            // The server refuses what is ambiguous, so it reaches no handler at all.
            assertThat(site.get("/files/a%2Fb").status()).isEqualTo(400);
            assertThat(site.get("/tree/a%2fb").status()).isEqualTo(400);
        }
    }

    @Test
    void headIsAnsweredByGetWithoutTheBody() throws IOException {
        try (Site site = new Site(router())) {
            Site.Reply reply = site.send("HEAD", "/files/7", NO_BODY);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("content-length")).isEqualTo("6");
        }
    }

    @Test
    void theWrongMethodLearnsWhichAreRight() throws IOException {
        try (Site site = new Site(router())) {
            Site.Reply reply = site.send("POST", "/files/7", NO_BODY);
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
        }
    }

    @Test
    void optionsAreAnswered() throws IOException {
        try (Site site = new Site(router())) {
            Site.Reply reply = site.send("OPTIONS", "/files", NO_BODY);
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.header("allow")).isEqualTo("OPTIONS, POST");
            assertThat(site.send("OPTIONS", "*", NO_BODY).status()).isEqualTo(204);
            assertThat(site.send("OPTIONS", "/nowhere", NO_BODY).status()).isEqualTo(404);
        }
    }

    @Test
    void filtersStandAroundEverythingTheFirstOutermost() throws IOException {
        Router router =
                router().with(mark("a")).with(mark("b")).get("/late", r -> Response.text("late"));
        try (Site site = new Site(router)) {
            assertThat(site.get("/late").header("x-mark")).isEqualTo("b|a");
            assertThat(site.get("/nowhere").header("x-mark")).isEqualTo("b|a");
        }
    }

    private static Filter mark(String name) {
        return next -> request -> next.handle(request).addHeader("X-Mark", name);
    }

    @Test
    void aRouterInUseTakesNoMoreRoutes() throws IOException {
        Router router = router();
        try (Site site = new Site(router)) {
            assertThat(site.get("/").status()).isEqualTo(200);
        }
        assertThatThrownBy(() -> router.get("/late", request -> Response.of(204)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add routes and filters before");
    }

    @Test
    void withoutARouterThereAreNoParameters() throws IOException {
        Router inner = new Router().get("/{id}", request -> Response.text("found"));
        try (Site site =
                new Site(request -> {
                    assertThatThrownBy(() -> PathParameters.of(request))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("no Router has dispatched GET /7");
                    return inner.handle(request);
                })) {
            assertThat(site.get("/7").text()).isEqualTo("found");
        }
    }

    @Test
    void aMethodIsAToken() {
        assertThatThrownBy(() -> new Router().route("GET ", "/", request -> Response.of(204)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"GET \"");
    }
}
