package dev.heddle.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the route of a path: a tree with a level for each segment.
///
/// At each level a literal goes before a parameter, and a parameter before the rest; what turns out
/// to lead nowhere is left for the next best. A node is reached in one way only, so a search looks
/// at each at most once, however the path was made up.
///
/// Changed by one thread, then only read, by any.
final class RouteTree {
    /// Templates without parameters, by the path itself: they would win over all others, and most
    /// requests end here.
    private final Map<String, Leaf> literals = new HashMap<>();

    private final Node root = new Node();

    /// Where templates go through.
    private static final class Node {
        final Map<String, Node> literal = new HashMap<>();
        @Nullable Node parameter;

        /// Those of templates that end here.
        final Leaf end = new Leaf();

        /// Those of templates that take all that follows.
        final Leaf rest = new Leaf();
    }

    /// The routes of templates that match the same paths.
    private static final class Leaf {
        final Map<String, Route> byMethod = new HashMap<>();
        @Nullable Route any;

        void add(Route route) {
            String method = route.method();
            Route other = method == null ? any : byMethod.get(method);
            if (other != null) {
                throw new IllegalArgumentException(
                        "route \""
                                + route
                                + "\" matches the same requests as \""
                                + other
                                + "\", which is there already: remove one, or change its path");
            }
            if (method == null) {
                any = route;
            } else {
                byMethod.put(method, route);
            }
        }

        @Nullable Route find(String method) {
            Route route = byMethod.get(method);
            if (route == null && method.equals("HEAD")) {
                route = byMethod.get("GET");
            }
            return route == null ? any : route;
        }

        boolean isEmpty() {
            return byMethod.isEmpty() && any == null;
        }
    }

    /// A route that was found.
    ///
    /// @param route the route
    /// @param segments those of the path, as many as the template has or more
    record Match(Route route, List<String> segments) {}

    /// @throws IllegalArgumentException if another route matches the same requests
    void add(Route route) {
        PathTemplate template = route.template();
        if (template.isLiteral()) {
            literals.computeIfAbsent(template.text(), path -> new Leaf()).add(route);
            return;
        }
        Node node = root;
        for (PathTemplate.Segment segment : template.segments()) {
            switch (segment) {
                case PathTemplate.Segment.Literal(String text) ->
                        node = node.literal.computeIfAbsent(text, t -> new Node());
                case PathTemplate.Segment.Parameter p -> {
                    Node below = node.parameter;
                    if (below == null) {
                        below = new Node();
                        node.parameter = below;
                    }
                    node = below;
                }
                case PathTemplate.Segment.Rest r -> {
                    node.rest.add(route);
                    return;
                }
            }
        }
        node.end.add(route);
    }

    /// Looks for who answers.
    ///
    /// @param path decoded, beginning with a slash
    /// @return the route that fits best, null if none has this path and method
    @Nullable Match find(String method, String path) {
        Leaf leaf = literals.get(path);
        if (leaf != null) {
            Route route = leaf.find(method);
            if (route != null) {
                return new Match(route, List.of());
            }
        }
        List<String> segments = segments(path);
        Route route = segments == null ? null : find(root, segments, 0, method);
        return segments == null || route == null ? null : new Match(route, segments);
    }

    private static @Nullable Route find(
            Node node, List<String> segments, int depth, String method) {
        if (depth == segments.size()) {
            return node.end.find(method);
        }
        String segment = segments.get(depth);
        Route route = null;
        Node literal = node.literal.get(segment);
        if (literal != null) {
            route = find(literal, segments, depth + 1, method);
        }
        if (route == null && node.parameter != null && !segment.isEmpty()) {
            route = find(node.parameter, segments, depth + 1, method);
        }
        return route == null ? node.rest.find(method) : route;
    }

    /// The methods that routes of this path have, for `Allow`: `HEAD` where there is `GET`, and
    /// `OPTIONS` always.
    ///
    /// @return in alphabetical order; empty if no route has this path
    Collection<String> methods(String path) {
        TreeSet<String> methods = new TreeSet<>();
        Leaf leaf = literals.get(path);
        if (leaf != null) {
            collect(leaf, methods);
        }
        List<String> segments = segments(path);
        boolean found = segments != null && collect(root, segments, 0, methods);
        if (leaf == null && !found) {
            return methods;
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return methods;
    }

    private static boolean collect(
            Node node, List<String> segments, int depth, Collection<String> methods) {
        if (depth == segments.size()) {
            return collect(node.end, methods);
        }
        String segment = segments.get(depth);
        Node literal = node.literal.get(segment);
        boolean found = literal != null && collect(literal, segments, depth + 1, methods);
        if (node.parameter != null && !segment.isEmpty()) {
            found |= collect(node.parameter, segments, depth + 1, methods);
        }
        return collect(node.rest, methods) || found;
    }

    private static boolean collect(Leaf leaf, Collection<String> methods) {
        methods.addAll(leaf.byMethod.keySet());
        return !leaf.isEmpty();
    }

    /// Splits a path at its slashes.
    ///
    /// @return at least one segment; null if the path has none, or one that means "here" or "one
    ///   up" (the server resolves those: what is left of them is an attempt at something)
    private static @Nullable List<String> segments(String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        int slash = 0;
        while (slash >= 0) {
            int next = path.indexOf('/', slash + 1);
            String segment = path.substring(slash + 1, next < 0 ? path.length() : next);
            if (segment.equals(".") || segment.equals("..")) {
                return null;
            }
            segments.add(segment);
            slash = next;
        }
        return segments;
    }
}
