package org.qmk.qvm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names by index, packed into one UTF-8 array: about 4 bytes a name plus its letters.
public final class NameTable {

    private final byte[] letters;
    private final int[] ends;
    private final int declared;

    NameTable(byte[] letters, int[] ends, int declared) {
        this.letters = letters;
        this.ends = ends;
        this.declared = declared;
    }

    public int size() {
        return ends.length;
    }

    /// The first `declared` names were declared by the graph; the rest are only used in it.
    public int declared() {
        return declared;
    }

    public String name(int index) {
        int start = start(index);
        return new String(letters, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    /// The number of bytes of a name in UTF-8.
    public int bytes(int index) {
        return ends[index] - start(index);
    }

    /// The byte of a name's UTF-8 form at the given position, from 0.
    public byte letter(int index, int position) {
        return letters[start(index) + position];
    }

    byte[] utf8(int index) {
        return Arrays.copyOfRange(letters, start(index), ends[index]);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
