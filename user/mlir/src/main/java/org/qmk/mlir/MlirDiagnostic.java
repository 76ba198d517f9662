package org.qmk.mlir;

/// What is wrong with a module, where, what was expected, how to mend it.
///
/// @param line counted from 1
/// @param column counted from 1, in code points
public record MlirDiagnostic(MlirRule rule, String file, int line, int column, String message) {

    public String code() {
        return rule.code();
    }
}
