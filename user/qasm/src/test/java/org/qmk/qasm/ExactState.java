package org.qmk.qasm;

import java.util.Optional;

/// The state of a few qubits, exactly. Qubit 0 is the least significant bit.
final class ExactState {

    private final double[] re;
    private final double[] im;

    ExactState(int qubits) {
        re = new double[1 << qubits];
        im = new double[1 << qubits];
        re[0] = 1;
    }

    private ExactState(double[] re, double[] im) {
        this.re = re;
        this.im = im;
    }

    ExactState copy() {
        return new ExactState(re.clone(), im.clone());
    }

    /// Applies a gate whose first qubit is its most significant.
    void apply(ComplexMatrix gate, int... qubits) {
        int k = qubits.length;
        int mask = 0;
        for (int qubit : qubits) mask |= 1 << qubit;
        int[] rows = new int[1 << k];
        double[] oldRe = new double[1 << k];
        double[] oldIm = new double[1 << k];
        for (int base = 0; base < re.length; base++) {
            if ((base & mask) != 0) continue;
            for (int s = 0; s < rows.length; s++) {
                rows[s] = base;
                for (int i = 0; i < k; i++) {
                    if ((s >> k - 1 - i & 1) != 0) rows[s] |= 1 << qubits[i];
                }
                oldRe[s] = re[rows[s]];
                oldIm[s] = im[rows[s]];
            }
            for (int s = 0; s < rows.length; s++) {
                double a = 0;
                double b = 0;
                for (int t = 0; t < rows.length; t++) {
                    double c = gate.re[s * gate.size + t];
                    double d = gate.im[s * gate.size + t];
                    a += c * oldRe[t] - d * oldIm[t];
                    b += c * oldIm[t] + d * oldRe[t];
                }
                re[rows[s]] = a;
                im[rows[s]] = b;
            }
        }
    }

    /// The squared length: the probability of the path so far.
    double weight() {
        double weight = 0;
        for (int i = 0; i < re.length; i++) weight += re[i] * re[i] + im[i] * im[i];
        return weight;
    }

    /// The part where a qubit has the given value, or nothing if that cannot happen.
    Optional<ExactState> where(int qubit, boolean one) {
        ExactState part = copy();
        for (int i = 0; i < re.length; i++) {
            if ((i >> qubit & 1) != (one ? 1 : 0)) {
                part.re[i] = 0;
                part.im[i] = 0;
            }
        }
        return part.weight() < 1e-12 ? Optional.empty() : Optional.of(part);
    }
}
