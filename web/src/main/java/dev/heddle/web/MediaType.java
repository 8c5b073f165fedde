package dev.heddle.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of a `Content-Type` field (RFC 9110, 8.3.1).
///
/// @param type type and subtype, in lower case
/// @param parameters by name, in lower case
record MediaType(String type, Map<String, String> parameters) {

    /// Takes a value apart.
    ///
    /// @return null if the value is malformed
    static @Nullable MediaType parse(String value) {
        int semicolon = value.indexOf(';');
        String type = lower(semicolon < 0 ? value : value.substring(0, semicolon));
        int slash = type.indexOf('/');
        if (slash <= 0 || slash == type.length() - 1) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        int at = semicolon;
        while (at >= 0 && at < value.length()) {
            int equals = value.indexOf('=', at);
            int end = endOfParameter(value, at + 1);
            String text = value.substring(at + 1, end);
            if (equals > 0 && equals < end) {
                String parameter = value.substring(equals + 1, end).strip();
                parameters.putIfAbsent(lower(value.substring(at + 1, equals)), unquoted(parameter));
            } else if (!text.isBlank()) {
                return null;
            }
            at = end;
        }
        return new MediaType(type, Map.copyOf(parameters));
    }

    /// The next semicolon that is not in quotes, or the end.
    private static int endOfParameter(String value, int start) {
        boolean quoted = false;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static String unquoted(String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == '\\' && i < text.length() - 2) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
