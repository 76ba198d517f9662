package org.qmk.qasm;

/// Every way in which a program can be refused. Codes never change their meaning; words may.
///
/// In a sentence, `{}` stands for the facts in the order in which they are given.
public enum QasmRule {
    SYNTAX_TOKEN("QASM-SYNTAX-1", "{} stands where {} was expected. {}"),
    SYNTAX_END("QASM-SYNTAX-2", "the file ends where {} was expected. Complete the statement."),
    SYNTAX_CHARACTER("QASM-SYNTAX-3", "{} begins no word of OpenQASM. Remove it."),
    SYNTAX_OPEN("QASM-SYNTAX-4", "this {} is never closed. Add {}."),
    SYNTAX_NUMBER("QASM-SYNTAX-5", "{} is not a number that can be read, expected {}. Change it."),
    SYNTAX_NESTING("QASM-SYNTAX-6", "this is nested more than {} levels deep. Flatten it."),
    SYNTAX_ENCODING("QASM-SYNTAX-7", "the bytes here are not UTF-8 text. Save the file as UTF-8."),
    VERSION("QASM-VERSION-1", "the version is {}, expected 2.0 or 3.x. Convert the program."),
    VERSION_LATE(
            "QASM-VERSION-2",
            "OPENQASM stands after other statements, expected it first. Move or remove it."),

    NAME_UNKNOWN("QASM-NAME-1", "{} is not declared here. Declare it before this line{}."),
    NAME_TWICE("QASM-NAME-2", "{} is already declared in this scope. Rename one of the two."),
    NAME_KIND("QASM-NAME-3", "{} is {}, expected {}. Use another name."),

    TYPE_MISMATCH("QASM-TYPE-1", "{} is {}, expected {}. Change it."),
    TYPE_CONSTANT(
            "QASM-TYPE-2",
            "{} is not known before the program runs, expected a constant. Use constants only."),
    TYPE_OPERATOR("QASM-TYPE-3", "operator {} does not apply to {}. Convert the operands."),
    TYPE_CALL("QASM-TYPE-4", "function {} is given {}, expected {}. Change the call."),
    TYPE_ASSIGN("QASM-TYPE-5", "{} cannot be assigned to. Assign to a variable of its own."),
    VALUE_ARITHMETIC("QASM-VALUE-1", "{} has no value: {}. Change the operands."),
    VALUE_SIZE("QASM-VALUE-2", "the size is {}, expected a whole number from 1 to {}. Change it."),
    VALUE_INDEX(
            "QASM-VALUE-3",
            "index {} is out of range: {} has {} elements, 0 to {}. Change the index."),
    VALUE_LENGTH("QASM-VALUE-4", "{} has {} elements where {} has {}. Make the two agree."),
    VALUE_STEP("QASM-VALUE-5", "the step of this range is 0. Use another step."),

    GATE_PARAMETERS("QASM-GATE-1", "gate {} is given {} parameters, expected {}. Change the call."),
    GATE_QUBITS("QASM-GATE-2", "gate {} is given {} qubits, expected {}. Change the call."),
    GATE_SAME_QUBIT("QASM-GATE-3", "{} stands twice in one operation. Use different qubits."),
    GATE_BROADCAST(
            "QASM-GATE-4",
            "registers of {} and {} qubits meet in one operation. Use equal sizes or single"
                    + " qubits."),
    GATE_CONTROLS(
            "QASM-GATE-5",
            "the number of controls is {}, expected a whole number from 1 to {}. Change it."),
    GATE_POWER(
            "QASM-GATE-6",
            "gate {} cannot be raised to the power {}: it is defined by other gates. Use a whole"
                    + " number."),
    GATE_BODY(
            "QASM-GATE-7",
            "{} may not stand in a gate body, expected gates, barriers and for loops. Move it"
                    + " out."),
    GATE_NESTING(
            "QASM-GATE-8",
            "gate {} rests on more than {} levels of other gates. Flatten the definitions."),
    GATE_POWER_RANGE(
            "QASM-GATE-9",
            "the exponent is {}, expected a number between -2^31 and 2^31. Change it."),

    SCOPE("QASM-SCOPE-1", "{} may stand only at the outermost level. Move it out of the block."),
    INPUT(
            "QASM-INPUT-1",
            "input {} has no value. Write its value in its place: no command can give one yet."),
    INPUT_VALUE(
            "QASM-INPUT-2",
            "input {} is given {}, which is no value of its type: {}. Give another."),
    INCLUDE(
            "QASM-INCLUDE-1",
            "file {} cannot be included, only stdgates.inc and qelib1.inc. Paste its contents"
                    + " here."),

