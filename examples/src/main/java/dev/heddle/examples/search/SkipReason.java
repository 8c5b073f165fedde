package dev.heddle.examples.search;

/// Why a file was left out of the index.
public enum SkipReason {
    /// No permission, or the disk failed.
    UNREADABLE("cannot be read"),
    /// It was listed, and gone when it was opened.
    VANISHED("vanished while reading"),
    /// It holds a NUL byte, or too many control characters for a text.
    BINARY("is binary"),
    /// Its bytes are not UTF-8.
    NOT_UTF_8("is not UTF-8"),
    /// It is above [Indexer#LARGEST_FILE].
    TOO_LARGE("is too large");

    private final String words;

    SkipReason(String words) {
        this.words = words;
    }

    /// The reason in words that continue "the file …".
    ///
    /// @return for people to read
    public String words() {
        return words;
    }
}
