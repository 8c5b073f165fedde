/// Routing, JSON, server-sent events.
@NullMarked
package dev.heddle.web;

import org.jspecify.annotations.NullMarked;
