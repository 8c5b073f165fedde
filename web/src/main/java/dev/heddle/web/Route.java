package dev.heddle.web;

import dev.heddle.http.Handler;
import org.jspecify.annotations.Nullable;

/// What answers one method, or any, on the paths of one template.
///
/// @param method the method, null for any
/// @param template which paths
/// @param handler who answers
record Route(@Nullable String method, PathTemplate template, Handler handler) {
    @Override
    public String toString() {
        return (method == null ? "any method" : method) + " " + template;
    }
}
