package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The type table of a module: how each type is spelled, and what it is made of.
final class BitcodeTypes {

    private static final int NUMBER_OF_ENTRIES = 1;
    private static final int STRUCTURE_NAME = 19;

    /// The longest spelling, of one and of all.
    private static final int LENGTH_MAX = 4_000;

    private static final int LENGTHS_MAX = 64 << 20;

    /// @param parts what it is made of, by number: of a function its result and parameters
    private record Type(String text, int kind, int[] parts, boolean isVariadic) {}

    private final List<Type> types = new ArrayList<>();
    // Looked up, never iterated.
    private final Map<String, Integer> byText = new HashMap<>();
    private long lengths;

    void read(BitcodeStream in) {
        in.enter();
        while (true) {
            switch (in.next()) {
                case RECORD -> record(in);
                case BLOCK -> in.skip();
                case END -> {
                    return;
                }
            }
        }
    }

    private void record(BitcodeStream in) {
        int code = (int) in.code;
        if (code == NUMBER_OF_ENTRIES || code == STRUCTURE_NAME) return;
        int[] parts =
                switch (code) {
                    case 11, 12 -> parts(in, 1);
                    case 18, 20, 21 -> parts(in, 1);
                    default -> new int[0];
                };
        boolean empty = parts.length == 0 && (code == 11 || code == 12 || code == 21);
        if (empty) throw new BitcodeDamage("a type is cut off");
        String text = text(in, code, parts);
        lengths += text.length();
        if (text.length() > LENGTH_MAX || lengths > LENGTHS_MAX) {
            throw new BitcodeDamage(QirRule.BITCODE, "a type is too large");
        }
        byText.putIfAbsent(text, types.size());
        types.add(new Type(text, code, parts, code == 21 && in.operand(0) != 0));
    }

    private static int[] parts(BitcodeStream in, int from) {
        if (in.count > LENGTH_MAX) throw new BitcodeDamage("a type is too large");
        int[] parts = new int[Math.max(0, in.count - from)];
        for (int i = 0; i < parts.length; i++) parts[i] = in.index(from + i);
        return parts;
    }

    /// Pointers of all kinds are spelled alike: what they point to is said where they are used.
    private String text(BitcodeStream in, int code, int[] parts) {
        return switch (code) {
            case 2 -> "void";
            case 3 -> "float";
            case 4 -> "double";
            case 5 -> "label";
            case 6 -> "{}"; // a structure that is named only; nothing is of that type
            case 7 -> "i" + in.operand(0);
            case 8, 25 -> "ptr";
            case 10 -> "half";
            case 11 -> "[" + in.operand(0) + " x " + spelled(parts[0]) + "]";
            case 12 -> "<" + in.operand(0) + " x " + spelled(parts[0]) + ">";
            case 13 -> "x86_fp80";
            case 14 -> "fp128";
            case 15 -> "ppc_fp128";
            case 16 -> "metadata";
            case 17 -> "x86_mmx";
            case 18, 20 -> {
                String fields = list(parts, 0);
                yield in.operand(0) == 0 ? "{ " + fields + " }" : "<{ " + fields + " }>";
            }
            case 21 -> {
                String dots = in.operand(0) == 0 ? "" : parts.length > 1 ? ", ..." : "...";
                yield spelled(parts[0]) + " (" + list(parts, 1) + dots + ")";
            }
            case 23 -> "bfloat";
            default -> "token";
        };
    }

    private String list(int[] parts, int from) {
        var list = new StringBuilder();
        for (int i = from; i < parts.length; i++) {
            if (i > from) list.append(", ");
            list.append(spelled(parts[i]));
            if (list.length() > LENGTH_MAX) throw new BitcodeDamage("a type is too large");
        }
        return list.toString();
    }

    /// The spelling of a part, which may be defined later only behind a pointer.
    private String spelled(int type) {
        return type(type).text;
    }

    private Type type(int type) {
        if (type >= 0 && type < types.size()) return types.get(type);
        throw new BitcodeDamage("type " + type + " is not defined");
    }

    String text(int type) {
        return type(type).text;
    }

    boolean isVoid(int type) {
        return type(type).kind == 2;
    }

    boolean isReal(int type) {
        int kind = type(type).kind;
        return kind == 3 || kind == 4 || kind == 10 || kind >= 13 && kind <= 15 || kind == 23;
    }

    boolean isFunction(int type) {
        return type(type).kind == 21;
    }

    boolean isVariadic(int type) {
        return type(type).isVariadic;
    }

    /// Of a function its result and parameters.
    int[] parts(int type) {
        return type(type).parts;
    }

    int result(int type) {
        if (!isFunction(type)) throw new BitcodeDamage("what is called is no function");
        return type(type).parts[0];
    }

    /// The type of a part of an array or structure.
    int part(int type, long index) {
        Type whole = type(type);
        if (whole.kind == 11 || whole.kind == 12) return whole.parts[0];
        boolean field = index >= 0 && index < whole.parts.length && !isFunction(type);
        if (field) return whole.parts[(int) index];
        throw new BitcodeDamage("a type has no part " + index);
    }

    /// Bits of an integer; 0 for other types.
    int bits(int type) {
        Type known = type(type);
        if (known.kind != 7 || known.text.length() > 9) return 0;
        return Integer.parseInt(known.text, 1, known.text.length(), 10);
    }

    /// The number of the type of truth values, which every comparison needs.
    int bit() {
        return named("i1");
    }

    int pointer() {
        return named("ptr");
    }

    private int named(String text) {
        Integer known = byText.get(text);
        if (known != null) return known;
        throw new BitcodeDamage("type " + text + " is not defined");
    }
}
