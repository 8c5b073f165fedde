package dev.heddle.examples.search;

import dev.heddle.http.Handler;
import dev.heddle.http.HttpException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.web.Filter;
import dev.heddle.web.Json;
import java.util.Locale;
import java.util.Map;

/// Lets only pages of this server ask it, and tells the browser to be strict with them.
///
/// To listen on 127.0.0.1 is not enough: any site may make its own name point there (DNS
/// rebinding), and then its scripts could read the user's files through their browser. Such
/// requests carry that site's name as `Host`. What other sites can send without asking first, such
/// as a form's `POST`, carries their `Origin`.
///
/// @param port where the server listens
record LocalOnly(int port) implements Filter {
    private static final int DEFAULT_PORT = 80;

    /// What the page is made of comes from here, and nothing else does.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    @Override
    public Handler around(Handler next) {
        return request -> protect(answer(next, request));
    }

    private Response answer(Handler next, Request request) throws Exception {
        String host = request.host().toLowerCase(Locale.ROOT);
        if (!isOurs(host)) {
            return error(421, "This server answers to 127.0.0.1 and localhost only.");
        }
        String origin = request.header("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            return error(403, "Other sites may not use this server.");
        }
        try {
            return next.handle(request);
        } catch (HttpException e) {
            return error(e.status(), e.reason());
        }
    }

    private boolean isOurs(String host) {
        return isOurs(host, "127.0.0.1") || isOurs(host, "localhost");
    }

    private boolean isOurs(String host, String name) {
        return host.equals(name + ":" + port) || (port == DEFAULT_PORT && host.equals(name));
    }

    private static Response error(int status, String message) {
        return Json.of(Map.of("error", message)).status(status);
    }

    private static Response protect(Response response) {
        return response.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
