package dev.heddle.http;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The header fields of a message: an ordered list of names and values, in which names are found
/// without regard to upper and lower case and may occur more than once.
///
/// Read only; the fields of a response are set through [Response#header].
@SuppressWarnings("DoNotCallSuggester")
public final class Headers implements Iterable<Map.Entry<String, String>> {
    Headers() {}

    /// The value of the first field of that name.
    ///
    /// @param name in any case
    /// @return the value, null if there is no such field
    public @Nullable String first(String name) {
        throw new UnsupportedOperationException();
    }

    /// The values of all fields of that name.
    ///
    /// @param name in any case
    /// @return the values in their order; empty if there is no such field
    public List<String> all(String name) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /// The fields in their order, the names as they were sent or set.
    ///
    /// @return an iterator that does not remove
    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        throw new UnsupportedOperationException();
    }
}
