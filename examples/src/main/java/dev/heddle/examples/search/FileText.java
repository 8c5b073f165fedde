package dev.heddle.examples.search;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What the bytes of a file are: a text, or something to be skipped.
sealed interface FileText {
    /// Of a text, at most one byte in so many is a control character that texts seldom have.
    int CONTROL = 50;

    /// A text.
    ///
    /// @param text the text
    record Plain(String text) implements FileText {}

    /// No text.
    ///
    /// @param reason why
    record Refused(SkipReason reason) implements FileText {}

    static FileText of(byte[] bytes) {
        int controls = 0;
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' && !isUsual(b)) {
                if (b == 0) {
                    return new Refused(SkipReason.BINARY);
                }
                controls++;
            }
        }
        if (controls > bytes.length / CONTROL) {
            return new Refused(SkipReason.BINARY);
        }
        try {
            return new Plain(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return new Refused(SkipReason.NOT_UTF_8);
        }
    }

    private static boolean isUsual(byte b) {
        return switch (b) {
            case '\t', '\n', '\r', '\f', '\b', 0x1b -> true; // 0x1b colours terminals
            default -> false;
        };
    }
}
