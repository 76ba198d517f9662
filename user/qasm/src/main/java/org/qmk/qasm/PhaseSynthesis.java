package org.qmk.qasm;

import java.util.Arrays;
import org.qmk.qvm.Opcode;

/// Turns on one qubit under any number of controls, exact up to a global phase of the program.
///
/// Everything comes down to a phase on the states where all of some qubits are 1: a controlled
/// turn is that phase between a change of basis and its inverse.
final class PhaseSynthesis {

    /// Qubits up to which a phase is written as rotations by parities, 2^n - 1 of them.
    private static final int PARITY_QUBITS_MAX = 4;

    private static final double EIGHTH = Math.PI / 4;
    private static final double EXACT = 1e-12;

    private final QasmEmitter emitter;

    /// Qubits 0 to this, exclusive, are alive: those that a gate does not touch may be borrowed.
    private int alive;

    PhaseSynthesis(QasmEmitter emitter) {
        this.emitter = emitter;
    }

    /// States that the qubits from 0 to `count`, exclusive, are alive.
    void alive(int count) {
        alive = count;
    }

    /// Applies a turn to a qubit where all controls are 1.
    void turn(Turn turn, int[] controls, int target) {
        if (controls.length == 0) {
            free(turn, target);
            return;
        }
        phase(turn.phase(), controls);
        if (!isWhole(turn.angle())) controlled(turn, controls, target);
    }

    /// Multiplies by e^(i angle) where all the qubits are 1.
    void phase(double angle, int[] qubits) {
        if (qubits.length == 0 || isWhole(angle)) return;
        if (qubits.length == 1) {
            zPhase(angle, qubits[0]);
        } else if (eighths(angle) == 4) {
            signFlip(qubits);
        } else if (qubits.length <= PARITY_QUBITS_MAX) {
            parities(angle, qubits);
        } else {
            halved(angle, qubits);
        }
    }

    void swap(int[] controls, int a, int b) {
        if (controls.length == 0) {
            emitter.gate(Opcode.APPLY_SWAP, a, b);
            return;
        }
        emitter.gate(Opcode.APPLY_CNOT, b, a);
        flip(append(controls, a), b);
        emitter.gate(Opcode.APPLY_CNOT, b, a);
    }

    /// Flips the target where all controls are 1.
    void flip(int[] controls, int target) {
        switch (controls.length) {
            case 0 -> emitter.gate(Opcode.APPLY_X, target);
            case 1 -> emitter.gate(Opcode.APPLY_CNOT, controls[0], target);
            case 2 -> emitter.gate(Opcode.APPLY_TOFFOLI, controls[0], controls[1], target);
            default -> manyControls(controls, target);
        }
    }

    private void free(Turn turn, int target) {
        switch (turn.axis()) {
            case Z -> zPhase(turn.angle(), target);
            case X -> xTurn(turn.angle(), target);
            case Y -> yTurn(turn.angle(), target);
            case H -> {
                if (eighths(turn.angle()) == 4) emitter.gate(Opcode.APPLY_H, target);
                else turned(turn, target);
            }
            case GENERAL -> turned(turn, target);
        }
    }

    private void turned(Turn turn, int target) {
        toZ(turn, target);
        zPhase(turn.angle(), target);
        fromZ(turn, target);
    }

    private void controlled(Turn turn, int[] controls, int target) {
        if (turn.axis() == Turn.Axis.X && eighths(turn.angle()) == 4) {
            flip(controls, target);
            return;
        }
        if (turn.axis() == Turn.Axis.Y && eighths(turn.angle()) == 4) {
            emitter.gate(Opcode.APPLY_SDG, target);
            flip(controls, target);
            emitter.gate(Opcode.APPLY_S, target);
            return;
        }
        toZ(turn, target);
        phase(turn.angle(), append(controls, target));
        fromZ(turn, target);
    }

    /// Applies the inverse of the basis change V of a turn.
    private void toZ(Turn turn, int target) {
        switch (turn.axis()) {
            case Z -> {}
            case X -> emitter.gate(Opcode.APPLY_H, target);
            case Y -> {
                emitter.gate(Opcode.APPLY_SDG, target);
                emitter.gate(Opcode.APPLY_H, target);
            }
            case H -> yTurn(-EIGHTH, target);
            case GENERAL -> {
                zPhase(-turn.azimuth(), target);
                yTurn(-turn.polar(), target);
            }
        }
    }

