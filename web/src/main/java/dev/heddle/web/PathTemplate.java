package dev.heddle.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A path with holes, such as `/files/{id}` or `/static/{path...}`, as [Router] describes it.
///
/// @param text the template as it was written
/// @param segments what stands between the slashes, in order
record PathTemplate(String text, List<Segment> segments) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// What stands between two slashes of a template.
    sealed interface Segment {
        /// Matches itself.
        record Literal(String text) implements Segment {}

        /// Matches one segment that is not empty.
        record Parameter(String name) implements Segment {}

        /// Matches all that is left, be it nothing. Always the last.
        record Rest(String name) implements Segment {}
    }

    static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw wrong(text, "it must begin with a slash");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] parts = text.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            Segment segment = parseSegment(text, parts[i]);
            String name =
                    switch (segment) {
                        case Segment.Literal l -> null;
                        case Segment.Parameter(String n) -> n;
                        case Segment.Rest(String n) -> {
                            if (i < parts.length - 1) {
                                throw wrong(text, "nothing can follow {" + n + "...}");
                            }
                            yield n;
                        }
                    };
            if (name != null && !names.add(name)) {
                throw wrong(text, "the name \"" + name + "\" stands there twice");
            }
            segments.add(segment);
        }
        return new PathTemplate(text, List.copyOf(segments));
    }

    private static Segment parseSegment(String text, String part) {
        if (part.startsWith("{") && part.endsWith("}")) {
            boolean rest = part.endsWith("...}");
            String name = part.substring(1, part.length() - (rest ? 4 : 1));
            if (!NAME.matcher(name).matches()) {
                throw wrong(text, "\"" + name + "\" is not a name of letters, digits and _");
            }
            return rest ? new Segment.Rest(name) : new Segment.Parameter(name);
        }
        if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
            throw wrong(text, "a parameter takes the whole segment, unlike in \"" + part + "\"");
        }
        if (part.indexOf('%') >= 0) {
            throw wrong(text, "write \"" + part + "\" as it reads when decoded");
        }
        if (part.indexOf('?') >= 0 || part.indexOf('#') >= 0) {
            throw wrong(text, "it is a path, without a query or a fragment");
        }
        if (part.equals(".") || part.equals("..")) {
            throw wrong(text, "a path with \"" + part + "\" never matches");
        }
        return new Segment.Literal(part);
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("path template \"" + text + "\": " + why);
    }

    /// Whether only one path matches, the template itself.
    boolean isLiteral() {
        return segments.stream().allMatch(Segment.Literal.class::isInstance);
    }

    @Override
    public String toString() {
        return text;
    }
}
