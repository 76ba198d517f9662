package org.qmk.runtime.token;

import java.util.Base64;
import java.util.Optional;

/// Bytes as text that a line, an address or a header can carry: a prefix, then base64url without
/// padding.
enum WireText {
    HANDLE("qmkh1."),
    TOKEN("qmkd1.");

    private final String prefix;

    WireText(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    String write(byte[] bytes) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The most characters that so many bytes take.
    int lengthMax(int bytesMax) {
        return prefix.length() + (bytesMax * 4 + 2) / 3;
    }

    /// The bytes, or nothing if the text is not exactly what `write` makes of some bytes.
    Optional<byte[]> read(String text) {
        if (!text.startsWith(prefix)) return Optional.empty();
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(prefix.length()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        // The decoder lets padding and stray last bits pass: two texts for one token.
        return write(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    }
}
