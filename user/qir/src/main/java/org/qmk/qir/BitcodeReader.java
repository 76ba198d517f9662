package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads LLVM bitcode, of LLVM 14 to 21 as far as QIR needs it, and writes it as LLVM text, so that
/// one reader judges both. Names of local values and blocks are not kept.
///
/// Sources: "LLVM Bitcode File Format" of the LLVM manual for the form, and for the numbers of
/// records what `llvm-bcanalyzer` prints of modules of known text.
final class BitcodeReader {

    static final long CONSTANTS = 11;

    private static final long MODULE = 8;
    private static final long ATTRIBUTES = 9;
    private static final long ATTRIBUTE_GROUPS = 10;
    private static final long FUNCTION = 12;
    private static final long METADATA = 15;
    private static final long TYPES = 17;
    private static final long STRINGS = 23;

    /// The text may be so many times as long as the bitcode, and as long as this besides.
    private static final int TEXT_FACTOR = 64;

    private static final int TEXT_LEAST = 1 << 20;

    private final byte[] bitcode;
    private final BitcodeText out;
    private final BitcodeTypes types = new BitcodeTypes();
    private final BitcodeValues values;
    private final BitcodeAttributes attributes = new BitcodeAttributes();
    private final BitcodeMetadata metadata = new BitcodeMetadata();

    /// The names of the module, one after the other.
    private byte[] names = new byte[0];

    private final List<Variable> variables = new ArrayList<>();
    private final List<Declared> declared = new ArrayList<>();
    private final List<Declared> defined = new ArrayList<>();
    private int bodies;

    /// The number that the next global without a name gets.
    private int unnamed;

    /// @param initial one more than the number of its first value; 0 if it has none
    private record Variable(String name, int type, boolean isConstant, long initial) {}

    private record Declared(String name, int type, boolean isDefined, long attributes) {}

    private BitcodeReader(byte[] bitcode, long most) {
        this.bitcode = bitcode;
        out = new BitcodeText(most);
        values = new BitcodeValues(types, most);
    }

    /// The module as LLVM text.
    ///
    /// @param bytesMax of the text
    /// @throws BitcodeDamage if it cannot be read
    static byte[] text(byte[] bitcode, int bytesMax) {
        long most = Math.min(bytesMax, TEXT_LEAST + (long) TEXT_FACTOR * bitcode.length);
        var reader = new BitcodeReader(bitcode, most);
        reader.read();
        return reader.out.bytes();
    }

    private void read() {
        int from = 0;
        int to = bitcode.length;
        if (word(0) == 0x0B17C0DEL) { // a wrapper: where the bitcode is in the file
            long start = word(8);
            long size = word(12);
            if (start + size > to) throw new BitcodeDamage("its wrapper is longer than it");
            from = (int) start;
            to = (int) (start + size);
        }
        if (to - from < 8 || word(from) != 0xDEC04342L) {
            throw new BitcodeDamage("it does not begin as bitcode does");
        }
        from += 4;
        if (!blocks(from, to, false)) throw new BitcodeDamage("it has no names");
        if (!blocks(from, to, true)) throw new BitcodeDamage("it has no module");
        for (Variable variable : variables) write(variable);
        for (Declared function : declared) out.line("declare " + head(function, 0));
        metadata.write(out, values);
    }

    private long word(int at) {
        if (at > bitcode.length - 4) throw new BitcodeDamage("it is too short");
        long value = 0;
        for (int i = 3; i >= 0; i--) value = value << 8 | bitcode[at + i] & 0xFF;
        return value;
    }

    /// Walks the outermost blocks: first for the names, which stand last, then for the module.
    ///
    /// @return whether what was looked for is there
    private boolean blocks(int from, int to, boolean module) {
        var in = new BitcodeStream(new BitCursor(bitcode, from, to));
        boolean found = false;
        while (!in.isAtEnd()) {
            if (in.next() != BitcodeStream.Entry.BLOCK) {
                throw new BitcodeDamage("a record stands outside of blocks");
            }
            if (!module && in.blockId() == STRINGS) {
                names(in);
                return true;
            }
            if (module && in.blockId() == MODULE) {
                if (found) throw new BitcodeDamage("it has several modules");
                found = true;
                module(in);
            } else {
                in.skip();
            }
        }
        return found;
    }

