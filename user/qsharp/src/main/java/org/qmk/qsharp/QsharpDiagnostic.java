package org.qmk.qsharp;

/// One thing to say about a program: what is wrong, where, what was expected, how to mend it.
///
/// @param line counted from 1; 0 if the whole file is meant
/// @param column counted from 1, in code points
public record QsharpDiagnostic(QsharpRule rule, String file, int line, int column, String message) {

    public String code() {
        return rule.code();
    }
}
