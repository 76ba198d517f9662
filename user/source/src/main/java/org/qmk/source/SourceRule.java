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
                    + " writes."),
    STIM_NOISE(
            "QMK-SOURCE-6",
            "the circuit has noise, expected gates and measurements alone. Take it out and give"
                    + " --noise, or use qmk qec."),
    STIM_SWEEP(
            "QMK-SOURCE-7", "the circuit has sweep bits, which nobody gives here. Write them out."),
    STIM_RECORD(
            "QMK-SOURCE-8",
            "rec[...] reaches back beyond the first measurement. Change the number."),
    STIM_SIZE("QMK-SOURCE-9", "the circuit becomes more than 2^24 operations. Shorten its loops.");

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
