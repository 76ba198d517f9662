package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// A Clifford and T program as rotations by an eighth of a turn, `exp(-i pi/8 P)`, first to last,
/// and then one Clifford C, held as what it makes of each Pauli: `C† X C` and `C† Z C`.
final class PauliProgram {

    final int qubits;
    final List<PauliProduct> rotations = new ArrayList<>();
    final PauliProduct[] imagesX;
    final PauliProduct[] imagesZ;

    PauliProgram(int qubits) {
        this.qubits = qubits;
        imagesX = new PauliProduct[qubits];
        imagesZ = new PauliProduct[qubits];
        for (int q = 0; q < qubits; q++) {
            imagesX[q] = PauliProduct.x(qubits, q);
            imagesZ[q] = PauliProduct.z(qubits, q);
        }
    }

    PauliProgram copy() {
        var copy = new PauliProgram(qubits);
        for (PauliProduct rotation : rotations) copy.rotations.add(rotation.copy());
        for (int q = 0; q < qubits; q++) {
            copy.imagesX[q] = imagesX[q].copy();
            copy.imagesZ[q] = imagesZ[q].copy();
        }
        return copy;
    }

    static boolean takes(Opcode opcode) {
        return switch (opcode.family()) {
            case CLIFFORD -> true;
            case MAGIC -> opcode != Opcode.INJECT_T_STATE;
            case CORE, MEASURE, EVENT, ROTATION, LINK, POLICY -> false;
        };
    }

    /// Appends a gate of a list, one that `takes` allows.
    ///
    /// @param other whether a CCZ, which is its own inverse, turns backwards, and a T is written
    ///     as its inverse and S: the merged program may be shorter for one of them
    void append(GateList gates, int gate, boolean other) {
        int a = gates.first(gate);
        int b = gates.second(gate);
        int c = gates.third(gate);
        switch (gates.opcode(gate)) {
            case APPLY_X -> imagesZ[a].negate();
            case APPLY_Y -> {
                imagesX[a].negate();
                imagesZ[a].negate();
            }
            case APPLY_Z -> imagesX[a].negate();
            case APPLY_H -> h(a);
            case APPLY_S -> s(a, 3);
            case APPLY_SDG -> s(a, 1);
            case APPLY_SX -> sx(a, 3);
            case APPLY_SXDG -> sx(a, 1);
            case APPLY_CNOT -> cnot(a, b);
            case APPLY_CZ -> cz(a, b);
            case APPLY_SWAP -> swap(a, b);
            case APPLY_ISWAP -> iswap(a, b, 3);
            case APPLY_ISWAPDG -> iswap(a, b, 1);
            case APPLY_T -> t(a, true, other);
            case APPLY_TDG -> t(a, false, other);
            case APPLY_CCZ -> ccz(a, b, c, other);
            case APPLY_TOFFOLI -> {
                h(c);
                ccz(a, b, c, other);
                h(c);
            }
            case ALLOC_LQ,
                    FREE_LQ,
                    RESET,
                    FENCE_EPOCH,
                    BAR_REGION,
                    MEASURE_Z,
                    MEASURE_X,
                    MEASURE_Y,
                    MEASURE_PAULI,
                    MEASURE_BELL,
                    EV_CONST,
                    EV_NOT,
                    EV_XOR,
                    EV_AND,
                    EV_OR,
                    EV_SELECT,
                    COND_PAULI,
                    INJECT_T_STATE,
                    ROTATE_PAULI,
                    RX,
                    RY,
                    RZ,
                    MEASURE_ANGLE,
                    OPEN_CHAN,
                    USE_CHAN,
                    CLOSE_CHAN,
                    TELEPORT_CNOT,
                    SET_POLICY ->
                    throw new IllegalArgumentException("no gate to merge: " + gates.opcode(gate));
        }
    }

    /// A T is also its inverse and then S.
    private void t(int q, boolean forwards, boolean other) {
        turn(forwards != other, q);
        if (other) s(q, forwards ? 3 : 1);
    }

    private void h(int q) {
        PauliProduct x = imagesX[q];
        imagesX[q] = imagesZ[q];
        imagesZ[q] = x;
    }

    /// S for power 3, as `S† X S` is -iXZ, and its inverse for 1.
    private void s(int q, int power) {
        imagesX[q].multiply(imagesZ[q]);
        imagesX[q].multiplyByI(power);
    }

    private void sx(int q, int power) {
        h(q);
        s(q, power);
        h(q);
    }

    private void cnot(int control, int target) {
        imagesX[control].multiply(imagesX[target]);
        imagesZ[target].multiply(imagesZ[control]);
    }

    private void cz(int a, int b) {
        h(b);
        cnot(a, b);
        h(b);
    }

    private void swap(int a, int b) {
        PauliProduct x = imagesX[a];
        PauliProduct z = imagesZ[a];
        imagesX[a] = imagesX[b];
        imagesZ[a] = imagesZ[b];
        imagesX[b] = x;
        imagesZ[b] = z;
    }

    private void iswap(int a, int b, int power) {
        swap(a, b);
        cz(a, b);
        s(a, power);
        s(b, power);
    }

    /// 4abc = a + b + c - (a+b) - (a+c) - (b+c) + (a+b+c), the sums in brackets modulo 2.
    private void ccz(int a, int b, int c, boolean backwards) {
        turn(!backwards, a);
        turn(!backwards, b);
        turn(!backwards, c);
        turn(backwards, a, b);
        turn(backwards, a, c);
        turn(backwards, b, c);
        turn(!backwards, a, b, c);
    }

    private void turn(boolean forwards, int... among) {
        PauliProduct product = imagesZ[among[0]].copy();
        for (int i = 1; i < among.length; i++) product.multiply(imagesZ[among[i]]);
        if (!forwards) product.negate();
        rotations.add(product);
    }

    /// Moves quarter turns that come before the rotation `from` to the end, into the Clifford.
    void pushQuarterTurns(PauliProduct axis, int turns, int from) {
        for (int i = from; i < rotations.size(); i++) {
            rotations.get(i).passQuarterTurns(axis, turns);
        }
        for (int q = 0; q < qubits; q++) {
            imagesX[q].passQuarterTurns(axis, turns);
            imagesZ[q].passQuarterTurns(axis, turns);
        }
    }

    /// Joins rotations about one axis wherever those between commute with it: two alike are a
    /// quarter turn, two opposite are nothing. Until nothing joins.
    void merge() {
        int before;
        do {
            before = rotations.size();
            mergeOnce();
        } while (rotations.size() < before);
    }

    private void mergeOnce() {
        List<PauliProduct> pending = new ArrayList<>(rotations);
        rotations.clear();
        for (int next = 0; next < pending.size(); next++) {
            PauliProduct rotation = pending.get(next);
            if (rotation.isIdentity()) continue;
            int twin = twin(rotation);
            if (twin < 0) {
                rotations.add(rotation);
                continue;
            }
            PauliProduct earlier = rotations.remove(twin);
            if (earlier.isNegative() != rotation.isNegative()) continue;
            for (int i = next + 1; i < pending.size(); i++) {
                pending.get(i).passQuarterTurns(rotation, 1);
            }
            pushQuarterTurns(rotation, 1, rotations.size());
        }
    }

    /// The last rotation about the same axis that a new one at the end can reach, or -1.
    private int twin(PauliProduct rotation) {
        for (int i = rotations.size() - 1; i >= 0; i--) {
            PauliProduct earlier = rotations.get(i);
            if (earlier.sameAs(rotation)) return i;
            if (earlier.anticommutes(rotation)) return -1;
        }
        return -1;
    }
}
