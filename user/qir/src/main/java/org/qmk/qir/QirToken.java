package org.qmk.qir;

/// The kinds of words of LLVM IR.
enum QirToken {
    WORD("a word"),
    LABEL("a label"),
    LOCAL("a local name"),
    GLOBAL("a global name"),
    GROUP("an attribute group"),
    METADATA("metadata"),
    TEXT("a string"),
    BYTES("a string constant"),
    INTEGER("a whole number"),
    REAL("a number"),
    EQUALS("'='"),
    COMMA("','"),
    OPEN("'('"),
    CLOSE("')'"),
    LEFT_BRACKET("'['"),
    RIGHT_BRACKET("']'"),
    LEFT_BRACE("'{'"),
    RIGHT_BRACE("'}'"),
    LESS("'<'"),
    GREATER("'>'"),
    STAR("'*'"),
    DOTS("'...'"),
    BAR("'|'"),
    COMDAT("a comdat name"),
    END("the end of the file");

    private final String text;

    QirToken(String text) {
        this.text = text;
    }

    /// What a reader of diagnostics calls it.
    String text() {
        return text;
    }
}
