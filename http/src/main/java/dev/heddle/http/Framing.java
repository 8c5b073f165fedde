package dev.heddle.http;

/// How a client of HTTP/1 is told where a response ends, and what the head says of it.
///
/// @param body what of the body is sent
/// @param length the `Content-Length`, -1 for no such field
/// @param closes whether the connection ends behind the response
/// @param minor the version that the client speaks
record Framing(Kind body, long length, boolean closes, int minor) {
    enum Kind {
        /// The status or the method allows no body.
        NONE,
        /// As many bytes as `length` says.
        COUNTED,
        CHUNKED,
        /// Up to the end of the connection.
        UNTIL_CLOSE
    }

    /// @param closes whether the connection ends anyway
    static Framing of(RequestHead request, Response response, boolean closes) {
        int minor = request.minor();
        boolean isHead = request.method().equals("HEAD");
        boolean bodiless = response.status() == 204 || response.status() == 304;
        long announced = response.announcedLength();
        long known = response.length();
        if (bodiless) {
            long length = response.status() == 304 ? announced : -1;
            return new Framing(Kind.NONE, length, closes, minor);
        }
        if (known < 0 && announced < 0) {
            Kind kind = isHead ? Kind.NONE : minor > 0 ? Kind.CHUNKED : Kind.UNTIL_CLOSE;
            return new Framing(kind, -1, closes || kind == Kind.UNTIL_CLOSE, minor);
        }
        boolean mayDiffer = known < 0 || (isHead && known == 0);
        if (announced >= 0 && announced != known && !mayDiffer) {
            throw new IllegalStateException(
                    "the handler has announced a Content-Length of "
                            + announced
                            + " for a body of "
                            + known
                            + " bytes");
        }
        return new Framing(
                isHead ? Kind.NONE : Kind.COUNTED,
                announced >= 0 ? announced : known,
                closes,
                minor);
    }

    /// Whether the head says that chunks follow: also to HEAD, where they do not.
    boolean saysChunked(Response response) {
        return body == Kind.CHUNKED
                || (body == Kind.NONE
                        && length < 0
                        && minor > 0
                        && response.status() != 204
                        && response.status() != 304);
    }
}
