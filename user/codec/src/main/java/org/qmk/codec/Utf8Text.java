package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Growing UTF-8 text.
final class Utf8Text {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[64];
    private int size;

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    Utf8Text letter(char ascii) {
        if (size == bytes.length) grow(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    Utf8Text raw(byte[] utf8) {
        if (size + utf8.length > bytes.length) grow(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    /// Adds text as it is.
    @SuppressWarnings("deprecation") // the cheap copy of ASCII letters
    Utf8Text text(String text) {
        int length = text.length();
        if (size + length > bytes.length) grow(length);
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) > 0x7F) return raw(text.getBytes(StandardCharsets.UTF_8));
        }
        text.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    Utf8Text number(long value) {
        if (value >= 0 && value < 10) return letter((char) ('0' + value));
        return text(Long.toString(value));
    }

    /// Adds text in double quotes, escaped as JSON wants it.
    Utf8Text quoted(String text) {
        letter('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean special = c < ' ' || c == '"' || c == '\\' || c == 0x7F;
            if (!special) continue;
            text(text.substring(plain, i));
            plain = i + 1;
            escaped(c);
        }
        return text(text.substring(plain)).letter('"');
    }

    private void escaped(char c) {
        letter('\\');
        switch (c) {
            case '"', '\\' -> letter(c);
            case '\n' -> letter('n');
            case '\r' -> letter('r');
            case '\t' -> letter('t');
            default -> {
                text("u00");
                letter((char) HEX[c >> 4]).letter((char) HEX[c & 15]);
            }
        }
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), size + (size >> 1)));
    }
}
