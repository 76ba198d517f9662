package org.qmk.qasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Cuts UTF-8 bytes into tokens, one at a time.
///
/// After `next`, the fields say what stands there. Names are kept once, so that a flat list of
/// gates allocates nothing per word.
final class QasmLexer {

    /// What may stand after a number, and how much it is of the unit that is kept.
    private static final Map<String, Double> UNITS =
            Map.of(
                    "im", 1.0, "dt", 1.0, "ns", 1.0, "us", 1e3, "µs", 1e3, "μs", 1e3, "ms", 1e6,
                    "s", 1e9);

    private final byte[] source;
    private final QasmNotes notes;

    /// Where the next token is looked for.
    private int position;

    QasmToken token = QasmToken.END_OF_FILE;
    int start;
    int end;

    /// The spelling of a NAME or keyword; of a TEXT, BITS, ANNOTATION or PRAGMA its contents.
    String text = "";

    /// The value of an INTEGER.
    long whole;

    /// The value of a REAL, IMAGINARY or TIMING.
    double real;

    /// Whether a TIMING, whose value is `real`, is counted in ticks and not in nanoseconds.
    boolean isTicks;

    /// Whether only the keywords of OpenQASM 2 are reserved.
    boolean version2;

    private String[] names = new String[256];
    private byte[][] nameBytes = new byte[256][];
    private QasmToken[] nameTokens = new QasmToken[256];
    private int nameCount;

    QasmLexer(byte[] source, QasmNotes notes) {
        this.source = source;
        this.notes = notes;
        for (QasmToken keyword : QasmToken.keywords()) {
            byte[] bytes = keyword.spelling().getBytes(StandardCharsets.UTF_8);
            intern(bytes, 0, bytes.length);
            int slot = slot(bytes, 0, bytes.length);
            nameTokens[slot] = keyword;
        }
        if (source.length >= 3
                && (source[0] & 0xFF) == 0xEF
                && (source[1] & 0xFF) == 0xBB
                && (source[2] & 0xFF) == 0xBF) {
            position = 3; // byte order mark
        }
    }

