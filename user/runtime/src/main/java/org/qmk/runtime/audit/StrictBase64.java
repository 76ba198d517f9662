package org.qmk.runtime.audit;

import java.util.Base64;
import java.util.Optional;

/// Base 64 of RFC 4648, section 4, with one text for each sequence of bytes: padding is there and
/// unused bits are zero, so that no character can change unnoticed.
final class StrictBase64 {

    private StrictBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException otherText) {
            return Optional.empty();
        }
    }
}
