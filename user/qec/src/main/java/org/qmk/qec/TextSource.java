package org.qmk.qec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The bytes of a text, one at a time, with the place of the next one.
public final class TextSource {

    /// What `peek` gives behind the last byte.
    public static final int END = -1;

    private static final long DIGITS_SAFE = (Long.MAX_VALUE - 9) / 10;
    private static final int WORD_MAX = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int size;
    private int line = 1;
    private int column = 1;
    private byte[] word = new byte[64];
    private int wordSize;

    public TextSource(InputStream in) throws IOException {
        this.in = in;
        fill();
    }

    private void fill() throws IOException {
        at = 0;
        size = in.read(buffer);
    }

    /// The next byte, or `END`.
    public int peek() {
        return size <= 0 ? END : buffer[at] & 255;
    }

    /// Goes past the next byte.
    public void next() throws IOException {
        if (buffer[at++] == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
        if (at == size) fill();
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public QecFailure failure(QecRule rule, String sentence) {
        return new QecFailure(rule, sentence).at(line, column);
    }

    /// The next character as a message names it.
    public String found() {
        int c = peek();
        if (c == END) return "the end";
        if (c == '\n') return "the end of the line";
        return c > ' ' && c < 127 ? "'" + (char) c + "'" : "byte %d".formatted(c & 255);
    }

    /// Goes past spaces, tabs and carriage returns.
    public void skipBlanks() throws IOException {
        for (int c = peek(); c == ' ' || c == '\t' || c == '\r'; c = peek()) next();
    }

    /// Goes past blanks, line ends and comments.
    public void skipLines() throws IOException {
        while (true) {
            skipBlanks();
            if (peek() == '#') skipComment();
            if (peek() != '\n') return;
            next();
        }
    }

    private void skipComment() throws IOException {
        for (int c = peek(); c != '\n' && c != END; c = peek()) next();
    }

    /// Goes past blanks and a comment to the end of a line or to a brace.
    public void endLine() throws IOException, QecFailure {
        skipBlanks();
        if (peek() == '#') skipComment();
        int c = peek();
        if (c != '\n' && c != END && c != '{' && c != '}') {
            throw failure(QecRule.SYNTAX, "found " + found() + ", expected the end of the line");
        }
    }

    /// Whether the line has more to say.
    public boolean lineGoesOn() throws IOException {
        skipBlanks();
        int c = peek();
        return c != '\n' && c != END && c != '#' && c != '{' && c != '}';
    }

    /// Goes past a character that must come.
    public void expect(char c) throws IOException, QecFailure {
        if (peek() != c) {
            throw failure(QecRule.SYNTAX, "found " + found() + ", expected '" + c + "'");
        }
        next();
    }

    /// Goes past a character if it comes.
    public boolean take(char c) throws IOException {
        if (peek() != c) return false;
        next();
        return true;
    }

    /// A name of letters, digits and underscores; empty if there is none.
    public String name() throws IOException {
        wordSize = 0;
        for (int c = peek(); isNamePart(c) && wordSize < 256; c = peek()) push(c);
        return taken();
    }

    private static boolean isNamePart(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }

    private void push(int c) throws IOException {
        if (wordSize == word.length) word = java.util.Arrays.copyOf(word, 2 * wordSize);
        word[wordSize++] = (byte) c;
        next();
    }

    private String taken() {
        return new String(word, 0, wordSize, StandardCharsets.UTF_8);
    }

    /// A whole number from 0 to a bound.
    public long number(long max) throws IOException, QecFailure {
        if (peek() < '0' || peek() > '9') {
            throw failure(QecRule.SYNTAX, "found " + found() + ", expected a whole number");
        }
        long value = 0;
        for (int c = peek(); c >= '0' && c <= '9'; c = peek()) {
            boolean fits = value <= DIGITS_SAFE;
            if (fits) value = 10 * value + (c - '0');
            if (!fits || value > max) {
                throw failure(QecRule.NUMBER, "the number is larger than " + max);
            }
            next();
        }
        return value;
    }

    /// A number as `Double.parseDouble` reads it.
    public double real() throws IOException, QecFailure {
        wordSize = 0;
        for (int c = peek(); isRealPart(c) && wordSize < 256; c = peek()) push(c);
        String text = taken();
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) return value;
        } catch (NumberFormatException e) {
            QecFailure failure = failure(QecRule.NUMBER, "'" + text + "' is no number");
            failure.initCause(e);
            throw failure;
        }
        throw failure(QecRule.NUMBER, "'" + text + "' is no finite number");
    }

    private static boolean isRealPart(int c) {
        return c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
    }

    /// Numbers in parentheses; none if there are no parentheses.
    public double[] arguments() throws IOException, QecFailure {
        if (!take('(')) return new double[0];
        double[] values = new double[4];
        int count = 0;
        skipBlanks();
        while (peek() != ')') {
            if (count > 0) {
                expect(',');
                skipBlanks();
            }
            if (count == WORD_MAX) throw failure(QecRule.ARGUMENT, "there are too many arguments");
            if (count == values.length) values = java.util.Arrays.copyOf(values, 2 * count);
            values[count++] = real();
            skipBlanks();
        }
        next();
        return java.util.Arrays.copyOf(values, count);
    }

    /// A tag in brackets, its escapes resolved; empty if there is none.
    public String tag() throws IOException, QecFailure {
        if (!take('[')) return "";
        wordSize = 0;
        while (peek() != ']') {
            int c = peek();
            if (c == '\n' || c == END) {
                throw failure(QecRule.SYNTAX, "found " + found() + ", expected ']'");
            }
            if (wordSize == WORD_MAX) throw failure(QecRule.SIZE, "the tag is too long");
            if (c != '\\') {
                push(c);
                continue;
            }
            next();
            int escaped = unescaped(peek());
            push(escaped);
        }
        next();
        return taken();
    }

    private int unescaped(int c) throws QecFailure {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'B' -> '\\';
            case 'C' -> ']';
            default ->
                    throw failure(
                            QecRule.SYNTAX,
                            "found " + found() + " after a backslash, expected n, r, B or C");
        };
    }

    /// A tag as a text has it, with its brackets; empty if it is empty.
    public static String tagText(String tag) {
        if (tag.isEmpty()) return "";
        String escaped =
                tag.replace("\\", "\\B")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("]", "\\C");
        return "[" + escaped + "]";
    }

    /// The shortest decimal that reads back as the same number.
    public static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        int mark = text.indexOf('E');
        if (mark < 0) return text;
        if (Math.abs(value) < 1 && Math.abs(value) >= 1e-6) {
            return new java.math.BigDecimal(text).toPlainString();
        }
        String digits = text.substring(0, mark);
        if (digits.endsWith(".0")) digits = digits.substring(0, digits.length() - 2);
        return digits + "e" + text.substring(mark + 1);
    }
}
