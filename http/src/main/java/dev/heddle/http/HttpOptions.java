package dev.heddle.http;

import java.time.Duration;
import java.util.function.Consumer;

/// The limits and habits of an [HttpServer]. Immutable: each `with` method gives a changed copy.
///
/// ```java
/// HttpOptions.defaults().withMaxBody(64L << 20).withIdleTimeout(Duration.ofMinutes(1))
/// ```
public final class HttpOptions {
    private static final HttpOptions DEFAULTS = new HttpOptions(new Values());

    /// Changed only before the options that hold it are made.
    private final Values values;

    private HttpOptions(Values values) {
        this.values = values;
    }

    /// The defaults, as each method names them.
    ///
    /// @return the options
    public static HttpOptions defaults() {
        return DEFAULTS;
    }

    /// The longest request line, in bytes. A longer one is refused with 414. Default: 8 KiB.
    ///
    /// @return the setting
    public int maxRequestLine() {
        return values.maxRequestLine;
    }

    /// A copy with another [#maxRequestLine].
    ///
    /// @param value from 1 to 1 MiB
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withMaxRequestLine(int value) {
        checkRange("maxRequestLine", value, 1, 1 << 20);
        return with(v -> v.maxRequestLine = value);
    }

    /// The most bytes that all header fields together may have, and again the trailer fields. More
    /// is refused with 431. Default: 8 KiB.
    ///
    /// @return the setting
    public int maxHeaderBytes() {
        return values.maxHeaderBytes;
    }

    /// A copy with another [#maxHeaderBytes].
    ///
    /// @param value from 1 to 16 MiB
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withMaxHeaderBytes(int value) {
        checkRange("maxHeaderBytes", value, 1, 1 << 24);
        return with(v -> v.maxHeaderBytes = value);
    }

    /// The most header fields, and again the most trailer fields. More is refused with 431.
    /// Default: 100.
    ///
    /// @return the setting
    public int maxHeaders() {
        return values.maxHeaders;
    }

    /// A copy with another [#maxHeaders].
    ///
    /// @param value from 1 to 10_000
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withMaxHeaders(int value) {
        checkRange("maxHeaders", value, 1, 10_000);
        return with(v -> v.maxHeaders = value);
    }

    /// The longest body of a request, in bytes. A longer one is refused with 413. Default: 1 MiB.
    ///
    /// @return the setting
    public long maxBody() {
        return values.maxBody;
    }

    /// A copy with another [#maxBody].
    ///
    /// @param value zero or more
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withMaxBody(long value) {
        checkRange("maxBody", value, 0, Long.MAX_VALUE);
        return with(v -> v.maxBody = value);
    }

    /// How long a client may take from the first byte of a request to the end of its header. Longer
    /// is answered with 408. Default: 5 s.
    ///
    /// @return the setting
    public Duration headerTimeout() {
        return values.headerTimeout;
    }

    /// A copy with another [#headerTimeout].
    ///
    /// @param value more than zero
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withHeaderTimeout(Duration value) {
        checkPositive("headerTimeout", value);
        return with(v -> v.headerTimeout = value);
    }

    /// How long a handler that reads the body waits for the client's next bytes. Longer is answered
    /// with 408. Default: 10 s.
    ///
    /// @return the setting
    public Duration bodyTimeout() {
        return values.bodyTimeout;
    }

    /// A copy with another [#bodyTimeout].
    ///
    /// @param value more than zero
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withBodyTimeout(Duration value) {
        checkPositive("bodyTimeout", value);
        return with(v -> v.bodyTimeout = value);
    }

    /// How long a connection may be without a request, new or between two. It is then closed
    /// silently. Default: 10 s.
    ///
    /// @return the setting
    public Duration idleTimeout() {
        return values.idleTimeout;
    }

    /// A copy with another [#idleTimeout].
    ///
    /// @param value more than zero
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withIdleTimeout(Duration value) {
        checkPositive("idleTimeout", value);
        return with(v -> v.idleTimeout = value);
    }

    /// How long a client may take none of the bytes that are sent. The connection is then aborted.
    /// Default: 30 s.
    ///
    /// @return the setting
    public Duration writeTimeout() {
        return values.writeTimeout;
    }

    /// A copy with another [#writeTimeout].
    ///
    /// @param value more than zero
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withWriteTimeout(Duration value) {
        checkPositive("writeTimeout", value);
        return with(v -> v.writeTimeout = value);
    }

    /// The most connections at a time. Further ones wait to be accepted. Default: 10,000.
    ///
    /// @return the setting
    public int maxConnections() {
        return values.maxConnections;
    }

    /// A copy with another [#maxConnections].
    ///
    /// @param value from 1 to `Integer.MAX_VALUE`
    /// @return the copy
    /// @throws IllegalArgumentException if the value is out of its range
    public HttpOptions withMaxConnections(int value) {
        checkRange("maxConnections", value, 1, Integer.MAX_VALUE);
        return with(v -> v.maxConnections = value);
    }

    /// Whether other servers, one on each loop, may listen on the same port (`SO_REUSEPORT`).
    /// Default: no.
    ///
    /// @return the setting
    public boolean reusePort() {
        return values.reusePort;
    }

    /// A copy with another [#reusePort].
    ///
    /// @param value the setting
    /// @return the copy
    public HttpOptions withReusePort(boolean value) {
        return with(v -> v.reusePort = value);
    }

    /// What the `Server` field says; empty for no such field. Default: Heddle.
    ///
    /// @return the name
    public String serverName() {
        return values.serverName;
    }

    /// A copy with another [#serverName].
    ///
    /// @param value ISO 8859-1 without control characters
    /// @return the copy
    /// @throws IllegalArgumentException if it has a character that is not allowed
    public HttpOptions withServerName(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!Octets.isFieldValue(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "serverName has the character U+%04X, which is not allowed in a header"
                                .formatted((int) value.charAt(i)));
            }
        }
        return with(v -> v.serverName = value);
    }

    private HttpOptions with(Consumer<Values> change) {
        Values copy = new Values(values);
        change.accept(copy);
        return new HttpOptions(copy);
    }

    private static void checkRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is from " + least + " to " + most + ", not " + value);
        }
    }

    private static void checkPositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is more than zero, not " + value);
        }
    }

    private static final class Values {
        int maxRequestLine = 8 * 1024;
        int maxHeaderBytes = 8 * 1024;
        int maxHeaders = 100;
        long maxBody = 1024 * 1024;
        Duration headerTimeout = Duration.ofSeconds(5);
        Duration bodyTimeout = Duration.ofSeconds(10);
        Duration idleTimeout = Duration.ofSeconds(10);
        Duration writeTimeout = Duration.ofSeconds(30);
        int maxConnections = 10_000;
        boolean reusePort = false;
        String serverName = "Heddle";

        Values() {}

        Values(Values other) {
            maxRequestLine = other.maxRequestLine;
            maxHeaderBytes = other.maxHeaderBytes;
            maxHeaders = other.maxHeaders;
            maxBody = other.maxBody;
            headerTimeout = other.headerTimeout;
            bodyTimeout = other.bodyTimeout;
            idleTimeout = other.idleTimeout;
            writeTimeout = other.writeTimeout;
            maxConnections = other.maxConnections;
            reusePort = other.reusePort;
            serverName = other.serverName;
        }
    }
}
