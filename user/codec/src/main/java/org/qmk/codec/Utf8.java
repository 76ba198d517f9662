package org.qmk.codec;

/// Whether bytes are UTF-8 (RFC 3629).
final class Utf8 {

    private Utf8() {}

    /// Offset of the first byte that is no part of a character, or the length if there is none.
    static int firstInvalid(byte[] bytes) {
        return firstInvalid(bytes, 0, bytes.length);
    }

    /// The same for a range: an offset in it, or its end.
    static int firstInvalid(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = characterLength(bytes, at, end);
            if (length == 0) return at;
            at += length;
        }
        return at;
    }

    /// Bytes of the character that begins here with a byte above 0x7F, 0 if none does.
    private static int characterLength(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end) return 0;
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        boolean overlong = first == 0xE0 && second < 0xA0 || first == 0xF0 && second < 0x90;
        boolean surrogate = first == 0xED && second >= 0xA0;
        boolean beyond = first == 0xF4 && second >= 0x90;
        return overlong || surrogate || beyond ? 0 : length;
    }

    /// Whether a text can be written in UTF-8: every surrogate has its partner.
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) continue;
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) return false;
            i++;
        }
        return true;
    }
}
