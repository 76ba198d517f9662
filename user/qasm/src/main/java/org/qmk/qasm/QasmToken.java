package org.qmk.qasm;

import java.util.ArrayList;
import java.util.List;

/// The words of OpenQASM. Keywords and symbols carry their spelling.
enum QasmToken {
    END_OF_FILE("the end of the file", false),
    NAME("a name", false),
    HARDWARE_QUBIT("a physical qubit such as $0", false),
    INTEGER("a whole number", false),
    REAL("a number", false),
    IMAGINARY("an imaginary number", false),
    TIMING("a duration", false),
    BITS("a bit string", false),
    TEXT("a text", false),
    ANNOTATION("an annotation", false),
    PRAGMA("a pragma", false),
    DIM("#dim", false),

    OPENQASM(true),
    INCLUDE(true),
    GATE(true),
    OPAQUE(true),
    QREG(true),
    CREG(true),
    IF(true),
    MEASURE(true),
    RESET(true),
    BARRIER(true),
    DEFCALGRAMMAR(false),
    DEF(false),
    CAL(false),
    DEFCAL(false),
    EXTERN(false),
    BOX(false),
    LET(false),
    BREAK(false),
    CONTINUE(false),
    ELSE(false),
    END(false),
    RETURN(false),
    FOR(false),
    WHILE(false),
    IN(false),
    SWITCH(false),
    CASE(false),
    DEFAULT(false),
    NOP(false),
    INPUT(false),
    OUTPUT(false),
    CONST(false),
    READONLY(false),
    MUTABLE(false),
    QUBIT(false),
    BOOL(false),
    BIT(false),
    INT(false),
    UINT(false),
    FLOAT(false),
    ANGLE(false),
    COMPLEX(false),
    ARRAY(false),
    VOID(false),
    DURATION(false),
    STRETCH(false),
    GPHASE(false),
    INV(false),
    POW(false),
    CTRL(false),
    NEGCTRL(false),
    DURATIONOF(false),
    DELAY(false),
    TRUE(false),
    FALSE(false),

    LEFT_BRACKET("[", false),
    RIGHT_BRACKET("]", false),
    LEFT_BRACE("{", false),
    RIGHT_BRACE("}", false),
    LEFT_PAREN("(", false),
    RIGHT_PAREN(")", false),
    COLON(":", false),
    SEMICOLON(";", false),
    DOT(".", false),
    COMMA(",", false),
    EQUALS("=", false),
    ARROW("->", false),
    PLUS("+", false),
    DOUBLE_PLUS("++", false),
    MINUS("-", false),
    STAR("*", false),
    DOUBLE_STAR("**", false),
    SLASH("/", false),
    PERCENT("%", false),
    PIPE("|", false),
    DOUBLE_PIPE("||", false),
    AMPERSAND("&", false),
    DOUBLE_AMPERSAND("&&", false),
    CARET("^", false),
    AT("@", false),
    TILDE("~", false),
    EXCLAMATION("!", false),
    EQUAL("==", false),
    NOT_EQUAL("!=", false),
    LESS("<", false),
    GREATER(">", false),
    LESS_EQUAL("<=", false),
    GREATER_EQUAL(">=", false),
    SHIFT_LEFT("<<", false),
    SHIFT_RIGHT(">>", false),
    PLUS_EQUALS("+=", false),
    MINUS_EQUALS("-=", false),
    STAR_EQUALS("*=", false),
    SLASH_EQUALS("/=", false),
    AMPERSAND_EQUALS("&=", false),
    PIPE_EQUALS("|=", false),
    TILDE_EQUALS("~=", false),
    CARET_EQUALS("^=", false),
    SHIFT_LEFT_EQUALS("<<=", false),
    SHIFT_RIGHT_EQUALS(">>=", false),
    PERCENT_EQUALS("%=", false),
    DOUBLE_STAR_EQUALS("**=", false);

    private final String spelling;

    /// Whether the word is reserved in OpenQASM 2 as well.
    final boolean inVersion2;

    QasmToken(String spelling, boolean inVersion2) {
        this.spelling = spelling;
        this.inVersion2 = inVersion2;
    }

    QasmToken(boolean inVersion2) {
        this.spelling =
                "OPENQASM".equals(name()) ? name() : name().toLowerCase(java.util.Locale.ROOT);
        this.inVersion2 = inVersion2;
    }

    String spelling() {
        return spelling;
    }

    boolean isKeyword() {
        return ordinal() >= OPENQASM.ordinal() && ordinal() <= FALSE.ordinal();
    }

    static List<QasmToken> keywords() {
        List<QasmToken> keywords = new ArrayList<>();
        for (QasmToken token : values()) {
            if (token.isKeyword()) keywords.add(token);
        }
        return keywords;
    }

    /// The token as a diagnostic names it.
    String described() {
        return ordinal() >= OPENQASM.ordinal() ? "'" + spelling + "'" : spelling;
    }
}
