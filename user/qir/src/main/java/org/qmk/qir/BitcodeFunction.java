package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;

/// Writes the body of a function as text, instruction by instruction.
final class BitcodeFunction {

    private static final String[] WHOLE_PREDICATES = {
        "eq", "ne", "ugt", "uge", "ult", "ule", "sgt", "sge", "slt", "sle",
    };

    private static final String[] REAL_PREDICATES = {
        "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "uno", "ueq", "ugt", "uge", "ult",
        "ule", "une", "true",
    };

    private static final int WHOLE_PREDICATE = 32;

    private final BitcodeStream in;
    private final BitcodeTypes types;
    private final BitcodeValues values;
    private final BitcodeText out;

    private long blocks;
    private long block;

    /// The place in the record at hand.
    private int at;

    /// Whether the next instruction begins a block.
    private boolean begins = true;

    BitcodeFunction(BitcodeStream in, BitcodeTypes types, BitcodeValues values, BitcodeText out) {
        this.in = in;
        this.types = types;
        this.values = values;
        this.out = out;
    }

    /// A name for a local value.
    static String local(long id) {
        return "%v" + id;
    }

    /// Reads the block at hand. The function's parameters are values already.
    void read() {
        in.enter();
        while (true) {
            switch (in.next()) {
                case RECORD -> record();
                case BLOCK -> {
                    if (in.blockId() == BitcodeReader.CONSTANTS) values.readConstants(in);
                    else in.skip(); // names, debugging, orders of uses
                }
                case END -> {
                    if (block != blocks) throw new BitcodeDamage("a function lacks blocks");
                    return;
                }
            }
        }
    }

    private void record() {
        int code = (int) in.code;
        at = 0;
        if (code == 1) {
            blocks = in.operand(0);
            return;
        }
        if (code == 33 || code == 35 || code == 55 || code == 60 || code >= 61 && code <= 65) {
            return; // debugging, operand bundles
        }
        if (begins) {
            if (block >= blocks) throw new BitcodeDamage("a function has too many blocks");
            out.line("b" + block + ":");
            begins = false;
        }
        switch (code) {
            case 2 -> binary();
            case 3 -> cast();
            case 9, 28 -> compare();
            case 10 -> leave();
            case 11 -> branch();
            case 12 -> choose();
            case 15 -> terminator("unreachable");
            case 16 -> phi();
            case 19 -> allocate();
            case 20 -> load();
            case 26 -> extract();
            case 27 -> insert();
            case 29 -> select();
            case 34 -> call();
            case 43 -> element();
            case 44 -> store();
            case 56 -> negate();
            case 58 -> freeze();
            default -> throw new BitcodeDamage(QirRule.OPCODE, "of code " + code);
        }
    }

    /// A value that is used, and its type: stated where the value is not known yet.
    private record Use(long id, int type) {}

    private long relative() {
        return values.size() - in.operand(at++) & 0xFFFFFFFFL;
    }

    private Use use() {
        long id = relative();
        if (values.isKnown(id)) return new Use(id, values.type(id));
        int type = in.index(at++);
        types.text(type);
        return new Use(id, type);
    }

    private String text(long id) {
        return values.isKnown(id) ? values.text(id) : local(id);
    }

    private String typed(Use use) {
        return types.text(use.type) + " " + text(use.id);
    }

    private void value(int type, String line) {
        out.line("  " + local(values.size()) + " = " + line);
        values.add(type, local(values.size()));
    }

    private void terminator(String line) {
        out.line("  " + line);
        block++;
        begins = true;
    }

    private String block(long number) {
        if (number >= 0 && number < blocks) return "%b" + number;
        throw new BitcodeDamage("block " + number + " is not there");
    }

    private void binary() {
        Use a = use();
        long b = relative();
        String name = BitcodeValues.operator(in.operand(at), types.isReal(a.type));
        value(a.type, name + " " + typed(a) + ", " + text(b));
    }

    private void negate() {
        Use a = use();
        if (in.operand(at) != 0) throw new BitcodeDamage(QirRule.OPCODE, "of code 56");
        value(a.type, "fneg " + typed(a));
    }

    private void freeze() {
        Use a = use();
        value(a.type, "freeze " + typed(a));
    }

    private void cast() {
        Use a = use();
        int to = in.index(at++);
        String name = BitcodeValues.cast(in.operand(at));
        value(to, name + " " + typed(a) + " to " + types.text(to));
    }

