package org.qmk.qir;

/// Every way in which a program can be refused. Codes never change their meaning; words may.
///
/// In a sentence, `{}` stands for the facts in the order in which they are given.
public enum QirRule {
    SYNTAX_TOKEN("QIR-SYNTAX-1", "{} stands where {} was expected. Mend the line."),
    SYNTAX_CHARACTER("QIR-SYNTAX-2", "{} begins no word of LLVM IR. Remove it."),
    SYNTAX_OPEN("QIR-SYNTAX-3", "this {} is never closed. Close it."),
    SYNTAX_NUMBER("QIR-SYNTAX-4", "{} is not a number that can be read, expected {}. Change it."),
    SYNTAX_NESTING("QIR-SYNTAX-5", "this is nested more than {} levels deep. Flatten it."),

    NAME_UNKNOWN("QIR-NAME-1", "{} is not defined. Define it, or correct the name."),
    NAME_TWICE("QIR-NAME-2", "{} is already defined. Rename one of the two."),

    TYPE_MISMATCH("QIR-TYPE-1", "{} is {}, expected {}. Change one of the two."),
    TYPE_UNKNOWN(
            "QIR-TYPE-2",
            "type {} has no values in QIR, expected an integer of at most 64 bits, double, a"
                    + " pointer, or arrays and structures of these. Use one of them."),
    TYPE_CALL("QIR-TYPE-3", "{} is called with {} arguments, expected {}. Change the call."),

    OPCODE("QIR-OPCODE-1", "instruction {} is no part of QIR. Compile for a QIR profile."),
    CONSTANT(
            "QIR-OPCODE-2", "constant expression {} is no part of QIR. Compile for a QIR profile."),

    FLOW_OPEN(
            "QIR-FLOW-1",
            "block {} does not end in br, switch, ret or unreachable. Add one of them."),
    FLOW_PHI("QIR-FLOW-2", "phi has no value for block {}, which leads here. Add one."),
    FLOW_PHI_LATE("QIR-FLOW-3", "phi stands after other instructions. Move it up in its block."),
    FLOW_ENTRY(
            "QIR-FLOW-4", "block {} begins the function, so nothing may lead to it. Add a block."),
    FLOW_USE(
            "QIR-FLOW-5",
            "a value is used here on a path on which it is not made. Make it on every path."),
    FLOW_RECURSION(
            "QIR-FLOW-6",
            "functions call one another more than {} levels deep here. Write recursion as a loop."),

    ENTRY_MISSING(
            "QIR-ENTRY-1",
            "no function with a body has the attribute \"entry_point\". Give it to one."),
    ENTRY_MANY("QIR-ENTRY-2", "{} is a second entry point. Keep one in each module."),
    ENTRY_SHAPE(
            "QIR-ENTRY-3",
            "entry point {} {}, expected no parameters and an integer or nothing as its result."
                    + " Change it."),

    CALL_UNKNOWN(
            "QIR-CALL-1",
            "{} is no instruction or function that QMK knows. Define it in the module by those of"
                    + " the core set."),
    CALL_FULL(
            "QIR-CALL-2",
            "{} belongs to {}, which no profile has. Compile for the Base or Adaptive Profile."),
    CALL_INDIRECT("QIR-CALL-3", "this calls {}, expected a function by its name. Name it."),

    LOOP_UNBOUNDED(
            "QIR-LOOP-1",
            "the loop at block {} goes on as long as measurements say: {} rounds did not end it."
                    + " State a bound with --loop-bound."),

    VALUE_MEASURED(
            "QIR-VALUE-1",
            "{} depends on measurements in more than {} ways. Compute less from measurements."),
    VALUE_DIVISION("QIR-VALUE-2", "this divides by 0. Branch around it."),
    VALUE_ANGLE("QIR-VALUE-3", "the angle is {}, expected a finite number. Change it."),
    VALUE_COUNT("QIR-VALUE-4", "the number of {} is {}, expected 0 to {}. Change it."),

