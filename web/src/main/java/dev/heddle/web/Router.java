package dev.heddle.web;

import dev.heddle.http.Handler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.util.Collection;

/// Hands each request to the handler of its path and method.
///
/// ```java
/// var router = new Router()
///         .get("/", request -> Response.text("Hello"))
///         .get("/files/{id}", request -> file(PathParameters.of(request).number("id")))
///         .get("/static/{path...}", StaticFiles.below(root));
/// HttpServer.listen("127.0.0.1", 8080, router).serve();
/// ```
///
/// A template is a path in which whole segments may be parameters: `{name}` takes one segment that
/// is not empty, `{name...}`, at the end, all that is left. Everything else matches itself, letter
/// by letter; `/files` and `/files/` are two paths. Where several templates match, the one that has
/// a literal where the others have a parameter wins, from left to right, and `{name}` wins over
/// `{name...}`.
///
/// A route for `GET` answers `HEAD` too, and `OPTIONS` is answered with what is allowed, unless
/// routes say otherwise. Nothing at a path is 404, and another method than those that are there is
/// 405, with `Allow`.
///
/// Routes and filters are added before the first request, by one thread; from then on a router is
/// immutable and serves any number of loops.
public final class Router implements Handler {
    private final RouteTree routes = new RouteTree();

    private Filter filters = next -> next;

    /// The filters around [#dispatch].
    private Handler entrance = this::dispatch;

    /// Only against mistakes: routes that come too late. Written by any loop, once.
    private boolean inUse;

    /// A router without routes.
    public Router() {}

    /// Adds a route for `GET` and, unless it has one of its own, `HEAD`.
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    /// @throws IllegalArgumentException if the template is malformed, or another route matches the
    ///   same requests; the message names both
    public Router get(String template, Handler handler) {
        return route("GET", template, handler);
    }

    /// Adds a route for `POST`. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router post(String template, Handler handler) {
        return route("POST", template, handler);
    }

    /// Adds a route for `PUT`. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router put(String template, Handler handler) {
        return route("PUT", template, handler);
    }

    /// Adds a route for `DELETE`. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router delete(String template, Handler handler) {
        return route("DELETE", template, handler);
    }

    /// Adds a route for `PATCH`. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router patch(String template, Handler handler) {
        return route("PATCH", template, handler);
    }

    /// Adds a route for `HEAD`, where the one for `GET` would do too much. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router head(String template, Handler handler) {
        return route("HEAD", template, handler);
    }

    /// Adds a route for `OPTIONS`, in place of the answer with what is allowed. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router options(String template, Handler handler) {
        return route("OPTIONS", template, handler);
    }

    /// Adds a route for all methods that have none of their own on these paths. See [#get].
    ///
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router any(String template, Handler handler) {
        return add(new Route(null, PathTemplate.parse(template), handler));
    }

    /// Adds a route for a method of your choice. See [#get].
    ///
    /// @param method the method, exactly as clients send it
    /// @param template which paths
    /// @param handler who answers
    /// @return this
    public Router route(String method, String template, Handler handler) {
        if (method.isEmpty() || !method.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "\"" + method + "\" is not an HTTP method: such as GET, in upper case");
        }
        return add(new Route(method, PathTemplate.parse(template), handler));
    }

    /// Puts a filter around all that this router answers, 404 and 405 included, whenever their
    /// routes are added. The first filter is the outermost.
    ///
    /// @param filter the filter, inside of those that are there
    /// @return this
    public Router with(Filter filter) {
        checkNotInUse();
        filters = filters.then(filter);
        entrance = filters.around(this::dispatch);
        return this;
    }

    private Router add(Route route) {
        checkNotInUse();
        routes.add(route);
        return this;
    }

    private void checkNotInUse() {
        if (inUse) {
            throw new IllegalStateException(
                    "this Router answers requests already: add routes and filters before");
        }
    }

    @Override
    public Response handle(Request request) throws Exception {
        if (!inUse) {
            inUse = true;
        }
        return entrance.handle(request);
    }

    private Response dispatch(Request request) throws Exception {
        String method = request.method();
        RouteTree.Match match = routes.find(method, request.path());
        if (match == null) {
            return refuse(method, request.path());
        }
        Route route = match.route();
        request.attribute(
                PathParameters.class, new PathParameters(route.template(), match.segments()));
        return route.handler().handle(request);
    }

    private Response refuse(String method, String path) {
        if (path.equals("*") && method.equals("OPTIONS")) {
            return Response.of(204);
        }
        Collection<String> allowed = routes.methods(path);
        if (allowed.isEmpty()) {
            return Response.text("Not Found").status(404);
        }
        Response response =
                method.equals("OPTIONS")
                        ? Response.of(204)
                        : Response.text("Method Not Allowed").status(405);
        return response.header("Allow", String.join(", ", allowed));
    }
}
