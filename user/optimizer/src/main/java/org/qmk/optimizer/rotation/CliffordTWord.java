package org.qmk.optimizer.rotation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Gates of one qubit, Clifford gates and T, in the order of time.
///
/// @param phase the power of w = exp(i pi/4) by which the product of the gates is to be multiplied
///     to get what was asked for; it cannot be observed
public record CliffordTWord(List<Opcode> gates, int phase) {

    public CliffordTWord {
        gates = List.copyOf(gates);
        if (phase != (phase & 7)) throw new IllegalArgumentException("phase " + phase);
    }

    /// The word of that of two unitaries that needs fewer T gates.
    static CliffordTWord shorter(ExactUnitary one, ExactUnitary other) {
        boolean isOther = BlochMatrix.of(other).tCount() < BlochMatrix.of(one).tCount();
        return of(isOther ? other : one);
    }

    /// The word of a unitary that has the fewest T gates: Matsumoto and Amano's normal form, which
    /// has one H for each T and no Clifford gate else, but for a few at its ends. Signs that the
    /// normal form corrects by S on the way are corrected by T dagger instead of T.
    static CliffordTWord of(ExactUnitary unitary) {
        BlochMatrix left = BlochMatrix.of(unitary);
        // The unitary is T^turns[0] H T^turns[1] H ... , the rightmost first in time.
        List<Integer> turns = new ArrayList<>(List.of(0));
        while (left.tCount() > 0) {
            int row = left.evenRow();
            if (row == 1) {
                left.undoS();
                turns.set(turns.size() - 1, turns.getLast() + 2);
            }
            if (row != 2) {
                left.undoH();
                turns.add(0);
            }
            left.undoT();
            turns.set(turns.size() - 1, turns.getLast() + 1);
        }
        List<Opcode> backwards = new ArrayList<>();
        boolean x = false;
        boolean z = false;
        for (int i = 0; i < turns.size(); i++) {
            if (i > 0) {
                backwards.add(Opcode.APPLY_H);
                boolean swapped = x;
                x = z;
                z = swapped;
            }
            int turn = x ? -turns.get(i) & 7 : turns.get(i);
            // Three eighths of a turn are half of one, a Pauli gate, and an eighth back.
            if (turn == 3 || turn == 5) {
                turn = turn + 4 & 7;
                z = !z;
            }
            switch (turn) {
                case 0 -> {}
                case 1 -> backwards.add(Opcode.APPLY_T);
                case 2 -> backwards.add(Opcode.APPLY_S);
                case 6 -> backwards.add(Opcode.APPLY_SDG);
                case 7 -> backwards.add(Opcode.APPLY_TDG);
                default -> throw new IllegalStateException(turn + " eighths of a turn");
            }
        }
        List<Opcode> gates = new ArrayList<>(left.cliffordWord(x, z));
        Collections.reverse(backwards);
        gates.addAll(backwards);
        int phase = unitary.phaseOver(new CliffordTWord(gates, 0).product());
        return new CliffordTWord(gates, phase);
    }

    ExactUnitary product() {
        ExactUnitary product = ExactUnitary.IDENTITY;
        for (Opcode gate : gates) product = product.then(gate);
        return product;
    }

    /// How many T and T dagger gates there are.
    public int tCount() {
        int count = 0;
        for (Opcode gate : gates) {
            if (gate == Opcode.APPLY_T || gate == Opcode.APPLY_TDG) count++;
        }
        return count;
    }

    /// Appends the gates, without the phase.
    public void appendTo(GateList out, int qubit) {
        for (Opcode gate : gates) out.add(gate, qubit);
    }

    /// How far the gates are from exp(-i angle/2 Z): the operator norm of the difference, at the
    /// best global phase. Computed anew from the product of the gates.
    ///
    /// @param angle in radians, taken for exactly what the double is
    public double error(double angle) {
        return error(new RotationAngle(angle, false));
    }

    double error(RotationAngle angle) {
        return RotationDefect.of(this, angle).error();
    }
}
