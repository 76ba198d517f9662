package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts LLVM IR text into words. Comments and space are passed over.
final class QirLexer {

    private static final byte SPACE = 1;
    private static final byte NAME = 2;
    private static final byte DIGIT = 4;
    private static final byte[] CLASSES = classes();

    /// Characters that begin words and are no part of names.
    private static final String MARKS = "%@#!\"=,()[]{}<>*|:^;";

    private final byte[] source;
    private final QirNotes notes;
    private int at;

    /// The word at hand: its kind, and its bytes from `start` to `end`.
    QirToken kind = QirToken.END;

    int start;
    int end;

    /// Whether the word at hand is the first of its line.
    boolean first;

    QirLexer(byte[] source, QirNotes notes) {
        this.source = source;
        this.notes = notes;
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c : new int[] {' ', '\t', '\r', '\n', '\f'}) classes[c] = SPACE;
        for (int c = 'a'; c <= 'z'; c++) classes[c] = NAME;
        for (int c = 'A'; c <= 'Z'; c++) classes[c] = NAME;
        for (int c = '0'; c <= '9'; c++) classes[c] = NAME | DIGIT;
        for (int c : new int[] {'$', '.', '_', '-'}) classes[c] = NAME;
        return classes;
    }

    private boolean is(int index, byte mask) {
        return index < source.length && (CLASSES[source[index] & 0xFF] & mask) != 0;
    }

    private int peek(int index) {
        return index < source.length ? source[index] & 0xFF : -1;
    }

    /// Goes on to the next word.
    QirToken next() {
        first = at == 0;
        pass();
        while (at < source.length && isStray(at)) {
            stray();
            pass();
        }
        start = at;
        kind = at == source.length ? QirToken.END : word();
        end = at;
        return kind;
    }

    /// Passes over space and comments.
    private void pass() {
        while (at < source.length) {
            byte c = source[at];
            if (c == '\n') {
                first = true;
            } else if (c == ';') {
                while (at < source.length && source[at] != '\n') at++;
                continue;
            } else if (CLASSES[c & 0xFF] != SPACE) {
                break;
            }
            at++;
        }
    }

    private boolean isStray(int index) {
        int c = source[index] & 0xFF;
        return CLASSES[c] == 0 && (c >= 128 || MARKS.indexOf(c) < 0);
    }

    /// Notes a run of characters that begin no word, once.
    private void stray() {
        int from = at;
        while (at < source.length && isStray(at)) at++;
        String found = "'" + notes.excerpt(from, at) + "'";
        QirValidator.note(notes.error(QirRule.SYNTAX_CHARACTER, from, found));
    }

    private QirToken word() {
        int c = source[at] & 0xFF;
        return switch (c) {
            case '%' -> named(QirToken.LOCAL);
            case '@' -> named(QirToken.GLOBAL);
            case '$' -> named(QirToken.COMDAT);
            case '#' -> named(QirToken.GROUP);
            case '!' -> metadata();
            case '"' -> quoted();
            case '=' -> mark(QirToken.EQUALS);
            case ',' -> mark(QirToken.COMMA);
            case '(' -> mark(QirToken.OPEN);
            case ')' -> mark(QirToken.CLOSE);
            case '[' -> mark(QirToken.LEFT_BRACKET);
            case ']' -> mark(QirToken.RIGHT_BRACKET);
            case '{' -> mark(QirToken.LEFT_BRACE);
            case '}' -> mark(QirToken.RIGHT_BRACE);
            case '<' -> mark(QirToken.LESS);
            case '>' -> mark(QirToken.GREATER);
            case '*' -> mark(QirToken.STAR);
            case '|', ':', '^' -> mark(QirToken.BAR);
            default -> plain(c);
        };
    }

    private QirToken mark(QirToken token) {
        at++;
        return token;
    }

    private QirToken plain(int c) {
        if (c == '.' && peek(at + 1) == '.' && peek(at + 2) == '.') {
            at += 3;
            return QirToken.DOTS;
        }
        boolean signed = (c == '-' || c == '+') && is(at + 1, DIGIT);
        if (signed || is(at, DIGIT)) return number();
        if (c == 'c' && peek(at + 1) == '"') {
            at++;
            text();
            return QirToken.BYTES;
        }
        while (is(at, NAME)) at++;
        return labelOr(QirToken.WORD);
    }

    private QirToken labelOr(QirToken token) {
        if (peek(at) != ':') return token;
        at++;
        return QirToken.LABEL;
    }

    private QirToken number() {
        int from = at;
        at++;
        boolean hexadecimal = source[from] == '0' && peek(at) == 'x';
        boolean real = hexadecimal;
        while (at < source.length) {
            int c = source[at] & 0xFF;
            boolean sign = (c == '+' || c == '-') && (source[at - 1] | 0x20) == 'e' && !hexadecimal;
            if (!sign && (CLASSES[c] & NAME) == 0) break;
            if (c == '.' || c == 'e' || c == 'E') real = true;
            at++;
        }
        return labelOr(real ? QirToken.REAL : QirToken.INTEGER);
    }

    private QirToken named(QirToken token) {
        at++;
        if (peek(at) == '"') {
            text();
            return token;
        }
        while (is(at, NAME)) at++;
        return token;
    }

    private QirToken metadata() {
        at++;
        if (peek(at) == '"') text();
        else while (is(at, NAME) || peek(at) == '\\') at++;
        return QirToken.METADATA;
    }

    private QirToken quoted() {
        text();
        return labelOr(QirToken.TEXT);
    }

    private void text() {
        int from = at;
        at++;
        while (at < source.length && source[at] != '"') at++;
        if (at == source.length) throw notes.fatal(QirRule.SYNTAX_OPEN, from, "string");
        at++;
    }

    /// The word at hand as it is written.
    String spelling() {
        return new String(source, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /// Whether the word at hand is the given one.
    boolean isWord(String word) {
        if (kind != QirToken.WORD || end - start != word.length()) return false;
        for (int i = 0; i < word.length(); i++) {
            if (source[start + i] != word.charAt(i)) return false;
        }
        return true;
    }

    /// The name in the word at hand, without its mark, quotes and colon.
    String name() {
        int from = start;
        int to = end;
        switch (kind) {
            case LOCAL, GLOBAL, GROUP, METADATA, COMDAT -> from++;
            case LABEL -> to--;
            case BYTES -> from++;
            case WORD, TEXT, INTEGER, REAL, EQUALS, COMMA, OPEN, CLOSE, LEFT_BRACKET -> {}
            case RIGHT_BRACKET, LEFT_BRACE, RIGHT_BRACE, LESS, GREATER, STAR, DOTS, BAR, END -> {}
        }
        if (to - from >= 2 && source[from] == '"' && source[to - 1] == '"') {
            byte[] bytes = unescaped(from + 1, to - 1);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return new String(source, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /// The bytes of the string constant at hand.
    byte[] bytes() {
        return unescaped(start + 2, end - 1);
    }

    /// Two hexadecimal digits after a backslash are a byte.
    private byte[] unescaped(int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            int high = source[i] == '\\' && i + 2 < to ? Character.digit(source[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(source[i + 2], 16) : -1;
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = source[i];
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /// Passes over the rest of the line, or over a word that could not be read.
    void skipLine() {
        while (at < source.length && source[at] != '\n') at++;
        next();
    }
}