    /// Applies the basis change V of a turn.
    private void fromZ(Turn turn, int target) {
        switch (turn.axis()) {
            case Z -> {}
            case X -> emitter.gate(Opcode.APPLY_H, target);
            case Y -> {
                emitter.gate(Opcode.APPLY_H, target);
                emitter.gate(Opcode.APPLY_S, target);
            }
            case H -> yTurn(EIGHTH, target);
            case GENERAL -> {
                yTurn(turn.polar(), target);
                zPhase(turn.azimuth(), target);
            }
        }
    }

    /// diag(1, e^(i angle)).
    void zPhase(double angle, int qubit) {
        int eighths = eighths(angle);
        if (eighths < 0) {
            emitter.rotation(Opcode.RZ, qubit, angle);
            return;
        }
        switch (eighths) {
            case 1 -> emitter.gate(Opcode.APPLY_T, qubit);
            case 2 -> emitter.gate(Opcode.APPLY_S, qubit);
            case 3 -> {
                emitter.gate(Opcode.APPLY_S, qubit);
                emitter.gate(Opcode.APPLY_T, qubit);
            }
            case 4 -> emitter.gate(Opcode.APPLY_Z, qubit);
            case 5 -> {
                emitter.gate(Opcode.APPLY_Z, qubit);
                emitter.gate(Opcode.APPLY_T, qubit);
            }
            case 6 -> emitter.gate(Opcode.APPLY_SDG, qubit);
            case 7 -> emitter.gate(Opcode.APPLY_TDG, qubit);
            default -> {}
        }
    }

    private void xTurn(double angle, int qubit) {
        switch (eighths(angle)) {
            case -1 -> emitter.rotation(Opcode.RX, qubit, angle);
            case 0 -> {}
            case 2 -> emitter.gate(Opcode.APPLY_SX, qubit);
            case 4 -> emitter.gate(Opcode.APPLY_X, qubit);
            case 6 -> emitter.gate(Opcode.APPLY_SXDG, qubit);
            default -> {
                emitter.gate(Opcode.APPLY_H, qubit);
                zPhase(angle, qubit);
                emitter.gate(Opcode.APPLY_H, qubit);
            }
        }
    }

    void yTurn(double angle, int qubit) {
        switch (eighths(angle)) {
            case -1 -> emitter.rotation(Opcode.RY, qubit, angle);
            case 0 -> {}
            case 2 -> {
                emitter.gate(Opcode.APPLY_Z, qubit);
                emitter.gate(Opcode.APPLY_H, qubit);
            }
            case 4 -> emitter.gate(Opcode.APPLY_Y, qubit);
            case 6 -> {
                emitter.gate(Opcode.APPLY_H, qubit);
                emitter.gate(Opcode.APPLY_Z, qubit);
            }
            default -> {
                emitter.gate(Opcode.APPLY_SDG, qubit);
                emitter.gate(Opcode.APPLY_H, qubit);
                zPhase(angle, qubit);
                emitter.gate(Opcode.APPLY_H, qubit);
                emitter.gate(Opcode.APPLY_S, qubit);
            }
        }
    }

    /// -1 where all qubits are 1.
    private void signFlip(int[] qubits) {
        int last = qubits[qubits.length - 1];
        if (qubits.length == 2) {
            emitter.gate(Opcode.APPLY_CZ, qubits[0], last);
        } else if (qubits.length == 3) {
            emitter.gate(Opcode.APPLY_CCZ, qubits[0], qubits[1], last);
        } else if (borrowed(qubits, 1).length > 0) {
            emitter.gate(Opcode.APPLY_H, last);
            manyControls(Arrays.copyOf(qubits, qubits.length - 1), last);
            emitter.gate(Opcode.APPLY_H, last);
        } else if (qubits.length <= PARITY_QUBITS_MAX) {
            parities(Math.PI, qubits);
        } else {
            halved(Math.PI, qubits);
        }
    }

    /// The product of n bits is 2^(1-n) times the alternating sum of the parities of their subsets.
    private void parities(double angle, int[] qubits) {
        double share = angle / (1 << qubits.length - 1);
        for (int subset = 1; subset < 1 << qubits.length; subset++) {
            int count = Integer.bitCount(subset);
            int[] members = new int[count];
            int next = 0;
            for (int i = 0; i < qubits.length; i++) {
                if ((subset >> i & 1) != 0) members[next++] = qubits[i];
            }
            parityPhase(count % 2 == 1 ? share : -share, members);
        }
    }

