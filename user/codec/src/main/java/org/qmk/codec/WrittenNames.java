package org.qmk.codec;

import org.qmk.qvm.NameTable;

/// The names of a table as a form spells them, each spelled out once.
final class WrittenNames {

    /// How a form spells a name.
    interface Spelling {
        void write(String name, Utf8Text out);
    }

    private final NameTable table;
    private final Spelling spelling;
    private final byte[][] spelled;

    WrittenNames(NameTable table, Spelling spelling) {
        this.table = table;
        this.spelling = spelling;
        spelled = new byte[table.size()][];
    }

    void write(int index, Utf8Text out) {
        if (spelled[index] == null) {
            var text = new Utf8Text();
            spelling.write(table.name(index), text);
            spelled[index] = text.bytes();
        }
        out.raw(spelled[index]);
    }
}
