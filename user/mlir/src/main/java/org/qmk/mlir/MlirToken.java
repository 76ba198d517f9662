package org.qmk.mlir;

/// The kinds of words of MLIR, as far as the generic form has them.
enum MlirToken {
    STRING("a text"),
    VALUE("a value"),
    BLOCK("a block"),
    TYPE("a type of a dialect"),
    ATTRIBUTE("an attribute of a dialect"),
    SYMBOL("a symbol"),
    NUMBER("a number"),
    WORD("a word"),
    ARROW("'->'"),
    OPEN("'('"),
    CLOSE("')'"),
    LEFT_BRACE("'{'"),
    RIGHT_BRACE("'}'"),
    LEFT_BRACKET("'['"),
    RIGHT_BRACKET("']'"),
    LESS("'<'"),
    GREATER("'>'"),
    COMMA("','"),
    COLON("':'"),
    EQUALS("'='"),
    END("the end of the file");

    private final String text;

    MlirToken(String text) {
        this.text = text;
    }

    /// As a message names it.
    String text() {
        return text;
    }
}
