package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The header fields of a message: an ordered list of names and values, in which names are found
/// without regard to upper and lower case and may occur more than once.
///
/// Read only; the fields of a response are set through [Response#header].
public final class Headers implements Iterable<Map.Entry<String, String>> {
    private static final String[] NONE = {};

    /// Name, value, name, value, … up to twice the size.
    private String[] fields;

    private int size;

    Headers() {
        this.fields = NONE;
    }

    private Headers(String[] fields) {
        this.fields = fields;
        this.size = fields.length / 2;
    }

    /// @param places four for each field: of its name and of its value in `head`
    static Headers of(byte[] head, int[] places) {
        String[] fields = new String[places.length / 2];
        for (int i = 0; i < fields.length; i++) {
            int from = places[2 * i];
            fields[i] = new String(head, from, places[2 * i + 1] - from, ISO_8859_1);
        }
        return new Headers(fields);
    }

    /// The value of the first field of that name.
    ///
    /// @param name in any case
    /// @return the value, null if there is no such field
    public @Nullable String first(String name) {
        for (int i = 0; i < size; i++) {
            if (name(i).equalsIgnoreCase(name)) {
                return value(i);
            }
        }
        return null;
    }

    /// The values of all fields of that name.
    ///
    /// @param name in any case
    /// @return the values in their order; empty if there is no such field
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (name(i).equalsIgnoreCase(name)) {
                values.add(value(i));
            }
        }
        return List.copyOf(values);
    }

    /// Whether there is a field of that name.
    ///
    /// @param name in any case
    /// @return true if there is at least one
    public boolean contains(String name) {
        return first(name) != null;
    }

    /// How many fields there are; two of the same name count as two.
    ///
    /// @return zero or more
    public int size() {
        return size;
    }

    /// The fields in their order, the names as they were sent or set.
    ///
    /// @return an iterator that does not remove
    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public Map.Entry<String, String> next() {
                if (next >= size) {
                    throw new NoSuchElementException("there are " + size + " header fields");
                }
                int at = next++;
                return Map.entry(name(at), value(at));
            }
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(name(i)).append(": ").append(value(i)).append('\n');
        }
        return text.toString();
    }

    String name(int index) {
        return fields[2 * index];
    }

    String value(int index) {
        return fields[2 * index + 1];
    }

    // ---- changes, for responses ----

    void add(String name, String value) {
        check(name, value);
        addUnchecked(name, value);
    }

    /// For names and values that are known to be well-formed.
    void addUnchecked(String name, String value) {
        if (2 * size == fields.length) {
            fields = Arrays.copyOf(fields, Math.max(4, 4 * size));
        }
        fields[2 * size] = name;
        fields[2 * size + 1] = value;
        size++;
    }

    void set(String name, String value) {
        check(name, value);
        remove(name);
        addUnchecked(name, value);
    }

    void remove(String name) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            String field = name(i);
            if (!field.equalsIgnoreCase(name)) {
                fields[2 * kept] = field;
                fields[2 * kept + 1] = value(i);
                kept++;
            }
        }
        size = kept;
    }

    private static void check(String name, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a header field has an empty name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!Octets.isToken(name.charAt(i))) {
                throw new IllegalArgumentException(
                        "the header name \"%s\" has the character U+%04X, and names consist of letters, digits and !#$%%&'*+-.^_`|~"
                                .formatted(printable(name), (int) name.charAt(i)));
            }
        }
        for (int i = 0; i < value.length(); i++) {
            if (!Octets.isFieldValue(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "the value of header %s has the character U+%04X at %d, which is not allowed there: encode it"
                                .formatted(name, (int) value.charAt(i), i));
            }
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
