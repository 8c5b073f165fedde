/// HTTP/1.1 server.
///
/// Start at [dev.heddle.http.HttpServer] and [dev.heddle.http.Handler]; limits and timeouts are in
/// [dev.heddle.http.HttpOptions]. Routing, forms and JSON are not here, but in the module above.
///
/// Inside, what reads bytes does not wait for them: `RequestParser`, `HeadReader`, `TargetReader`
/// and `ChunkedDecoder` take buffers and know of no connection. `Http1Connection` and what it uses
/// does the waiting, in one task for each connection, on one loop.
@NullMarked
package dev.heddle.http;

import org.jspecify.annotations.NullMarked;
