/// The servers that Heddle's examples are measured beside, each a program of its own.
///
/// All give the same answer on one event loop, on 127.0.0.1, and are set up as a service in
/// production would be: what the peer's own documentation advises for speed is done, and what keeps
/// a service safe (the checks of requests) stays on, as it does in Heddle. Start with [NettyHello]
/// to see the shape.
@NullMarked
package dev.heddle.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
