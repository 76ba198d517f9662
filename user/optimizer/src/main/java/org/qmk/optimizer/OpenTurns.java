package org.qmk.optimizer;

import java.util.Arrays;

/// The turns of a circuit that a later turn may still be merged with: those that commute with every
/// turn after them. Each is a Pauli product, kept as it is at the present gate.
final class OpenTurns {

    private static final int OPEN_MAX = 1 << 14;

    /// Rows of products take at most so many words in all.
    private static final int WORDS_MAX = 1 << 23;

    /// On more qubits, products are compared by two hashes and not letter by letter.
    private static final int COMPARED_MAX = 2048;

    private final int qubits;
    private final int wordsMax;
    private final ProductColumns columns;
    private final PauliHashes hashes;
    private final PauliHashes otherHashes;

    // By column: whether a turn is open there, and whether one was since room was made last.
    private long[] open;
    private long[] taken;
    // By column: its gate and its hashes.
    private int[] gates;
    private long[] keys;
    private long[] otherKeys;
    private int takenCount;
    private int firstFreeWord;

    // From a hash to a column + 1: the place of the hash or one of the next.
    private int[] table;
    private boolean negative;

    OpenTurns(int qubits) {
        this.qubits = qubits;
        int fitting = Math.max(1, WORDS_MAX / Math.max(1, 2 * qubits));
        wordsMax = Integer.highestOneBit(Math.min(fitting, OPEN_MAX / 64));
        columns = new ProductColumns(qubits, 1);
        hashes = new PauliHashes(qubits, 0);
        otherHashes = new PauliHashes(qubits, 1);
        open = new long[1];
        taken = new long[1];
        gates = new int[64];
        keys = new long[64];
        otherKeys = new long[64];
        table = new int[256];
    }

    void passClifford(GateKind kind, int a, int b) {
        columns.apply(kind, a, b);
        hashes.apply(kind, a, b);
        otherHashes.apply(kind, a, b);
    }

    /// Goes past a gate that is neither Clifford nor a turn, but has an axis on each of its qubits.
    void passOpaque(GateKind kind, int a, int b, int c) {
        close(a, kind.axis(0));
        close(b, kind.axis(1));
        close(c, kind.axis(2));
    }

    /// Closes all turns that do not commute with an axis, and lets the matrices that do not be new
    /// ones: the gate makes of them what is no Pauli product.
    private void close(int qubit, int axis) {
        columns.keepCommuting(qubit, axis, open);
        hashes.renew(qubit, axis);
        otherHashes.renew(qubit, axis);
    }

    /// Takes the turn of a gate about an axis.
    ///
    /// @return the gate with which it merges; the gate itself if there is none
    int turn(int gate, int qubit, int axis) {
        long key = hashes.of(qubit, axis);
        long otherKey = otherHashes.of(qubit, axis);
        int at = place(key);
        while (table[at] != 0) {
            int column = table[at] - 1;
            boolean same = keys[column] == key && otherKeys[column] == otherKey;
            if (same && isOpen(column) && isProduct(column, qubit, axis)) {
                negative = columns.negative(column);
                return gates[column];
            }
            at = at + 1 & table.length - 1;
        }
        columns.keepCommuting(qubit, axis, open);
        if (takenCount == 64 * columns.words()) {
            makeRoom();
            at = place(key);
            while (table[at] != 0) at = at + 1 & table.length - 1;
        }
        int column = takeColumn();
        columns.set(column, qubit, axis);
        gates[column] = gate;
        keys[column] = key;
        otherKeys[column] = otherKey;
        table[at] = column + 1;
        return gate;
    }

    private int takeColumn() {
        while (taken[firstFreeWord] == -1) firstFreeWord++;
        long bit = Long.lowestOneBit(~taken[firstFreeWord]);
        taken[firstFreeWord] |= bit;
        open[firstFreeWord] |= bit;
        takenCount++;
        return 64 * firstFreeWord + Long.numberOfTrailingZeros(bit);
    }

    /// Empties the columns that are not open. Where they are less than half of all, there are twice
    /// as many columns then, or, if that is too many, the older half is given up.
    private void makeRoom() {
        int count = 0;
        for (long word : open) count += Long.bitCount(word);
        int words = columns.words();
        if (count > 32 * words) {
            if (words < wordsMax) {
                words *= 2;
            } else {
                giveUpHalf(count);
            }
        }
        columns.keep(open, words);
        open = Arrays.copyOf(open, words);
        taken = open.clone();
        firstFreeWord = 0;
        gates = Arrays.copyOf(gates, 64 * words);
        keys = Arrays.copyOf(keys, 64 * words);
        otherKeys = Arrays.copyOf(otherKeys, 64 * words);
        table = new int[256 * words];
        takenCount = 0;
        for (int column = 0; column < 64 * words; column++) {
            if (!isOpen(column)) continue;
            takenCount++;
            int at = place(keys[column]);
            while (table[at] != 0) at = at + 1 & table.length - 1;
            table[at] = column + 1;
        }
    }

    private void giveUpHalf(int count) {
        int[] ages = new int[count];
        int at = 0;
        for (int column = 0; column < gates.length; column++) {
            if (isOpen(column)) ages[at++] = gates[column];
        }
        Arrays.sort(ages);
        for (int column = 0; column < gates.length; column++) {
            boolean old = isOpen(column) && gates[column] <= ages[count / 2];
            if (old) open[column >>> 6] &= ~(1L << column);
        }
    }

    /// Whether the product found last has turned into the negative of what it was.
    boolean negative() {
        return negative;
    }

    private int place(long key) {
        return (int) (key >>> 32) & table.length - 1;
    }

    private boolean isOpen(int column) {
        return (open[column >>> 6] >>> column & 1) != 0;
    }

    private boolean isProduct(int column, int qubit, int axis) {
        return qubits > COMPARED_MAX || columns.is(column, qubit, axis);
    }
}