    private void names(BitcodeStream in) {
        in.enter();
        while (true) {
            switch (in.next()) {
                case RECORD -> {
                    if (in.code == 1) names = in.blob;
                }
                case BLOCK -> in.skip();
                case END -> {
                    return;
                }
            }
        }
    }

    private void module(BitcodeStream in) {
        in.enter();
        while (true) {
            switch (in.next()) {
                case RECORD -> record(in);
                case BLOCK -> block(in);
                case END -> {
                    if (defined.size() != bodies) {
                        throw new BitcodeDamage("a function lacks its body");
                    }
                    return;
                }
            }
        }
    }

    private void block(BitcodeStream in) {
        if (in.isBlockInfo()) in.readBlockInfo();
        else if (in.blockId() == TYPES) types.read(in);
        else if (in.blockId() == ATTRIBUTE_GROUPS) attributes.readGroups(in);
        else if (in.blockId() == ATTRIBUTES) attributes.readLists(in);
        else if (in.blockId() == CONSTANTS) values.readConstants(in);
        else if (in.blockId() == METADATA) metadata.read(in);
        else if (in.blockId() == FUNCTION) body(in);
        else in.skip();
    }

    private void record(BitcodeStream in) {
        switch ((int) in.code) {
            case 1 -> {
                if (in.operand(0) != 2) {
                    throw new BitcodeDamage("its version is " + in.operand(0) + ", expected 2");
                }
            }
            case 7 -> {
                String name = name(in);
                long flags = in.operand(3);
                if ((flags & 2) == 0) throw new BitcodeDamage("a global is of an old form");
                variables.add(new Variable(name, in.index(2), (flags & 1) != 0, in.operand(4)));
                values.add(types.pointer(), name);
            }
            case 8 -> {
                String name = name(in);
                int type = in.index(2);
                if (!types.isFunction(type)) throw new BitcodeDamage("a function has no type");
                boolean isDefined = in.operand(4) == 0;
                var function = new Declared(name, type, isDefined, in.operand(6));
                (isDefined ? defined : declared).add(function);
                values.add(types.pointer(), name);
            }
            case 9, 14, 17 -> throw new BitcodeDamage(QirRule.OPCODE, "'alias'");
            default -> {} // machine, sections, source
        }
    }

    /// The name of the global at hand, as it is spelled.
    private String name(BitcodeStream in) {
        long from = in.operand(0);
        long length = in.operand(1);
        if (from < 0 || length < 0 || from > names.length || length > names.length - from) {
            throw new BitcodeDamage("a name is not there");
        }
        if (length == 0) return "@" + unnamed++;
        String name = new String(names, (int) from, (int) length, StandardCharsets.ISO_8859_1);
        boolean plain = !Character.isDigit(name.charAt(0));
        for (int i = 0; i < name.length() && plain; i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            plain = letter || c == '_' || c == '.' || c == '$' || c == '-';
        }
        return "@" + (plain ? name : BitcodeText.quoted(name));
    }

    private void body(BitcodeStream in) {
        if (bodies == defined.size()) throw new BitcodeDamage("a body is of no function");
        Declared function = defined.get(bodies);
        bodies++;
        int global = values.size();
        out.line("define " + head(function, global) + " {");
        int[] parts = types.parts(function.type);
        for (int i = 1; i < parts.length; i++) {
            values.add(parts[i], BitcodeFunction.local(values.size()));
        }
        new BitcodeFunction(in, types, values, out).read();
        out.line("}");
        values.cut(global);
    }

    /// Result, name, parameters and attributes.
    ///
    /// @param first the number of its first parameter
    private String head(Declared function, int first) {
        int[] parts = types.parts(function.type);
        List<String> parameters = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String notes = attributes.ofParameter(function.attributes, i - 1);
            String name = function.isDefined ? " " + BitcodeFunction.local(first + i - 1) : "";
            parameters.add(types.text(parts[i]) + notes + name);
        }
        if (types.isVariadic(function.type)) parameters.add("...");
        return types.text(parts[0])
                + " "
                + function.name
                + "("
                + String.join(", ", parameters)
                + ")"
                + attributes.ofFunction(function.attributes);
    }

    private void write(Variable variable) {
        String kind = variable.isConstant ? "constant" : "global";
        String value = variable.initial == 0 ? "" : " " + values.text(variable.initial - 1);
        String type = types.text(variable.type);
        String external = variable.initial == 0 ? "external " : "";
        out.line(variable.name + " = " + external + kind + " " + type + value);
    }
}
