package dev.heddle.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decodes `application/x-www-form-urlencoded`, the format of queries.
final class Query {
    private static final int MOST_PARAMETERS = 1_000;

    private Query() {}

    static Map<String, List<String>> decode(byte[] bytes, int from, int to) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int count = 0;
        int at = from;
        while (at < to) {
            int end = find(bytes, '&', at, to);
            if (end > at) {
                if (++count > MOST_PARAMETERS) {
                    throw new HttpException(
                            400, "the query has more than " + MOST_PARAMETERS + " parameters");
                }
                int equals = find(bytes, '=', at, end);
                String name = text(bytes, at, equals);
                String value = text(bytes, Math.min(equals + 1, end), end);
                parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
            at = end + 1;
        }
        parameters.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(parameters);
    }

    private static int find(byte[] bytes, char wanted, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String text(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte octet = bytes[i];
            if (octet == '+') {
                octet = ' ';
            } else if (octet == '%') {
                int value =
                        i + 2 < to ? Octets.hex(bytes[i + 1]) << 4 | Octets.hex(bytes[i + 2]) : -1;
                if (value < 0) {
                    throw new HttpException(
                            400, "the query has a % without two hexadecimal digits");
                }
                octet = (byte) value;
                i += 2;
            }
            decoded[length++] = octet;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new HttpException(400, "the query is not in UTF-8");
        }
    }
}
