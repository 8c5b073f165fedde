/// HTTP/1.1 server.
@NullMarked
package dev.heddle.http;

import org.jspecify.annotations.NullMarked;
