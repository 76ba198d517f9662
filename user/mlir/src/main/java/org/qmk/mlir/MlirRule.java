package org.qmk.mlir;

/// Every way in which a module can be refused. Codes never change their meaning; words may.
///
/// In a sentence, `{}` stands for the facts in the order in which they are given.
public enum MlirRule {
    SYNTAX_TOKEN("MLIR-SYNTAX-1", "{} stands where {} was expected. Mend the line."),
    SYNTAX_CHARACTER("MLIR-SYNTAX-2", "{} begins no word of MLIR. Remove it."),
    SYNTAX_TEXT(
            "MLIR-SYNTAX-3", "this text is not ended, or has an escape that MLIR lacks. Mend it."),
    SYNTAX_NUMBER("MLIR-SYNTAX-4", "{} is not a number that can be read. Change it."),
    SYNTAX_NESTING("MLIR-SYNTAX-5", "this is nested more than {} levels deep. Flatten it."),
    SYNTAX_CUSTOM(
            "MLIR-SYNTAX-6",
            "{} is the custom form of an operation, expected the generic one. Print the module with"
                    + " mlir-opt --mlir-print-op-generic."),

    NAME_UNKNOWN("MLIR-NAME-1", "value {} is not defined before this. Define it, or correct it."),
    NAME_TWICE("MLIR-NAME-2", "value {} is already defined. Rename one of the two."),

    MODULE(
            "MLIR-MODULE-1",
            "the module has {}, expected one func.func of one block that ends in func.return."
                    + " Change it."),
    OPERATION(
            "MLIR-OPERATION-1",
            "operation {} is neither of the qvm dialect nor expected here. Lower the module to the"
                    + " dialect."),
    OPERANDS("MLIR-OPERATION-2", "{} has {}, expected {}. Change the operation."),
    TYPE("MLIR-TYPE-1", "{} is {}, expected {}. Change one of the two."),
    ATTRIBUTE("MLIR-ATTRIBUTE-1", "attribute {} is {}, expected {}. Change it."),

    LINEAR(
            "MLIR-LINEAR-1",
            "value {} was used before: a qubit or channel is used once and goes on as a result. Use"
                    + " what the last operation gave out."),

    BOUND_SOURCE("MLIR-BOUND-1", "the source has {} bytes, at most {} are read. Split it.");

    private final String code;
    private final String sentence;

    MlirRule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// The sentence with its placeholders.
    public String sentence() {
        return sentence;
    }

    /// The sentence with the facts in the places of its placeholders, one by one.
    String message(Object... facts) {
        var text = new StringBuilder();
        int from = 0;
        for (Object fact : facts) {
            int place = sentence.indexOf("{}", from);
            text.append(sentence, from, place).append(fact);
            from = place + 2;
        }
        return text.append(sentence, from, sentence.length()).toString();
    }
}
