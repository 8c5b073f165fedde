package dev.heddle.web;

import dev.heddle.http.HttpException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Tells a client what is wrong with its JSON: in the terms of the JSON, not of our classes.
final class JsonProblem {
    private static final int LONGEST_QUOTE = 60;

    private JsonProblem() {}

    static HttpException of(JacksonException problem) {
        return switch (problem) {
            case InputCoercionException e ->
                    wrongShape(e.getPath(), "is a number that is too large or too small");
            case StreamConstraintsException e ->
                    malformed(
                            e.getLocation(),
                            "it is nested too deeply, or has too long a number or name");
            case StreamReadException e ->
                    malformed(e.getLocation(), firstLine(e.getOriginalMessage()));
            case MismatchedInputException e ->
                    wrongShape(e.getPath(), "must be " + expected(e) + found(e));
            case ValueInstantiationException e -> wrongShape(e.getPath(), "is refused" + why(e));
            default ->
                    throw new IllegalStateException(
                            "JSON cannot be read into the type that was asked for: "
                                    + problem.getMessage(),
                            problem);
        };
    }

    /// There is something behind the value.
    static HttpException trailing(TokenStreamLocation where) {
        return malformed(where, "there is more behind the value");
    }

    private static HttpException malformed(@Nullable TokenStreamLocation where, String what) {
        String place =
                where == null
                        ? ""
                        : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return new HttpException(400, "malformed JSON" + place + ": " + what);
    }

    private static HttpException wrongShape(List<JacksonException.Reference> path, String what) {
        return new HttpException(422, place(path) + " " + what);
    }

    /// Such as `items[2].price`.
    private static String place(List<JacksonException.Reference> path) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : path) {
            String name = step.getPropertyName();
            if (name == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(shortened(name));
            }
        }
        return place.isEmpty() ? "the body" : place.toString();
    }

    private static String expected(MismatchedInputException problem) {
        Class<?> type = problem.getTargetType();
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return "a whole number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "a date or time in ISO 8601";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type)
                ? "an object"
                : "a value of another form";
    }

    private static String found(MismatchedInputException problem) {
        return problem instanceof InvalidFormatException e && e.getValue() != null
                ? ", and is \"" + shortened(e.getValue().toString()) + "\""
                : "";
    }

    private static String why(ValueInstantiationException problem) {
        String message = messageOf(problem.getCause());
        return message == null ? "" : ": " + message;
    }

    /// What a constructor says to whoever calls it with wrong values; of other failures nothing is
    /// the client's business.
    private static @Nullable String messageOf(@Nullable Throwable cause) {
        return cause instanceof IllegalArgumentException ? cause.getMessage() : null;
    }

    /// Behind the first line, Jackson tells of its own settings.
    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
