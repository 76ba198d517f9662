package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Reads the words of the text form. Works on one line at a time and never passes its end.
final class TextScanner {

    /// Words that a name must be quoted to be told from.
    static final Set<String> RESERVED =
            Set.of("if", "via", "after", "and", "or", "all", "any", "always");

    private static final boolean[] IN_NAME = inName();

    private final byte[] bytes;
    private int at;

    TextScanner(byte[] bytes) {
        this.bytes = bytes;
        at = hasByteOrderMark(bytes) ? 3 : 0;
    }

    static boolean hasByteOrderMark(byte[] bytes) {
        return bytes.length >= 3
                && (bytes[0] & 0xFF) == 0xEF
                && (bytes[1] & 0xFF) == 0xBB
                && (bytes[2] & 0xFF) == 0xBF;
    }

    private static boolean[] inName() {
        boolean[] in = new boolean[256];
        for (int c = '0'; c <= '9'; c++) in[c] = true;
        for (int c = 'A'; c <= 'Z'; c++) in[c] = true;
        for (int c = 'a'; c <= 'z'; c++) in[c] = true;
        for (char c : "_.-$[]".toCharArray()) in[c] = true;
        return in;
    }

    /// Whether a name can stand without quotes.
    static boolean isPlain(String name) {
        if (name.isEmpty() || RESERVED.contains(name) || !startsName(name.charAt(0))) return false;
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i) > 0x7F || !IN_NAME[name.charAt(i)]) return false;
        }
        return true;
    }

    /// Whether a value can stand without quotes; a colon in front could be taken for a label's.
    static boolean isPlainValue(String value) {
        if (value.startsWith(":")) return false;
        for (int i = 0; i < value.length(); i++) {
            if (!inValue(value.charAt(i)) || value.charAt(i) > 0x7E) return false;
        }
        return !value.isEmpty();
    }

    static boolean startsName(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
    }

    private static boolean inValue(int c) {
        return c > ' ' && c != 0x7F && c != '"' && c != '#';
    }

    int at() {
        return at;
    }

    /// Goes back to an earlier place of the same line.
    void back(int to) {
        at = to;
    }

    boolean atEnd() {
        return at >= bytes.length;
    }

    /// The byte here, or -1 past the end.
    int peek() {
        return at < bytes.length ? bytes[at] & 0xFF : -1;
    }

    void skipBlanks() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t')) at++;
    }

    /// Skips blanks and says whether the rest of the line is empty or a comment.
    boolean lineIsDone() {
        skipBlanks();
        if (at >= bytes.length) return true;
        byte c = bytes[at];
        return c == '\n' || c == '#' || c == '\r';
    }

    /// Goes to the start of the next line.
    void nextLine() {
        while (at < bytes.length && bytes[at] != '\n') at++;
        if (at < bytes.length) at++;
    }

    /// Steps over one byte if it is the given one.
    boolean take(char c) {
        if (peek() != c) return false;
        at++;
        return true;
    }

    /// Steps over blanks and two bytes if they are the given ones.
    boolean takePair(char first, char second) {
        skipBlanks();
        boolean here = at + 1 < bytes.length && bytes[at] == first && bytes[at + 1] == second;
        if (here) at += 2;
        return here;
    }

    /// Steps over a name without quotes; the range from the old place to here is empty if none is.
    /// A `-` that begins `->` is no part of it.
    void skipName() {
        if (at >= bytes.length || !startsName(bytes[at])) return;
        while (at < bytes.length && bytes[at] >= 0 && IN_NAME[bytes[at]]) {
            if (bytes[at] == '-' && at + 1 < bytes.length && bytes[at + 1] == '>') return;
            at++;
        }
    }

    /// Steps over a value without quotes.
    String value() throws Misread {
        int start = at;
        while (at < bytes.length && inValue(bytes[at] & 0xFF)) at++;
        if (at == start) throw unexpected("a value", "Give one, in double quotes if need be.");
        return text(start, at);
    }

    /// Steps over digits; -1, and no step, if there are none or they make more than `max`.
    long number(long max) {
        int start = at;
        long value = 0;
        boolean fits = true;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
            fits &= value <= max;
            if (!fits) value = 0;
        }
        if (fits && at > start) return value;
        at = start;
        return -1;
    }

    String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /// Whether the range holds the given ASCII word.
    boolean is(int start, int end, String word) {
        if (end - start != word.length()) return false;
        for (int i = 0; i < word.length(); i++) {
            if (bytes[start + i] != word.charAt(i)) return false;
        }
        return true;
    }

    /// Whether the range is one of the reserved words.
    boolean isReserved(int start, int end) {
        if (end == start) return false;
        return switch (bytes[start]) {
            case 'i' -> is(start, end, "if");
            case 'v' -> is(start, end, "via");
            case 'o' -> is(start, end, "or");
            case 'a' -> end - start <= 6 && RESERVED.contains(text(start, end));
            default -> false;
        };
    }

    /// Reads a text in double quotes, with the escapes of JSON.
    String quoted() throws Misread {
        int opening = at++;
        int start = at;
        while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\' && isInLine()) at++;
        if (peek() == '"') return text(start, at++);
        var text = new StringBuilder(text(start, at));
        while (true) {
            if (at >= bytes.length) throw new Misread(FormErrors.end("a closing \""), at);
            byte c = bytes[at];
            if (c == '"') {
                at++;
                break;
            }
            if (c == '\\') {
                text.append(escape());
            } else {
                if (!isInLine()) {
                    throw unexpected("a closing \"", "Close the text or escape the character.");
                }
                start = at;
                while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\' && isInLine()) {
                    at++;
                }
                text.append(text(start, at));
            }
        }
        String whole = text.toString();
        if (Utf8.isWellFormed(whole)) return whole;
        throw new Misread(
                FormErrors.syntax(
                        "half of a surrogate pair", "a character", "Escape both halves or none."),
                opening);
    }

    private boolean isInLine() {
        return bytes[at] < 0 || bytes[at] >= ' ' && bytes[at] != 0x7F;
    }

    private char escape() throws Misread {
        int start = at++;
        int c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/' -> {
                return (char) c;
            }
            case 'b' -> {
                return '\b';
            }
            case 'f' -> {
                return '\f';
            }
            case 'n' -> {
                return '\n';
            }
            case 'r' -> {
                return '\r';
            }
            case 't' -> {
                return '\t';
            }
            case 'u' -> {
                int value = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
                    if (digit < 0) throw badEscape(start);
                    value = value << 4 | digit;
                    at++;
                }
                return (char) value;
            }
            default -> throw badEscape(start);
        }
    }

    private Misread badEscape(int start) {
        at = Math.min(at, bytes.length);
        String expected = "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX";
        return new Misread(
                FormErrors.syntax("an unknown escape", expected, "Double the backslash."), start);
    }

    /// The error that what stands here is not what was expected.
    Misread unexpected(String expected, String mend) {
        if (at >= bytes.length) return new Misread(FormErrors.end(expected), at);
        return new Misread(FormErrors.syntax(found(), expected, mend), at);
    }

    /// What stands here, for a message.
    private String found() {
        byte c = bytes[at];
        if (c == '\n' || c == '\r') return "the end of the line";
        int end = at;
        while (end < bytes.length && end - at < 60 && (bytes[end] < 0 || bytes[end] > ' ')) end++;
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) end++;
        return FormErrors.quoted(text(at, Math.max(end, at + 1)));
    }
}
