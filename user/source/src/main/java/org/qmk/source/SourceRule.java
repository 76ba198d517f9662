package org.qmk.source;

/// Why a file is no program that QMK reads. Codes never change their meaning; words may.
public enum SourceRule {
    EMPTY(
            "QMK-SOURCE-1",
            "the file is empty, expected a program. Write one, or name another file."),
    UNKNOWN(
            "QMK-SOURCE-2",
            "this is in no language that QMK knows, expected OpenQASM 2 or 3, QIR as LLVM text or"
                + " bitcode, Q#, MLIR, or QVM as text, JSON or protobuf. Check that it is the file"
                + " you mean."),
    QSHARP(
            "QMK-SOURCE-5",
            "this is Q#, which is not compiled here. Give the QIR that qmk compile --to qir"
                    + " writes.");

    private final String code;
    private final String sentence;

    SourceRule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }
}