    /// e^(i angle) where an odd number of the qubits are 1.
    private void parityPhase(double angle, int[] qubits) {
        if (qubits.length > 1 && eighths(angle) < 0) {
            emitter.parityRotation(angle, qubits);
            return;
        }
        int last = qubits[qubits.length - 1];
        for (int i = 0; i < qubits.length - 1; i++)
            emitter.gate(Opcode.APPLY_CNOT, qubits[i], last);
        zPhase(angle, last);
        for (int i = qubits.length - 2; i >= 0; i--)
            emitter.gate(Opcode.APPLY_CNOT, qubits[i], last);
    }

    /// Barenco et al., arXiv:quant-ph/9503016, lemma 7.5: with c the last control and t the
    /// target, half the phase on (c, t), on (c flipped, t) backwards, and on (the rest, t).
    private void halved(double angle, int[] qubits) {
        int n = qubits.length;
        int target = qubits[n - 1];
        int control = qubits[n - 2];
        int[] rest = Arrays.copyOf(qubits, n - 2);
        int[] pair = {control, target};
        phase(angle / 2, pair);
        flipBorrowing(rest, control, target);
        phase(-angle / 2, pair);
        flipBorrowing(rest, control, target);
        phase(angle / 2, append(rest, target));
    }

    /// A flip for which one qubit is known to be free to borrow.
    private void flipBorrowing(int[] controls, int target, int spare) {
        if (controls.length <= 2) flip(controls, target);
        else split(controls, target, spare);
    }

    private void manyControls(int[] controls, int target) {
        int[] all = append(controls, target);
        int[] spare = borrowed(all, controls.length - 2);
        if (spare.length == controls.length - 2) {
            ladder(controls, target, spare);
        } else if (spare.length > 0) {
            split(controls, target, spare[0]);
        } else {
            emitter.gate(Opcode.APPLY_H, target);
            if (all.length <= PARITY_QUBITS_MAX) parities(Math.PI, all);
            else halved(Math.PI, all);
            emitter.gate(Opcode.APPLY_H, target);
        }
    }

    /// Lemma 7.3: with one borrowed qubit b, flip b by half of the controls and the target by the
    /// other half and b, twice. Each half borrows the qubits of the other.
    private void split(int[] controls, int target, int spare) {
        int half = (controls.length + 1) / 2;
        int[] low = Arrays.copyOf(controls, half);
        int[] high = append(Arrays.copyOfRange(controls, half, controls.length), spare);
        for (int round = 0; round < 2; round++) {
            flipWith(
                    low,
                    spare,
                    append(Arrays.copyOfRange(controls, half, controls.length), target));
            flipWith(high, target, low);
        }
    }

    private void flipWith(int[] controls, int target, int[] spare) {
        if (controls.length <= 2) flip(controls, target);
        else ladder(controls, target, Arrays.copyOf(spare, controls.length - 2));
    }

    /// Lemma 7.2: n controls with n - 2 borrowed qubits, in 4 (n - 2) Toffolis.
    private void ladder(int[] controls, int target, int[] spare) {
        int m = spare.length;
        for (int round = 0; round < 2; round++) {
            toffoli(controls[m + 1], spare[m - 1], target);
            for (int i = m - 1; i >= 1; i--) toffoli(controls[i + 1], spare[i - 1], spare[i]);
            toffoli(controls[0], controls[1], spare[0]);
            for (int i = 1; i <= m - 1; i++) toffoli(controls[i + 1], spare[i - 1], spare[i]);
        }
    }

    private void toffoli(int a, int b, int c) {
        emitter.gate(Opcode.APPLY_TOFFOLI, a, b, c);
    }

    /// Up to `count` live qubits that are none of the given.
    private int[] borrowed(int[] taken, int count) {
        int[] found = new int[Math.min(count, alive)];
        int size = 0;
        for (int qubit = 0; qubit < alive && size < found.length; qubit++) {
            boolean used = false;
            for (int each : taken) used |= each == qubit;
            if (!used) found[size++] = qubit;
        }
        return Arrays.copyOf(found, size);
    }

    static int[] append(int[] qubits, int one) {
        int[] longer = Arrays.copyOf(qubits, qubits.length + 1);
        longer[qubits.length] = one;
        return longer;
    }

    private static boolean isWhole(double angle) {
        return eighths(angle) == 0;
    }

    /// The angle in eighths of a turn, 0 to 7, or -1 if it is not a multiple of one.
    private static int eighths(double angle) {
        double count = Math.rint(angle / EIGHTH);
        double tolerance = EXACT + 2 * Math.ulp(angle);
        boolean vague = tolerance > 1e-9; // so large an angle that rounding hides what it is
        if (vague || Math.abs(angle - count * EIGHTH) > tolerance) return -1;
        return (int) Math.floorMod((long) count, 8L);
    }
}
