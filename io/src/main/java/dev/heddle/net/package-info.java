/// Connections over TCP, and servers that accept them.
///
/// Start at [Tcp], which opens a [ByteStream] or a [Listener]. A stream reads and writes as if it
/// blocked; waiting suspends the task. Everything here belongs to the loop it was made on and is
/// used by that loop's tasks, so it needs no locks.
///
/// ```java
/// try (var server = Tcp.listen("127.0.0.1", 8888)) { // an echo server
///     server.serve(connection -> connection.transferTo(connection));
/// }
/// ```
///
/// Protocols do not belong here: what parses bytes is kept apart from what waits for them.
@NullMarked
package dev.heddle.net;

import org.jspecify.annotations.NullMarked;
