package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.Invariant;

/// A Clifford operation U, by the rows U^-1 X U and U^-1 Z U of each slot: what the X or Z of a
/// slot is before U. A gate after U changes the rows of its own slots; an operation before U
/// changes every row.
final class CliffordFrame {

    private final int slots;
    private final int qubits;
    // By slot; gates may exchange rows.
    private final PauliRow[] rowX;
    private final PauliRow[] rowZ;
    private final PauliRow[] all;
    // Products before U that the state before U is projected onto.
    private final List<PauliRow> bound = new ArrayList<>();
    private long work;

    /// @param qubits that there are before U: the slots, and spare ones
    CliffordFrame(int slots, int qubits) {
        this.slots = slots;
        this.qubits = qubits;
        rowX = new PauliRow[slots];
        rowZ = new PauliRow[slots];
        all = new PauliRow[2 * slots];
        for (int slot = 0; slot < slots; slot++) {
            rowX[slot] = PauliRow.letter(qubits, slot, true, false);
            rowZ[slot] = PauliRow.letter(qubits, slot, false, true);
            all[2 * slot] = rowX[slot];
            all[2 * slot + 1] = rowZ[slot];
        }
    }

    /// The bytes that a frame of so many slots takes.
    static long bytes(long slots) {
        return 2 * slots * (16 * Math.max(1, slots + 63 >>> 6) + 64);
    }

    void clear() {
        bound.clear();
        for (int slot = 0; slot < slots; slot++) {
            rowX[slot].copyFrom(PauliRow.letter(qubits, slot, true, false));
            rowZ[slot].copyFrom(PauliRow.letter(qubits, slot, false, true));
        }
    }

    void copyFrom(CliffordFrame other) {
        bound.clear();
        for (PauliRow product : other.bound) bound.add(product.copy());
        for (int slot = 0; slot < slots; slot++) {
            rowX[slot].copyFrom(other.rowX[slot]);
            rowZ[slot].copyFrom(other.rowZ[slot]);
        }
    }

    /// Words that operations before U went over.
    long work() {
        return work;
    }

    PauliRow rowX(int slot) {
        return rowX[slot];
    }

    PauliRow rowZ(int slot) {
        return rowZ[slot];
    }

    /// What a signed Pauli product after U is before U.
    ///
    /// @param letters slots with their letters, packed as in `StepList`
    PauliRow before(int[] letters, boolean negative) {
        var product = new PauliRow(qubits);
        int power = negative ? 2 : 0;
        for (int letter : letters) {
            int slot = letter & StepList.SLOT_MASK;
            boolean x = hasX(letter);
            boolean z = hasZ(letter);
            if (x) power += product.multiply(rowX[slot]);
            if (z) power += product.multiply(rowZ[slot]);
            if (x && z) power++; // Y = i X Z
        }
        Invariant.hold((power & 1) == 0, "a product of Pauli operators has a sign");
        if ((power & 2) != 0) product.negate();
        return product;
    }

    void pauli(int[] letters) {
        for (int letter : letters) {
            int slot = letter & StepList.SLOT_MASK;
            if (hasX(letter)) rowZ[slot].negate();
            if (hasZ(letter)) rowX[slot].negate();
        }
    }

    /// Applies exp(-i turns pi/4 P): with V = exp(-i pi/4 P), V^-1 Q V is i P Q for every Q that P
    /// does not commute with.
    void quarterTurns(int[] letters, boolean negative, int turns) {
        if (turns == 0) return;
        if (turns == 2) {
            pauli(letters);
            return;
        }
        PauliRow product = before(letters, negative);
        int power = turns == 1 ? 3 : 1; // i P Q = -i Q P
        for (int letter : letters) {
            int slot = letter & StepList.SLOT_MASK;
            if (hasX(letter)) rowZ[slot].times(product, power);
            if (hasZ(letter)) rowX[slot].times(product, power);
        }
    }

    void hadamard(int slot) {
        PauliRow row = rowX[slot];
        rowX[slot] = rowZ[slot];
        rowZ[slot] = row;
    }

    /// S, or its inverse.
    void phase(int slot, boolean inverse) {
        rowX[slot].times(rowZ[slot], inverse ? 1 : 3);
    }

    /// The root of X, or its inverse.
    void rootOfX(int slot, boolean inverse) {
        rowZ[slot].times(rowX[slot], inverse ? 1 : 3);
    }

    void controlledX(int control, int target) {
        rowX[control].times(rowX[target], 0);
        rowZ[target].times(rowZ[control], 0);
    }

    void controlledZ(int a, int b) {
        rowX[a].times(rowZ[b], 0);
        rowX[b].times(rowZ[a], 0);
    }

    void swap(int a, int b) {
        PauliRow row = rowX[a];
        rowX[a] = rowX[b];
        rowX[b] = row;
        row = rowZ[a];
        rowZ[a] = rowZ[b];
        rowZ[b] = row;
    }

    /// The products that the state before U is projected onto: they commute with one another and
    /// with every row.
    List<PauliRow> bound() {
        return bound;
    }

    /// Projects the state before U onto P Z, Z being that of a qubit that no row touches, and puts
    /// X of that qubit, where P is -1, before U.
    void bind(PauliRow p, int qubit) {
        PauliRow product = p.copy();
        product.times(PauliRow.letter(qubits, qubit, false, true), 0);
        PauliRow.control(all, p, PauliRow.letter(qubits, qubit, true, false));
        bound.add(product);
        count();
    }

    /// Puts (A + P) / sqrt 2 before U.
    void exchangeBefore(PauliRow a, PauliRow p) {
        PauliRow.exchange(all, a, p);
        PauliRow.exchange(bound.toArray(new PauliRow[0]), a, p);
        count();
    }

    /// Puts B, where A is -1, before U.
    void controlBefore(PauliRow a, PauliRow b) {
        PauliRow.control(all, a, b);
        PauliRow.control(bound.toArray(new PauliRow[0]), a, b);
        count();
    }

    /// Puts P before U.
    void flipBefore(PauliRow p) {
        PauliRow.flip(all, p);
        PauliRow.flip(bound.toArray(new PauliRow[0]), p);
        count();
    }

    private void count() {
        work += 4L * slots * Math.max(1, slots + 63 >>> 6);
    }

    private static boolean hasX(int letter) {
        return (letter >>> StepList.LETTER_SHIFT & 1) != 0;
    }

    private static boolean hasZ(int letter) {
        return (letter >>> StepList.LETTER_SHIFT & 2) != 0;
    }
}
