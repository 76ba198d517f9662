package org.qmk.qir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The values of a module by number: globals, constants, and while a function is read its locals.
/// Constants may name later ones, so they are spelled only when they are used.
final class BitcodeValues {

    private static final int SET_TYPE = 1;
    private static final int NESTING_MAX = 100;

    private static final String[] CASTS = {
        "trunc",
        "zext",
        "sext",
        "fptoui",
        "fptosi",
        "uitofp",
        "sitofp",
        "fptrunc",
        "fpext",
        "ptrtoint",
        "inttoptr",
        "bitcast",
        "addrspacecast",
        "ptrtoaddr",
    };

    private static final String[] OPERATORS = {
        "add", "sub", "mul", "udiv", "sdiv", "urem", "srem", "shl", "lshr", "ashr", "and", "or",
        "xor",
    };

    private static final String[] REAL_OPERATORS = {
        "fadd", "fsub", "fmul", "", "fdiv", "", "frem",
    };

    /// @param text the spelling, empty for a constant
    /// @param code of a constant's record
    private record Value(int type, String text, int code, long[] numbers) {}

    private static final long[] NONE = {};

    private final BitcodeTypes types;
    private final List<Value> values = new ArrayList<>();

    /// Characters that may still be spelled.
    private long left;

    BitcodeValues(BitcodeTypes types, long most) {
        this.types = types;
        left = most;
    }

    int size() {
        return values.size();
    }

    /// Forgets the values of a function.
    void cut(int size) {
        values.subList(size, values.size()).clear();
    }

    /// Adds a global or a local.
    void add(int type, String text) {
        values.add(new Value(type, text, 0, NONE));
    }

    boolean isKnown(long id) {
        return id >= 0 && id < values.size();
    }

    int type(long id) {
        if (isKnown(id)) return values.get((int) id).type;
        throw new BitcodeDamage("value " + id + " is not defined");
    }

    void readConstants(BitcodeStream in) {
        in.enter();
        int type = 0;
        while (true) {
            switch (in.next()) {
                case RECORD -> {
                    if (in.code == SET_TYPE) {
                        type = in.index(0);
                        types.text(type);
                    } else {
                        long[] numbers = Arrays.copyOf(in.operands, in.count);
                        values.add(new Value(type, "", (int) in.code, numbers));
                    }
                }
                case BLOCK -> in.skip();
                case END -> {
                    return;
                }
            }
        }
    }

    /// The spelling of a value with its type before it.
    String typed(long id) {
        return types.text(type(id)) + " " + text(id);
    }

    /// The spelling of a value.
    String text(long id) {
        var out = new StringBuilder();
        spell(id, out, 0);
        return out.toString();
    }

    private void spell(long id, StringBuilder out, int depth) {
        if (depth > NESTING_MAX) throw new BitcodeDamage("a constant is nested too deep");
        if (!isKnown(id)) throw new BitcodeDamage("value " + id + " is not defined");
        Value value = values.get((int) id);
        int from = out.length();
        if (value.text.isEmpty()) constant(value, out, depth);
        else out.append(value.text);
        // parts count for each level that they stand in: cheaper to say, and bounded all the same
        left -= out.length() - from + 1;
        if (left < 0) throw new BitcodeDamage("its text is too long");
    }

    private void constant(Value value, StringBuilder out, int depth) {
        String type = types.text(value.type);
        switch (value.code) {
            case 2 -> out.append(zero(value.type));
            case 3 -> out.append("undef");
            case 4 -> {
                long number = signed(number(value, 0));
                if (types.bits(value.type) == 1) out.append(number != 0);
                else out.append(number);
            }
            case 5 -> out.append('0'); // wider than QIR has, which its type says
            case 6 -> out.append(real(number(value, 0)));
            case 7 -> aggregate(value, out, depth);
            case 8 -> characters(value, false, out);
            case 9 -> characters(value, true, out);
            case 10 -> out.append(name(OPERATORS, number(value, 0)));
            case 11 -> {
                out.append(name(CASTS, number(value, 0))).append(" (");
                part(number(value, 1), number(value, 2), out, depth);
                out.append(" to ").append(type).append(')');
            }
            case 12, 20, 24, 31, 32 -> element(value, out, depth);
            case 22 -> data(value, out);
            case 26 -> out.append("poison");
            default -> throw new BitcodeDamage(QirRule.CONSTANT, "of code " + value.code);
        }
    }

