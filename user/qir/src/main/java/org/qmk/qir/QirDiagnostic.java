package org.qmk.qir;

/// One thing to say about a program: what is wrong, where, what was expected, how to mend it.
///
/// @param line counted from 1; 0 if the whole file is meant
/// @param column counted from 1, in code points
public record QirDiagnostic(QirRule rule, String file, int line, int column, String message) {

    public String code() {
        return rule.code();
    }

    /// `FILE:LINE:COLUMN: CODE: message`.
    public String text() {
        String place = line == 0 ? " " : line + ":" + column + ": ";
        return file + ":" + place + code() + ": " + message;
    }

    @Override
    public String toString() {
        return text();
    }
}
