package org.qmk.qir;

/// The word at hand of a source, and what a parser asks of it.
final class QirCursor {

    private final QirLexer lexer;
    private final QirNotes notes;
    private final int nestingMax;
    private int nesting;

    QirCursor(QirLexer lexer, QirNotes notes, int nestingMax) {
        this.lexer = lexer;
        this.notes = notes;
        this.nestingMax = nestingMax;
    }

    QirNotes notes() {
        return notes;
    }

    QirToken kind() {
        return lexer.kind;
    }

    int at() {
        return lexer.start;
    }

    boolean isFirst() {
        return lexer.first;
    }

    boolean is(QirToken kind) {
        return lexer.kind == kind;
    }

    boolean isWord(String word) {
        return lexer.isWord(word);
    }

    void next() {
        lexer.next();
    }

    /// Leaves all levels of nesting.
    void unnest() {
        nesting = 0;
    }

    /// Passes over the rest of the line.
    void skipLine() {
        unnest();
        lexer.skipLine();
    }

    boolean accept(QirToken kind) {
        if (lexer.kind != kind) return false;
        lexer.next();
        return true;
    }

    boolean acceptWord(String word) {
        if (!lexer.isWord(word)) return false;
        lexer.next();
        return true;
    }

    void expect(QirToken kind) {
        if (!accept(kind)) throw unexpected(kind.text());
    }

    void expectWord(String word) {
        if (!acceptWord(word)) throw unexpected("'" + word + "'");
    }

    /// The name in a word of the given kind.
    String name(QirToken kind) {
        if (lexer.kind != kind) throw unexpected(kind.text());
        String name = lexer.name();
        lexer.next();
        return name;
    }

    /// The word at hand, whatever kind it is of.
    String spelling() {
        return lexer.spelling();
    }

    /// The name in the word at hand.
    String name() {
        return lexer.name();
    }

    byte[] bytes() {
        byte[] bytes = lexer.bytes();
        lexer.next();
        return bytes;
    }

    /// A whole number that fits into 64 bits, signed or not.
    long whole() {
        if (lexer.kind != QirToken.INTEGER) throw unexpected("a whole number");
        String text = lexer.spelling();
        int at = lexer.start;
        lexer.next();
        return number(text, at);
    }

    private long number(String text, int at) {
        try {
            if (text.length() < 19) return Long.parseLong(text);
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException _) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            throw notes.error(QirRule.SYNTAX_NUMBER, at, shown, "a whole number of 64 bits");
        }
    }

    /// A double by its bits.
    long real() {
        String text = lexer.spelling();
        int at = lexer.start;
        if (lexer.kind != QirToken.REAL) throw unexpected("a number with a point, or 0x...");
        lexer.next();
        try {
            if (text.startsWith("0x")) return Long.parseUnsignedLong(text, 2, text.length(), 16);
            if (text.length() <= 1000) return Double.doubleToRawLongBits(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            // refused below
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        throw notes.error(QirRule.SYNTAX_NUMBER, at, shown, "a double");
    }

    QirRefusal unexpected(String expected) {
        if (lexer.kind == QirToken.END) {
            return notes.fatal(QirRule.SYNTAX_TOKEN, lexer.start, "the end of the file", expected);
        }
        String found = "'" + notes.excerpt(lexer.start, lexer.end) + "'";
        return notes.error(QirRule.SYNTAX_TOKEN, lexer.start, found, expected);
    }

    /// Enters a level of nesting; `leave` ends it.
    void enter() {
        if (++nesting > nestingMax) {
            throw notes.error(QirRule.SYNTAX_NESTING, lexer.start, nestingMax);
        }
    }

    void leave() {
        nesting--;
    }

    /// Passes over a part in brackets of any kind, the word at hand being the opening one.
    void skipBalanced() {
        int depth = 0;
        int from = lexer.start;
        do {
            switch (lexer.kind) {
                case OPEN, LEFT_BRACKET, LEFT_BRACE -> depth++;
                case CLOSE, RIGHT_BRACKET, RIGHT_BRACE -> depth--;
                case END -> throw notes.fatal(QirRule.SYNTAX_OPEN, from, "bracket");
                case WORD, LABEL, LOCAL, GLOBAL, GROUP, METADATA, TEXT, BYTES, INTEGER, REAL -> {}
                case EQUALS, COMMA, LESS, GREATER, STAR, DOTS, BAR, COMDAT -> {}
            }
            lexer.next();
        } while (depth > 0);
    }
}
