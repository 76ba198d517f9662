package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;

/// One path through an OpenQASM program: the state of its qubits, not normalised, and its bits.
/// Qubit k is bit k of an amplitude's index. Independent of QVM and of the reader under test.
final class QasmBranch {

    final boolean[] bits;
    private final double[] re;
    private final double[] im;

    /// A 2 by 2 matrix, row by row.
    record Unitary(
            double re00,
            double im00,
            double re01,
            double im01,
            double re10,
            double im10,
            double re11,
            double im11) {

        Unitary adjoint() {
            return new Unitary(re00, -im00, re10, -im10, re01, -im01, re11, -im11);
        }

        static Unitary diagonal(double turn0, double turn1) {
            return new Unitary(
                    Math.cos(turn0), Math.sin(turn0), 0, 0, 0, 0, Math.cos(turn1), Math.sin(turn1));
        }
    }

    QasmBranch(int qubits, int bitCount) {
        re = new double[1 << qubits];
        im = new double[1 << qubits];
        re[0] = 1;
        bits = new boolean[bitCount];
    }

    QasmBranch(QasmBranch from) {
        re = from.re.clone();
        im = from.im.clone();
        bits = from.bits.clone();
    }

    double weight() {
        double weight = 0;
        for (int i = 0; i < re.length; i++) weight += re[i] * re[i] + im[i] * im[i];
        return weight;
    }

    /// Applies a matrix to one qubit where the qubits of `mask` have the values in `wanted`.
    void apply(Unitary u, int target, int mask, int wanted) {
        int stride = 1 << target;
        for (int i = 0; i < re.length; i++) {
            if ((i & stride) != 0 || (i & mask) != wanted) continue;
            int j = i | stride;
            double a = re[i];
            double b = im[i];
            double c = re[j];
            double d = im[j];
            re[i] = u.re00 * a - u.im00 * b + u.re01 * c - u.im01 * d;
            im[i] = u.re00 * b + u.im00 * a + u.re01 * d + u.im01 * c;
            re[j] = u.re10 * a - u.im10 * b + u.re11 * c - u.im11 * d;
            im[j] = u.re10 * b + u.im10 * a + u.re11 * d + u.im11 * c;
        }
    }

    /// Exchanges two qubits where the qubits of `mask` have the values in `wanted`.
    void swap(int one, int other, int mask, int wanted) {
        for (int i = 0; i < re.length; i++) {
            boolean differs = (i >> one & 1) == 1 && (i >> other & 1) == 0;
            if (!differs || (i & mask) != wanted) continue;
            int j = i ^ (1 << one | 1 << other);
            double a = re[i];
            double b = im[i];
            re[i] = re[j];
            im[i] = im[j];
            re[j] = a;
            im[j] = b;
        }
    }

    /// The paths on which the qubit is found to be 0 and 1.
    List<QasmBranch> measure(int qubit, int bit) {
        List<QasmBranch> halves = split(qubit);
        for (QasmBranch half : halves) half.bits[bit] = half.reads(qubit);
        return halves;
    }

    List<QasmBranch> reset(int qubit) {
        List<QasmBranch> halves = split(qubit);
        Unitary x = new Unitary(0, 0, 1, 0, 1, 0, 0, 0);
        for (QasmBranch half : halves) if (half.reads(qubit)) half.apply(x, qubit, 0, 0);
        return halves;
    }

    private List<QasmBranch> split(int qubit) {
        List<QasmBranch> halves = new ArrayList<>();
        for (int value = 0; value <= 1; value++) {
            QasmBranch half = new QasmBranch(this);
            for (int i = 0; i < re.length; i++) {
                if ((i >> qubit & 1) == value) continue;
                half.re[i] = 0;
                half.im[i] = 0;
            }
            if (half.weight() > ExactDistribution.NEVER) halves.add(half);
        }
        return halves;
    }

    /// The value of a qubit that has been projected.
    private boolean reads(int qubit) {
        for (int i = 0; i < re.length; i++) {
            if (re[i] != 0 || im[i] != 0) return (i >> qubit & 1) == 1;
        }
        throw new IllegalStateException("a path of weight 0 was kept");
    }
}