    private void compare() {
        Use a = use();
        long b = relative();
        long predicate = in.operand(at);
        boolean whole = predicate >= WHOLE_PREDICATE;
        String[] names = whole ? WHOLE_PREDICATES : REAL_PREDICATES;
        long place = whole ? predicate - WHOLE_PREDICATE : predicate;
        if (place < 0 || place >= names.length) throw new BitcodeDamage("a comparison is unknown");
        String word = (whole ? "icmp " : "fcmp ") + names[(int) place];
        value(types.bit(), word + " " + typed(a) + ", " + text(b));
    }

    private void select() {
        Use a = use();
        long b = relative();
        Use condition = use();
        String line = typed(a) + ", " + types.text(a.type) + " " + text(b);
        value(a.type, "select " + typed(condition) + ", " + line);
    }

    private void leave() {
        terminator(in.count == 0 ? "ret void" : "ret " + typed(use()));
    }

    private void branch() {
        String yes = block(in.operand(0));
        if (in.count == 1) {
            terminator("br label " + yes);
            return;
        }
        String no = block(in.operand(1));
        at = 2;
        terminator("br i1 " + text(relative()) + ", label " + yes + ", label " + no);
    }

    private void choose() {
        int type = in.index(at++);
        long value = relative();
        String otherwise = block(in.operand(at++));
        List<String> cases = new ArrayList<>();
        while (at < in.count) {
            String each = types.text(type) + " " + values.text(in.operand(at++));
            cases.add(each + ", label " + block(in.operand(at++)));
        }
        String head = "switch " + types.text(type) + " " + text(value) + ", label " + otherwise;
        terminator(head + " [ " + String.join(" ", cases) + " ]");
    }

    private void phi() {
        int type = in.index(at++);
        List<String> pairs = new ArrayList<>();
        while (at + 1 < in.count) { // one number may be left: flags
            long id = values.size() - BitcodeValues.signed(in.operand(at++)) & 0xFFFFFFFFL;
            pairs.add("[ " + text(id) + ", " + block(in.operand(at++)) + " ]");
        }
        value(type, "phi " + types.text(type) + " " + String.join(", ", pairs));
    }

    private void allocate() {
        int type = in.index(0);
        int countType = in.index(1);
        boolean explicit = (in.operand(3) >>> 6 & 1) != 0;
        if (!explicit) throw new BitcodeDamage(QirRule.OPCODE, "alloca of an old form");
        String count = types.text(countType) + " " + values.text(in.operand(2));
        value(types.pointer(), "alloca " + types.text(type) + ", " + count);
    }

    private void load() {
        Use pointer = use();
        if (in.count < at + 3) throw new BitcodeDamage(QirRule.OPCODE, "load of an old form");
        int type = in.index(at);
        value(type, "load " + types.text(type) + ", " + typed(pointer));
    }

    private void store() {
        Use pointer = use();
        Use value = use();
        out.line("  store " + typed(value) + ", " + typed(pointer));
    }

    private void element() {
        at++; // promises
        int type = in.index(at++);
        var line = new StringBuilder("getelementptr " + types.text(type));
        while (at < in.count) line.append(", ").append(typed(use()));
        value(types.pointer(), line.toString());
    }

    private void extract() {
        Use from = use();
        var line = new StringBuilder("extractvalue " + typed(from));
        int type = from.type;
        while (at < in.count) {
            long place = in.operand(at++);
            type = types.part(type, place);
            line.append(", ").append(place);
        }
        value(type, line.toString());
    }

    private void insert() {
        Use into = use();
        Use value = use();
        var line = new StringBuilder("insertvalue " + typed(into) + ", " + typed(value));
        while (at < in.count) line.append(", ").append(in.operand(at++));
        value(into.type, line.toString());
    }

    private void call() {
        long convention = in.operand(1);
        at = 2;
        if ((convention >>> 17 & 1) != 0) at++; // promises about floating-point numbers
        if ((convention >>> 15 & 1) == 0) {
            throw new BitcodeDamage(QirRule.OPCODE, "call of an old form");
        }
        int type = in.index(at++);
        int result = types.result(type);
        Use callee = use();
        int[] parts = types.parts(type);
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) arguments.add(argument(parts[i]));
        if (types.isVariadic(type)) {
            while (at < in.count) arguments.add(typed(use()));
        }
        String code = types.isVariadic(type) ? types.text(type) : types.text(result);
        String line = "call " + code + " " + text(callee.id);
        line += "(" + String.join(", ", arguments) + ")";
        if (types.isVoid(result)) out.line("  " + line);
        else value(result, line);
    }

    private String argument(int type) {
        String spelled = types.text(type);
        if (spelled.equals("label")) return "label " + block(in.operand(at++));
        long id = relative();
        // metadata has numbers of its own, and means nothing to a program
        return spelled.equals("metadata") ? "metadata !{}" : spelled + " " + text(id);
    }
}
