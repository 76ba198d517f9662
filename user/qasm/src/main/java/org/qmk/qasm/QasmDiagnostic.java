package org.qmk.qasm;

/// One thing to say about a program: what is wrong, where, what was expected, how to mend it.
///
/// @param line counted from 1
/// @param column counted from 1, in code points
public record QasmDiagnostic(QasmRule rule, String file, int line, int column, String message) {

    public String code() {
        return rule.code();
    }

    /// `FILE:LINE:COLUMN: CODE: message`.
    public String text() {
        return file + ":" + line + ":" + column + ": " + code() + ": " + message;
    }

    @Override
    public String toString() {
        return text();
    }
}