    /// Moves to the next token.
    QasmToken next() {
        skipBlanks();
        start = position;
        if (position >= source.length) {
            end = position;
            return token = QasmToken.END_OF_FILE;
        }
        int c = source[position];
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c < 0) {
            name();
        } else if (c >= '0' && c <= '9' || c == '.' && digitAt(position + 1)) {
            number();
        } else {
            symbol(c);
        }
        end = position;
        return token;
    }

    private void skipBlanks() {
        while (position < source.length) {
            int c = source[position];
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f') {
                position++;
            } else if (c == '/' && at(position + 1) == '/') {
                skipLine();
            } else if (c == '/' && at(position + 1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (position < source.length && source[position] != '\n') position++;
    }

    private void skipComment() {
        int open = position;
        for (position += 2; position + 1 < source.length; position++) {
            if (source[position] == '*' && source[position + 1] == '/') {
                position += 2;
                return;
            }
        }
        position = source.length;
        throw notes.fatal(QasmRule.SYNTAX_OPEN, open, "comment", "*/");
    }

    private int at(int place) {
        return place < source.length ? source[place] : 0;
    }

    private boolean digitAt(int place) {
        int c = at(place);
        return c >= '0' && c <= '9';
    }

    private void name() {
        int from = position;
        while (position < source.length) {
            int c = source[position];
            if (c < 0) {
                int length = letter(position);
                if (length == 0) break;
                position += length;
            } else if (c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c == '_'
                    || c >= '0' && c <= '9') {
                position++;
            } else {
                break;
            }
        }
        if (position == from) throw badCharacter();
        int slot = intern(source, from, position);
        text = names[slot];
        QasmToken kind = nameTokens[slot];
        token = version2 && kind != QasmToken.NAME && !kind.inVersion2 ? QasmToken.NAME : kind;
        if ("pragma".equals(text) && !version2) restOfLine(QasmToken.PRAGMA);
    }

    /// The number of bytes of the letter outside of ASCII at the given place, 0 if there is none.
    private int letter(int place) {
        int lead = source[place] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        if (length == 0 || place + length > source.length) return 0;
        int point = lead & 0xFF >> length + 1;
        for (int i = 1; i < length; i++) {
            if ((source[place + i] & 0xC0) != 0x80) return 0;
            point = point << 6 | source[place + i] & 0x3F;
        }
        if (!Character.isValidCodePoint(point)) return 0;
        boolean letter =
                Character.isLetter(point) || Character.getType(point) == Character.LETTER_NUMBER;
        return letter ? length : 0;
    }

    private QasmRefusal badCharacter() {
        int from = position++;
        while (position < source.length && (source[position] & 0xC0) == 0x80) position++;
        int c = source[from];
        if (c < 0 && !isUtf8(from)) return notes.error(QasmRule.SYNTAX_ENCODING, from);
        if (c >= 0 && (c < ' ' || c == 0x7F)) {
            return notes.error(QasmRule.SYNTAX_CHARACTER, from, "the control character " + c);
        }
        return notes.error(
                QasmRule.SYNTAX_CHARACTER, from, "'" + notes.excerpt(from, position) + "'");
    }

    /// Whether a letter or sign outside of ASCII is encoded rightly at the given place.
    private boolean isUtf8(int place) {
        int lead = source[place] & 0xFF;
        int length = lead >= 0xF5 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        if (length == 0 || place + length > source.length) return false;
        for (int i = 1; i < length; i++) {
            if ((source[place + i] & 0xC0) != 0x80) return false;
        }
        return true;
    }

    private int intern(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        if (names[slot] != null) return slot;
        if (2 * ++nameCount > names.length) {
            grow();
            slot = slot(bytes, from, to);
        }
        names[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        nameBytes[slot] = Arrays.copyOfRange(bytes, from, to);
        nameTokens[slot] = QasmToken.NAME;
        return slot;
    }

    /// The place of a name in the table, or the empty place where it would go.
    private int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) hash = 31 * hash + bytes[i];
        hash ^= hash >>> 15;
        int mask = names.length - 1;
        int slot = hash & mask;
        while (names[slot] != null
                && !Arrays.equals(nameBytes[slot], 0, nameBytes[slot].length, bytes, from, to)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        String[] oldNames = names;
        byte[][] oldBytes = nameBytes;
        QasmToken[] oldTokens = nameTokens;
        names = new String[2 * oldNames.length];
        nameBytes = new byte[names.length][];
        nameTokens = new QasmToken[names.length];
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] == null) continue;
            int slot = slot(oldBytes[i], 0, oldBytes[i].length);
            names[slot] = oldNames[i];
            nameBytes[slot] = oldBytes[i];
            nameTokens[slot] = oldTokens[i];
        }
    }

    private void number() {
        int from = position;
        int radix = radix();
        if (radix != 10) {
            position += 2;
            skipDigits(radix);
            token = QasmToken.INTEGER;
            whole = whole(from + 2, radix, from);
            return;
        }
        skipDigits(10);
        boolean isWhole = true;
        if (at(position) == '.') {
            isWhole = false;
            position++;
            skipDigits(10);
        }
        if (at(position) == 'e' || at(position) == 'E') {
            int sign = at(position + 1) == '+' || at(position + 1) == '-' ? 1 : 0;
            if (digitAt(position + 1 + sign)) {
                isWhole = false;
                position += 1 + sign;
                skipDigits(10);
            }
        }
        if (!version2 && unit()) return;
        if (isWhole) {
            token = QasmToken.INTEGER;
            whole = whole(from, 10, from);
        } else {
            token = QasmToken.REAL;
            real = real(from);
        }
    }

    private int radix() {
        if (at(position) != '0') return 10;
        int next = at(position + 1);
        if (next == 'x' || next == 'X') return 16;
        if (next == 'b' || next == 'B') return 2;
        return next == 'o' || next == 'O' ? 8 : 10;
    }

    private void skipDigits(int radix) {
        while (Character.digit(at(position), radix) >= 0 || at(position) == '_') position++;
    }

    /// Reads `im` or a unit of time after a number, if there is one.
    private boolean unit() {
        int place = position;
        while (at(place) == ' ' || at(place) == '\t') place++;
        int to = place;
        while (at(to) >= 'a' && at(to) <= 'z' || at(to) < 0) to++;
        int after = at(to);
        if (after == '_' || after >= '0' && after <= '9' || after >= 'A' && after <= 'Z')
            return false;
        if (to == place || to - place > 3) return false;
        String unit = new String(source, place, to - place, StandardCharsets.UTF_8);
        Double factor = UNITS.get(unit);
        if (factor == null) return false;
        token = unit.equals("im") ? QasmToken.IMAGINARY : QasmToken.TIMING;
        isTicks = unit.equals("dt");
        real = real(start) * factor;
        position = to;
        return true;
    }

    private long whole(int from, int radix, int numberStart) {
        long value = 0;
        boolean any = false;
        for (int i = from; i < position; i++) {
            if (source[i] == '_') continue;
            any = true;
            int digit = Character.digit(source[i], radix);
            if (value > (Long.MAX_VALUE - digit) / radix) {
                throw notes.error(
                        QasmRule.SYNTAX_NUMBER,
                        numberStart,
                        notes.excerpt(numberStart, position),
                        "a whole number below 2^63");
            }
            value = value * radix + digit;
        }
        if (!any) {
            throw notes.error(
                    QasmRule.SYNTAX_NUMBER,
                    numberStart,
                    notes.excerpt(numberStart, position),
                    "digits after the prefix");
        }
        return value;
    }

    private double real(int from) {
        String digits = new String(source, from, position - from, StandardCharsets.US_ASCII);
        double value = Double.parseDouble(digits.replace("_", ""));
        if (Double.isInfinite(value)) {
            throw notes.error(
                    QasmRule.SYNTAX_NUMBER, from, notes.excerpt(from, position), "a finite number");
        }
        return value;
    }

    private void symbol(int c) {
        switch (c) {
            case '[' -> one(QasmToken.LEFT_BRACKET);
            case ']' -> one(QasmToken.RIGHT_BRACKET);
            case '{' -> one(QasmToken.LEFT_BRACE);
            case '}' -> one(QasmToken.RIGHT_BRACE);
            case '(' -> one(QasmToken.LEFT_PAREN);
            case ')' -> one(QasmToken.RIGHT_PAREN);
            case ':' -> one(QasmToken.COLON);
            case ';' -> one(QasmToken.SEMICOLON);
            case ',' -> one(QasmToken.COMMA);
            case '.' -> one(QasmToken.DOT);
            case '"', '\'' -> text(c);
            case '$' -> hardwareQubit();
            case '@' -> annotation();
            case '#' -> hash();
            default -> operator(c);
        }
    }

    private void one(QasmToken single) {
        position++;
        token = single;
    }

    private void operator(int c) {
        int second = at(position + 1);
        boolean equals = second == '=';
        boolean twice = second == c;
        boolean thenEquals = at(position + 2) == '=';
        switch (c) {
            case '+' ->
                    take(
                            twice
                                    ? QasmToken.DOUBLE_PLUS
                                    : equals ? QasmToken.PLUS_EQUALS : QasmToken.PLUS);
            case '-' ->
                    take(
                            second == '>'
                                    ? QasmToken.ARROW
                                    : equals ? QasmToken.MINUS_EQUALS : QasmToken.MINUS);
            case '*' ->
                    take(
                            twice && thenEquals
                                    ? QasmToken.DOUBLE_STAR_EQUALS
                                    : twice
                                            ? QasmToken.DOUBLE_STAR
                                            : equals ? QasmToken.STAR_EQUALS : QasmToken.STAR);
            case '/' -> take(equals ? QasmToken.SLASH_EQUALS : QasmToken.SLASH);
            case '%' -> take(equals ? QasmToken.PERCENT_EQUALS : QasmToken.PERCENT);
            case '|' ->
                    take(
                            twice
                                    ? QasmToken.DOUBLE_PIPE
                                    : equals ? QasmToken.PIPE_EQUALS : QasmToken.PIPE);
            case '&' ->
                    take(
                            twice
                                    ? QasmToken.DOUBLE_AMPERSAND
                                    : equals ? QasmToken.AMPERSAND_EQUALS : QasmToken.AMPERSAND);
            case '^' -> take(equals ? QasmToken.CARET_EQUALS : QasmToken.CARET);
            case '~' -> take(equals ? QasmToken.TILDE_EQUALS : QasmToken.TILDE);
            case '!' -> take(equals ? QasmToken.NOT_EQUAL : QasmToken.EXCLAMATION);
            case '=' -> take(twice ? QasmToken.EQUAL : QasmToken.EQUALS);
            case '<' ->
                    take(
                            twice && thenEquals
                                    ? QasmToken.SHIFT_LEFT_EQUALS
                                    : twice
                                            ? QasmToken.SHIFT_LEFT
                                            : equals ? QasmToken.LESS_EQUAL : QasmToken.LESS);
            case '>' ->
                    take(
                            twice && thenEquals
                                    ? QasmToken.SHIFT_RIGHT_EQUALS
                                    : twice
                                            ? QasmToken.SHIFT_RIGHT
                                            : equals ? QasmToken.GREATER_EQUAL : QasmToken.GREATER);
            default -> throw badCharacter();
        }
    }

    private void take(QasmToken operator) {
        position += operator.spelling().length();
        token = operator;
    }

    private void text(int quote) {
        int from = position++;
        while (at(position) != quote) {
            if (position >= source.length || source[position] == '\n') {
                throw notes.error(QasmRule.SYNTAX_OPEN, from, "text", "a closing quote");
            }
            position++;
        }
        text = new String(source, from + 1, position - from - 1, StandardCharsets.UTF_8);
        position++;
        boolean bits = !text.isEmpty() && text.indexOf('_') != 0;
        for (int i = 0; i < text.length() && bits; i++) bits = "01_".indexOf(text.charAt(i)) >= 0;
        token = bits ? QasmToken.BITS : QasmToken.TEXT;
    }

    private void hardwareQubit() {
        int from = position++;
        while (digitAt(position)) position++;
        if (position == from + 1) {
            throw notes.error(QasmRule.SYNTAX_CHARACTER, from, "'$'");
        }
        token = QasmToken.HARDWARE_QUBIT;
        whole = whole(from + 1, 10, from);
    }

    /// `@` is a symbol after a modifier and begins an annotation elsewhere. Only the parser knows,
    /// so the lexer gives the symbol and `annotation` is asked for by `restOfLine`.
    private void annotation() {
        one(QasmToken.AT);
    }

    private void hash() {
        if (position + 7 <= source.length
                && "#pragma".equals(new String(source, position, 7, StandardCharsets.US_ASCII))) {
            position += 7;
            restOfLine(QasmToken.PRAGMA);
        } else if (position + 4 <= source.length
                && "#dim".equals(new String(source, position, 4, StandardCharsets.US_ASCII))) {
            position += 4;
            token = QasmToken.DIM;
        } else {
            throw badCharacter();
        }
    }

    /// Takes the rest of the line as the contents of the given token.
    void restOfLine(QasmToken kind) {
        int from = position;
        skipLine();
        text = new String(source, from, position - from, StandardCharsets.UTF_8).strip();
        end = position;
        token = kind;
    }

    /// Skips a pulse-level block, whose words are not those of OpenQASM: up to the brace that
    /// closes the first one opened, or past the first semicolon before it.
    void skipForeignBlock() {
        int depth = 0;
        while (position < source.length) {
            int c = source[position++];
            if (c == '{') depth++;
            if (c == '}' && --depth <= 0) return;
            if (c == ';' && depth == 0) return;
        }
    }
}