    MEMORY_ADDRESS(
            "QIR-MEMORY-1", "{} is no place in memory. Use a pointer to an alloca or global."),
    MEMORY_RANGE("QIR-MEMORY-2", "this reaches {} bytes into {} bytes of memory. Keep within."),
    MEMORY_SHAPE(
            "QIR-MEMORY-3",
            "memory is read as {} where something else was stored. Read what was stored."),
    MEMORY_CONSTANT("QIR-MEMORY-4", "this writes to constant @{}. Write to a variable."),

    QUBIT_ADDRESS("QIR-QUBIT-1", "address {} is no qubit. Use inttoptr, or allocate one."),
    QUBIT_TWICE("QIR-QUBIT-2", "qubit {} stands twice in one instruction. Use different qubits."),
    QUBIT_RELEASED("QIR-QUBIT-3", "qubit {} may be released before this. Release it last."),
    QUBIT_STATIC("QIR-QUBIT-4", "qubit {} was not allocated, so it cannot be released. Do not."),
    RESULT_ADDRESS("QIR-RESULT-1", "address {} is no result. Use inttoptr, or allocate one."),
    LABEL("QIR-OUTPUT-1", "the label is no constant string that ends in 0. Use one, or null."),

    PROFILE_NAME("QIR-PROFILE-1", "{}, expected \"qir_profiles\" to be {}. State the profile."),
    PROFILE_ATTRIBUTE("QIR-PROFILE-2", "the entry point lacks attribute {}. Add it."),
    PROFILE_FLAG("QIR-PROFILE-3", "module flag {} is {}, expected {}. Change it."),
    PROFILE_BLOCKS("QIR-PROFILE-4", "the Base Profile has four blocks in a row, found {}. Split."),
    PROFILE_ORDER(
            "QIR-PROFILE-5",
            "{} does not belong into block {} of the Base Profile, which holds {}. Move it."),
    PROFILE_OPCODE("QIR-PROFILE-6", "{} is not allowed by the {}. Compile for another profile."),
    PROFILE_CALL("QIR-PROFILE-7", "{} is not allowed by the {}. Compile for another profile."),
    PROFILE_WRITEONLY("QIR-PROFILE-8", "the result parameter of {} is not writeonly. Mark it."),
    PROFILE_IRREVERSIBLE("QIR-PROFILE-9", "{} measures but is not marked irreversible. Mark it."),
    PROFILE_CAPABILITY("QIR-PROFILE-10", "the program uses {}, but flag {} says {}. Set the flag."),
    PROFILE_COUNT(
            "QIR-PROFILE-11",
            "the program uses {} {}, but attribute {} says {}. Change the attribute."),
    PROFILE_VARIABLE(
            "QIR-PROFILE-12",
            "{} makes a variable of a qubit or result, which the Adaptive Profile does not have."
                    + " Name it where it is used."),

    BITCODE("QIR-BITCODE-1", "this is no bitcode that can be read: {}. Write it anew."),

    BOUND_SOURCE("QIR-BOUND-1", "the source has {} bytes, at most {} are read. Split it."),
    BOUND_NODES("QIR-BOUND-2", "the program becomes more than {} operations. Shorten its loops."),
    BOUND_QUBITS("QIR-BOUND-3", "the program uses more than {} qubits. Use fewer."),
    BOUND_RESULTS("QIR-BOUND-4", "the program uses more than {} results. Use fewer."),
    BOUND_STEPS(
            "QIR-BOUND-5", "the program takes more than {} steps to unroll. Shorten its loops."),
    BOUND_ERRORS("QIR-BOUND-6", "more than {} errors; the rest is not reported. Mend these first."),

    WARN_CAPABILITY("QIR-WARN-1", "the program uses {}, but flag {} says {}."),
    WARN_COUNT("QIR-WARN-2", "the program uses {} {}, but attribute {} says {}."),
    WARN_LOOP("QIR-WARN-3", "shots that take the loop at block {} more than {} times are ended.");

    private final String code;
    private final String sentence;

    QirRule(String code, String sentence) {
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
