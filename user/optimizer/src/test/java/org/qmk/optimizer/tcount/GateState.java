package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// A state vector that does the gates of a list, independent of the optimizer. Bit q of an index
/// is qubit q.
final class GateState {

    private final double[] re;
    private final double[] im;
    private final int qubits;

    private GateState(int qubits) {
        this.qubits = qubits;
        re = new double[1 << qubits];
        im = new double[1 << qubits];
    }

    static GateState basis(int qubits, int index) {
        var state = new GateState(qubits);
        state.re[index] = 1;
        return state;
    }

    /// A random state of the first qubits, the others in 0; not normalized.
    static GateState random(int qubits, int first, SplittableRandom random) {
        var state = new GateState(qubits);
        for (int i = 0; i < 1 << first; i++) {
            state.re[i] = random.nextDouble() - 0.5;
            state.im[i] = random.nextDouble() - 0.5;
        }
        return state;
    }

    GateState widened(int more) {
        var state = new GateState(qubits + more);
        System.arraycopy(re, 0, state.re, 0, re.length);
        System.arraycopy(im, 0, state.im, 0, im.length);
        return state;
    }

    /// Does all gates; outcomes of measurements are drawn.
    void run(GateList gates, SplittableRandom random) {
        boolean[] events = new boolean[gates.events()];
        for (int i = 0; i < gates.size(); i++) {
            if (gates.guard(i) != GateList.NONE && !events[gates.guard(i)]) continue;
            if (gates.made(i) != GateList.NONE) {
                events[gates.made(i)] = measureX(gates.first(i), random);
            } else {
                gate(gates.opcode(i), gates.first(i), gates.second(i), gates.third(i));
            }
        }
    }

    private void gate(Opcode opcode, int a, int b, int c) {
        double h = Math.sqrt(0.5);
        switch (opcode) {
            case APPLY_X -> single(a, 0, 0, 1, 0, 1, 0, 0, 0);
            case APPLY_Y -> single(a, 0, 0, 0, -1, 0, 1, 0, 0);
            case APPLY_Z -> phase(1 << a, 4);
            case APPLY_H -> single(a, h, 0, h, 0, h, 0, -h, 0);
            case APPLY_S -> phase(1 << a, 2);
            case APPLY_SDG -> phase(1 << a, 6);
            case APPLY_T -> phase(1 << a, 1);
            case APPLY_TDG -> phase(1 << a, 7);
            case APPLY_SX -> single(a, 0.5, 0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5);
            case APPLY_SXDG -> single(a, 0.5, -0.5, 0.5, 0.5, 0.5, 0.5, 0.5, -0.5);
            case APPLY_CZ -> phase(1 << a | 1 << b, 4);
            case APPLY_CCZ -> phase(1 << a | 1 << b | 1 << c, 4);
            case APPLY_CNOT -> flip(1 << a, b);
            case APPLY_TOFFOLI -> flip(1 << a | 1 << b, c);
            case APPLY_SWAP -> swap(a, b);
            case APPLY_ISWAP -> iswap(a, b, 2);
            case APPLY_ISWAPDG -> iswap(a, b, 6);
            default -> throw new IllegalArgumentException("no gate: " + opcode);
        }
    }

    private void single(int q, double... m) {
        int bit = 1 << q;
        for (int i = 0; i < re.length; i++) {
            if ((i & bit) != 0) continue;
            int j = i | bit;
            double r0 = re[i];
            double i0 = im[i];
            double r1 = re[j];
            double i1 = im[j];
            re[i] = m[0] * r0 - m[1] * i0 + m[2] * r1 - m[3] * i1;
            im[i] = m[0] * i0 + m[1] * r0 + m[2] * i1 + m[3] * r1;
            re[j] = m[4] * r0 - m[5] * i0 + m[6] * r1 - m[7] * i1;
            im[j] = m[4] * i0 + m[5] * r0 + m[6] * i1 + m[7] * r1;
        }
    }

    private void phase(int mask, int eighths) {
        double c = Math.cos(Math.PI / 4 * eighths);
        double s = Math.sin(Math.PI / 4 * eighths);
        for (int i = 0; i < re.length; i++) {
            if ((i & mask) != mask) continue;
            double r = re[i];
            re[i] = c * r - s * im[i];
            im[i] = s * r + c * im[i];
        }
    }

    private void flip(int controls, int target) {
        int bit = 1 << target;
        for (int i = 0; i < re.length; i++) {
            if ((i & controls) == controls && (i & bit) == 0) exchange(i, i | bit);
        }
    }

    private void exchange(int i, int j) {
        double r = re[i];
        double m = im[i];
        re[i] = re[j];
        im[i] = im[j];
        re[j] = r;
        im[j] = m;
    }

    private void swap(int a, int b) {
        for (int i = 0; i < re.length; i++) {
            if ((i >> a & 1) == 1 && (i >> b & 1) == 0) exchange(i, i ^ 1 << a ^ 1 << b);
        }
    }

    private void iswap(int a, int b, int eighths) {
        swap(a, b);
        phase(1 << a, eighths);
        phase(1 << b, eighths);
        phase(1 << a | 1 << b, 4);
    }

    private boolean measureX(int q, SplittableRandom random) {
        gate(Opcode.APPLY_H, q, -1, -1);
        double[] weights = new double[2];
        for (int i = 0; i < re.length; i++) weights[i >> q & 1] += re[i] * re[i] + im[i] * im[i];
        boolean one = random.nextDouble() * (weights[0] + weights[1]) < weights[1];
        double scale = Math.sqrt((weights[0] + weights[1]) / weights[one ? 1 : 0]);
        for (int i = 0; i < re.length; i++) {
            boolean kept = (i >> q & 1) == 1 == one;
            re[i] = kept ? scale * re[i] : 0;
            im[i] = kept ? scale * im[i] : 0;
        }
        gate(Opcode.APPLY_H, q, -1, -1);
        return one;
    }

    /// How much of the state is not along another of the same length, whatever the phase.
    double distance(GateState other) {
        double r = 0;
        double m = 0;
        double norm = 0;
        double norm2 = 0;
        for (int i = 0; i < re.length; i++) {
            r += re[i] * other.re[i] + im[i] * other.im[i];
            m += re[i] * other.im[i] - im[i] * other.re[i];
            norm += re[i] * re[i] + im[i] * im[i];
            norm2 += other.re[i] * other.re[i] + other.im[i] * other.im[i];
        }
        return Math.abs(1 - Math.hypot(r, m) / Math.sqrt(norm * norm2));
    }
}