    BOUND_SOURCE("QASM-BOUND-1", "the source has {} bytes, at most {} are read. Split it."),
    BOUND_NODES("QASM-BOUND-2", "the program becomes more than {} operations. Shorten its loops."),
    BOUND_QUBITS("QASM-BOUND-3", "the program declares more than {} qubits. Use fewer."),
    BOUND_BITS(
            "QASM-BOUND-4",
            "the program declares more than {} bits. Use fewer, or declare them outside of loops."),
    BOUND_STEPS(
            "QASM-BOUND-5", "the program takes more than {} steps to unroll. Shorten its loops."),
    BOUND_ERRORS(
            "QASM-BOUND-6", "more than {} errors; the rest is not reported. Mend these first."),

    UNSUPPORTED_ARRAY(
            "QASM-UNSUPPORTED-array", "arrays are not supported yet. Use registers or constants."),
    UNSUPPORTED_BOX(
            "QASM-UNSUPPORTED-box",
            "box is not supported yet. Remove the box and keep its contents."),
    UNSUPPORTED_BREAK(
            "QASM-UNSUPPORTED-break", "break is not supported yet. Use if inside the loop."),
    UNSUPPORTED_CAL(
            "QASM-UNSUPPORTED-cal",
            "pulse calibrations have no meaning on logical qubits. Remove {}."),
    UNSUPPORTED_COMPLEX(
            "QASM-UNSUPPORTED-complex",
            "complex numbers are not supported yet. Use real constants."),
    UNSUPPORTED_CONTINUE(
            "QASM-UNSUPPORTED-continue", "continue is not supported yet. Use if inside the loop."),
    UNSUPPORTED_DEF(
            "QASM-UNSUPPORTED-def",
            "subroutines are not supported yet. Use a gate, or write the body out."),
    UNSUPPORTED_DELAY("QASM-UNSUPPORTED-delay", "delay is not supported yet. Remove it."),
    UNSUPPORTED_DIVISION(
            "QASM-UNSUPPORTED-division",
            "division of signed run-time integers is not supported yet. Use uint."),
    UNSUPPORTED_DURATION(
            "QASM-UNSUPPORTED-duration", "durations are not supported yet. Remove {}."),
    UNSUPPORTED_END(
            "QASM-UNSUPPORTED-end", "end is not supported yet. Guard what follows with if."),
    UNSUPPORTED_EXTERN(
            "QASM-UNSUPPORTED-extern",
            "external functions cannot be run. Compute the value beforehand."),
    UNSUPPORTED_FLOAT(
            "QASM-UNSUPPORTED-float",
            "{} depends on a measurement, which float and angle variables may not yet. Use bits or"
                    + " integers."),
    UNSUPPORTED_OPAQUE(
            "QASM-UNSUPPORTED-opaque",
            "gate {} is opaque: nobody says what it does. Define it with gate."),
    UNSUPPORTED_OPERATION(
            "QASM-UNSUPPORTED-operation",
            "{} is an operation with a result that OpenQASM does not define. Use measure."),
    UNSUPPORTED_OUTPUT(
            "QASM-UNSUPPORTED-output",
            "output declarations are not supported yet. Declare {} without output: every bit is a"
                    + " result."),
    UNSUPPORTED_RETURN(
            "QASM-UNSUPPORTED-return", "return is not supported yet. Write the subroutine out."),
    UNSUPPORTED_STRETCH("QASM-UNSUPPORTED-stretch", "stretch is not supported yet. Remove it."),
    UNSUPPORTED_TIMED_GATE(
            "QASM-UNSUPPORTED-timed-gate",
            "gates of a stated duration are not supported. Remove the duration."),
    UNSUPPORTED_WHILE(
            "QASM-UNSUPPORTED-while",
            "while is not supported yet. Use for with a fixed number of rounds."),

    WARN_ANNOTATION("QASM-WARN-1", "annotation @{} is not known and changes nothing."),
    WARN_PRAGMA("QASM-WARN-2", "pragma {} is not known and changes nothing.");

    private final String code;
    private final String sentence;

    QasmRule(String code, String sentence) {
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

    /// Whether the rule only warns: the program is read all the same.
    public boolean isWarning() {
        return this == WARN_ANNOTATION || this == WARN_PRAGMA;
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