    private String zero(int type) {
        if (types.bits(type) == 1) return "false";
        if (types.bits(type) > 0) return "0";
        if (types.isReal(type)) return "0.0";
        return types.text(type).equals("ptr") ? "null" : "zeroinitializer";
    }

    private static String real(long bits) {
        return "0x%016X".formatted(bits);
    }

    /// A number whose lowest bit is its sign.
    static long signed(long value) {
        if ((value & 1) == 0) return value >>> 1;
        return value == 1 ? Long.MIN_VALUE : -(value >>> 1);
    }

    private static long number(Value value, int place) {
        if (place < value.numbers.length) return value.numbers[place];
        throw new BitcodeDamage("a constant is too short");
    }

    /// A value and its type, which its record states.
    private void part(long type, long id, StringBuilder out, int depth) {
        if (type < 0 || type > Integer.MAX_VALUE) throw new BitcodeDamage("a type is not defined");
        out.append(types.text((int) type)).append(' ');
        spell(id, out, depth + 1);
    }

    private void aggregate(Value value, StringBuilder out, int depth) {
        boolean structure = types.text(value.type).startsWith("{");
        boolean array = types.text(value.type).startsWith("[");
        out.append(structure ? "{ " : array ? "[" : "<");
        for (int i = 0; i < value.numbers.length; i++) {
            if (i > 0) out.append(", ");
            long id = value.numbers[i];
            part(type(id), id, out, depth);
        }
        out.append(structure ? " }" : array ? "]" : ">");
    }

    private static void characters(Value value, boolean ended, StringBuilder out) {
        var text = new StringBuilder();
        for (long each : value.numbers) text.append((char) (each & 0xFF));
        if (ended) text.append('\0');
        out.append('c').append(BitcodeText.quoted(text.toString()));
    }

    private void data(Value value, StringBuilder out) {
        int element = types.part(value.type, 0);
        boolean real = types.isReal(element);
        out.append(types.text(value.type).startsWith("[") ? "[" : "<");
        for (int i = 0; i < value.numbers.length; i++) {
            long number = value.numbers[i];
            if (i > 0) out.append(", ");
            out.append(types.text(element)).append(' ');
            out.append(real ? real(number) : Long.toString(number));
        }
        out.append(types.text(value.type).startsWith("[") ? "]" : ">");
    }

    /// `getelementptr`: what is pointed to, in most codes flags, then pairs of type and value.
    private void element(Value value, StringBuilder out, int depth) {
        int at = 0;
        int length = value.numbers.length;
        boolean flags = value.code != 12 && value.code != 20;
        if (!flags && length % 2 == 0) {
            throw new BitcodeDamage(QirRule.CONSTANT, "getelementptr without a type");
        }
        if (value.code == 31) throw new BitcodeDamage(QirRule.CONSTANT, "getelementptr inrange");
        long pointee = number(value, at++);
        if (flags) at++;
        if ((length - at) % 2 != 0 || pointee < 0 || pointee > Integer.MAX_VALUE) {
            throw new BitcodeDamage("a constant is cut off");
        }
        out.append("getelementptr (").append(types.text((int) pointee));
        for (; at < length; at += 2) {
            out.append(", ");
            part(value.numbers[at], value.numbers[at + 1], out, depth);
        }
        out.append(')');
    }

    private static String name(String[] names, long code) {
        if (code >= 0 && code < names.length && !names[(int) code].isEmpty()) {
            return names[(int) code];
        }
        throw new BitcodeDamage("an operation of number " + code + " does not exist");
    }

    static String cast(long code) {
        return name(CASTS, code);
    }

    static String operator(long code, boolean real) {
        return name(real ? REAL_OPERATORS : OPERATORS, code);
    }
}
