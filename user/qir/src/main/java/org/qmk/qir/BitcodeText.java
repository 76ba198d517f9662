package org.qmk.qir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The text that bitcode becomes, and how things are spelled in it. Each character is a byte.
final class BitcodeText {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long most;

    /// @param most bytes that it may have: constants that name one another could unfold without end
    BitcodeText(long most) {
        this.most = most;
    }

    BitcodeText line(String line) {
        if (bytes.size() + (long) line.length() > most) {
            throw new BitcodeDamage("its text is too long");
        }
        bytes.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write('\n');
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /// A text in quotes.
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') quoted.append(c);
            else quoted.append("\\%02X".formatted((int) c));
        }
        return quoted.append('"').toString();
    }
}
