/// Web applications: what stands between an HTTP server and the code that answers.
///
/// Start with [dev.heddle.web.Router], which is the handler to give to a
/// [dev.heddle.http.HttpServer], and hand out paths to handlers:
///
/// ```java
/// var router = new Router()
///         .get("/", StaticResource.of(App.class, "index.html"))
///         .get("/notes/{id}", request -> Json.of(find(PathParameters.of(request).number("id"))))
///         .get("/ticks", request -> ServerSentEvents.stream(App::ticks));
/// ```
///
/// - [dev.heddle.web.Router], [dev.heddle.web.PathParameters], [dev.heddle.web.Filter]: who answers
/// - [dev.heddle.web.Json]: records as requests and responses
/// - [dev.heddle.web.ServerSentEvents], [dev.heddle.web.Broadcast]: news for browsers that listen
/// - [dev.heddle.web.StaticResource], [dev.heddle.web.StaticFiles]: pages and files
///
/// What reads and writes HTTP itself is not here but in `dev.heddle.http`. Handlers run in the
/// tasks of their connections; routers, filters and static content are made before and then shared
/// by all loops.
@NullMarked
package dev.heddle.web;

import org.jspecify.annotations.NullMarked;
