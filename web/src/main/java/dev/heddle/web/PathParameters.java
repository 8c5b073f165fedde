package dev.heddle.web;

import dev.heddle.http.HttpException;
import dev.heddle.http.Request;
import java.util.List;

/// What a request's path has in the places of a route's parameters.
///
/// ```java
/// router.get("/files/{id}", request -> {
///     long id = PathParameters.of(request).number("id");
///     …
/// });
/// ```
///
/// Values are percent-decoded. Immutable.
public final class PathParameters {
    private final PathTemplate template;
    private final List<String> segments;

    PathParameters(PathTemplate template, List<String> segments) {
        this.template = template;
        this.segments = segments;
    }

    /// The parameters of a request that a [Router] has dispatched.
    ///
    /// @param request the request
    /// @return its parameters
    /// @throws IllegalStateException if no router has seen the request
    public static PathParameters of(Request request) {
        PathParameters parameters = request.attribute(PathParameters.class);
        if (parameters == null) {
            throw new IllegalStateException(
                    "no Router has dispatched "
                            + request.method()
                            + " "
                            + request.path()
                            + ": path parameters are there in handlers that were added to one");
        }
        return parameters;
    }

    /// The template of the route that was chosen: what logs and metrics count by.
    ///
    /// @return such as `/files/{id}`
    public String template() {
        return template.text();
    }

    /// A parameter as text.
    ///
    /// @param name the name between the braces
    /// @return its value; of `{name...}` all that is left of the path, without a slash in front,
    ///   and empty if nothing is left
    /// @throws IllegalArgumentException if the route's template has no such parameter
    public String text(String name) {
        return String.join("/", values(name));
    }

    /// A parameter as a whole number.
    ///
    /// @param name the name between the braces
    /// @return its value
    /// @throws HttpException with 400 if it is not a decimal number that fits a `long`
    /// @throws IllegalArgumentException if the route's template has no such parameter
    public long number(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new HttpException(
                    400, name + " must be a whole number, and is \"" + shortened(text) + "\"");
        }
    }

    /// The segments of a parameter: those of `{name...}`, one by one.
    ///
    /// @param name the name between the braces
    /// @return at least one; the last is empty if the path ends in a slash
    /// @throws IllegalArgumentException if the route's template has no such parameter
    public List<String> segments(String name) {
        return List.copyOf(values(name));
    }

    /// The segments of the parameter at the end, whatever its name.
    List<String> rest() {
        if (template.segments().getLast() instanceof PathTemplate.Segment.Rest(String name)) {
            return values(name);
        }
        throw new IllegalStateException(
                "path template \"" + template + "\" should end in a parameter such as {path...}");
    }

    private List<String> values(String name) {
        List<PathTemplate.Segment> described = template.segments();
        for (int i = 0; i < described.size(); i++) {
            switch (described.get(i)) {
                case PathTemplate.Segment.Parameter(String n) when n.equals(name) -> {
                    return List.of(segments.get(i));
                }
                case PathTemplate.Segment.Rest(String n) when n.equals(name) -> {
                    return segments.subList(i, segments.size());
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                "path template \"" + template + "\" has no parameter \"" + name + "\"");
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
