package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The flags of a module, found in its metadata.
final class BitcodeMetadata {

    private static final String FLAGS = "llvm.module.flags";
    private static final int STRINGS_MAX = 1 << 20;

    /// What stands under a number: a text, a value of the module, a list, or something else.
    private sealed interface Item {

        record Text(String text) implements Item {}

        record Value(long value) implements Item {}

        record Node(long[] items) implements Item {}

        record Other() implements Item {}
    }

    private final List<Item> items = new ArrayList<>();
    private Optional<long[]> flags = Optional.empty();
    private String name = "";

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
        switch ((int) in.code) {
            case 35 -> strings(in);
            case 1 -> items.add(new Item.Text(in.text(0)));
            case 2 -> items.add(new Item.Value(in.operand(1)));
            case 3, 5 -> items.add(new Item.Node(Arrays.copyOf(in.operands, in.count)));
            case 4 -> name = in.text(0);
            case 10 -> {
                if (name.equals(FLAGS)) {
                    flags = Optional.of(Arrays.copyOf(in.operands, in.count));
                }
            }
            case 6, 36, 38, 39 -> {} // kinds, attachments and indices have no number
            default -> items.add(new Item.Other());
        }
    }

    /// A count, where the letters begin, and a blob: lengths as numbers of 6 bits, then letters.
    private void strings(BitcodeStream in) {
        int count = in.index(0);
        int letters = in.index(1);
        if (count > STRINGS_MAX || letters > in.blob.length) {
            throw new BitcodeDamage("the texts of its metadata are cut off");
        }
        var lengths = new BitCursor(in.blob, 0, letters);
        int at = letters;
        for (int i = 0; i < count; i++) {
            long length = lengths.variable(6);
            if (length < 0 || length > in.blob.length - at) {
                throw new BitcodeDamage("the texts of its metadata are cut off");
            }
            int end = at + (int) length;
            items.add(
                    new Item.Text(new String(in.blob, at, end - at, StandardCharsets.ISO_8859_1)));
            at = end;
        }
    }

    /// Writes the flags and the lists that they name.
    void write(BitcodeText out, BitcodeValues values) {
        if (flags.isEmpty()) return;
        List<String> names = new ArrayList<>();
        for (long flag : flags.get()) {
            if (!(item(flag) instanceof Item.Node(long[] parts))) continue;
            names.add("!" + flag);
            List<String> elements = new ArrayList<>();
            for (long part : parts) elements.add(element(part, values, true));
            out.line("!" + flag + " = !{" + String.join(", ", elements) + "}");
        }
        out.line("!" + FLAGS + " = !{" + String.join(", ", names) + "}");
    }

    /// @param number one more than that of the item; 0 for none
    private String element(long number, BitcodeValues values, boolean outer) {
        if (number == 0) return "null";
        return switch (item(number - 1)) {
            case Item.Text(var text) -> "!" + BitcodeText.quoted(text);
            case Item.Value(long value) -> values.typed(value);
            case Item.Node(long[] parts) -> {
                if (!outer) yield "null";
                List<String> elements = new ArrayList<>();
                for (long part : parts) elements.add(element(part, values, false));
                yield "!{" + String.join(", ", elements) + "}";
            }
            case Item.Other() -> "null";
        };
    }

    private Item item(long number) {
        if (number >= 0 && number < items.size()) return items.get((int) number);
        throw new BitcodeDamage("metadata " + number + " is not defined");
    }
}
