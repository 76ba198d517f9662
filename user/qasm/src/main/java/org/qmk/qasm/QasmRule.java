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

    ARRAY_DIMENSIONS(
            "QASM-ARRAY-1", "an array has {} dimensions, expected 1 to {}. Change its dimensions."),
    ARRAY_SHAPE("QASM-ARRAY-2", "{} is {}, expected {}. Make the two agree."),
    ARRAY_INDICES("QASM-ARRAY-3", "{} indices stand after {}, which has {}. Remove some."),

    CALL_ARGUMENTS(
            "QASM-CALL-1", "subroutine {} is given {} arguments, expected {}. Change the call."),
    CALL_RESULT("QASM-CALL-2", "subroutine {} returns nothing, expected a value. Return one."),
    CALL_NESTING(
            "QASM-CALL-3",
            "subroutines, blocks and formulas are nested more than {} levels deep when run. End"
                    + " the recursion sooner."),
    CALL_RETURN("QASM-CALL-4", "return gives {}, expected {}. Change it."),

    LOOP_UNBOUNDED(
            "QASM-LOOP-1",
            "this loop depends on measurements and has no bound. Write @qmk.bound N before it, or"
                    + " give --loop-bound N."),
    LOOP_BOUND("QASM-LOOP-2", "the bound is {}, expected a whole number from 0 to {}. Change it."),

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
    SCOPE_JUMP("QASM-SCOPE-2", "{} stands where there is no {} to leave. Remove it."),
    INPUT("QASM-INPUT-1", "input {} has no value. Give one: --input {}=VALUE."),
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

    UNSUPPORTED_CAL(
            "QASM-UNSUPPORTED-cal",
            "pulse calibrations have no meaning on logical qubits. Remove {}."),
    UNSUPPORTED_DURATIONOF(
            "QASM-UNSUPPORTED-durationof",
            "{} is not known: operations on logical qubits have no duration. Write it out."),
    UNSUPPORTED_EXTERN(
            "QASM-UNSUPPORTED-extern",
            "external functions cannot be run. Compute the value beforehand."),
    UNSUPPORTED_FLOAT(
            "QASM-UNSUPPORTED-float",
            "{} depends on a measurement, which only bits, truth values and integers may. Use"
                    + " these."),
    UNSUPPORTED_OPAQUE(
            "QASM-UNSUPPORTED-opaque",
            "gate {} is opaque: nobody says what it does. Define it with gate."),
    UNSUPPORTED_OPERATION(
            "QASM-UNSUPPORTED-operation",
            "{} is an operation with a result that OpenQASM does not define. Use measure."),
    UNSUPPORTED_OUTPUT_TYPE(
            "QASM-UNSUPPORTED-output-type",
            "output {} is {}, expected bits, a truth value or an integer. Give out one of these."),
    UNSUPPORTED_STRETCH(
            "QASM-UNSUPPORTED-stretch",
            "{} is a stretch, whose length nobody tells; it may stand only in delay and box."
                    + " Remove it here."),
    UNSUPPORTED_TIMED_GATE(
            "QASM-UNSUPPORTED-timed-gate",
            "gates of a stated duration are not supported. Remove the duration."),

    WARN_ANNOTATION("QASM-WARN-1", "annotation @{} is not known and changes nothing."),
    WARN_PRAGMA("QASM-WARN-2", "pragma {} is not known and changes nothing."),
    WARN_TIMING("QASM-WARN-3", "{} is a hint about time and changes nothing on logical qubits."),
    WARN_INPUT("QASM-WARN-4", "a value is given for {}, which is no input of the program.");

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
        return this == WARN_ANNOTATION
                || this == WARN_PRAGMA
                || this == WARN_TIMING
                || this == WARN_INPUT;
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
