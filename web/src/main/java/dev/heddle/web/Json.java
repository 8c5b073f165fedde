package dev.heddle.web;

import dev.heddle.http.HttpException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/// JSON in requests and responses, from and to records, collections and the like, by Jackson:
/// unknown fields are ignored, a primitive number or truth value that is missing is an error,
/// anything else that is missing is null, dates are written in ISO 8601.
///
/// ```java
/// record Note(String title, int stars) {}
///
/// router.post("/notes", request -> Json.of(store(Json.read(request, Note.class))).status(201));
/// ```
///
/// Text of more than 32 KiB is read and written in pieces of that size, between which the loop's
/// other tasks get their turn, so that a large one does not hold the loop. A large value must
/// therefore not be changed by other tasks while it is written: records and immutable collections
/// cannot be.
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .annotationIntrospector(new PrimitivesAreRequired())
                    // Looked at here, to say where the second value is.
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// By Jackson's defaults, what is missing is zero or false, as if the client had said so.
    private static final class PrimitivesAreRequired extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            Boolean marked = super.hasRequiredMarker(config, member);
            boolean missing = marked == null && member.getRawType().isPrimitive();
            return missing ? Boolean.TRUE : marked;
        }
    }

    /// An answer of JSON: status 200, `application/json`.
    ///
    /// @param value what to write; null is written as `null`
    /// @return a new response, with the JSON in it
    /// @throws IllegalArgumentException if a part of the value cannot be written; names the part
    public static Response of(@Nullable Object value) {
        return Response.bytes("application/json", bytes(value));
    }

    /// A value as JSON text, without line breaks: such as the data of a server-sent event.
    ///
    /// @param value what to write; null is written as `null`
    /// @return the JSON
    /// @throws IllegalArgumentException if a part of the value cannot be written; names the part
    public static String text(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JacksonException e) {
            throw notWritable(value, e);
        }
    }

    private static byte[] bytes(@Nullable Object value) {
        var out = new InPieces.Output();
        try {
            MAPPER.writeValue(out, value);
            return out.toByteArray();
        } catch (JacksonException e) {
            throw notWritable(value, e);
        }
    }

    private static IllegalArgumentException notWritable(
            @Nullable Object value, JacksonException e) {
        String type = value == null ? "null" : value.getClass().getName();
        return new IllegalArgumentException(
                "cannot write " + type + " as JSON: " + e.getMessage(), e);
    }

    /// Reads the body of a request.
    ///
    /// @param <T> the type of the value
    /// @param request the request, its body not read before; its `Content-Type` must be
    ///   `application/json` or end in `+json`, which also keeps forms of other sites out
    /// @param type what the JSON describes: a record, best of all. What its constructor refuses
    ///   with an [IllegalArgumentException] is refused as a wrong shape, with its message
    /// @return the value
    /// @throws HttpException if the body is no JSON by its type (415) or by its text (400, with
    ///   line and column), does not describe a `T` (422, with the field), or is too long (413)
    /// @throws IOException if the connection is lost before the end of the body
    public static <T> T read(Request request, Class<T> type) throws IOException {
        checkMediaType(request.header("Content-Type"));
        byte[] body = request.body().bytes();
        if (body.length == 0) {
            throw new HttpException(400, "the body is empty, and should be JSON");
        }
        T value;
        try (JsonParser parser = parser(body)) {
            value = MAPPER.readValue(parser, type);
            if (parser.nextToken() != null) {
                throw JsonProblem.trailing(parser.currentTokenLocation());
            }
        } catch (JacksonException e) {
            throw JsonProblem.of(e);
        }
        if (value == null) {
            throw new HttpException(422, "the body is null, and should be a value");
        }
        return value;
    }

    private static JsonParser parser(byte[] body) {
        return body.length <= InPieces.PIECE
                ? MAPPER.createParser(body)
                : MAPPER.createParser(new InPieces.Input(body));
    }

    private static void checkMediaType(@Nullable String contentType) {
        MediaType type = contentType == null ? null : MediaType.parse(contentType);
        if (type == null || !isJson(type.type())) {
            throw new HttpException(
                    415, "the body should be JSON, with Content-Type: application/json");
        }
        String charset = type.parameters().get("charset");
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw new HttpException(415, "JSON is sent in UTF-8, and not in another charset");
        }
    }

    private static boolean isJson(String type) {
        return type.equals("application/json")
                || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
