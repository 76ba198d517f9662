package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;

/// What lists of gates do to states, by the matrices of the operations' table. It shares nothing
/// with the passes and is written to be read, not to be fast.
final class CircuitOracle {

    private static final double EXACT = 1e-9;

    private double[] re;
    private double[] im;

    private CircuitOracle(int qubits) {

        re = new double[1 << qubits];
        im = new double[1 << qubits];
    }

    /// Asserts that two lists have the same matrix up to a phase: for up to 6 qubits column by
    /// column, beyond that on two random states, which agree by chance only if the matrices do.
    static void assertSame(GateList expected, GateList actual, String what) {
        assertEquals(expected.qubits(), actual.qubits(), what);
        int n = expected.qubits();
        double overlapRe = 0;
        double overlapIm = 0;
        int states = n <= 6 ? 1 << n : 2;
        for (int state = 0; state < states; state++) {
            CircuitOracle a = n <= 6 ? basis(n, state) : random(n, state);
            CircuitOracle b = n <= 6 ? basis(n, state) : random(n, state);
            a.apply(expected);
            b.apply(actual);
            for (int i = 0; i < a.re.length; i++) {
                overlapRe += a.re[i] * b.re[i] + a.im[i] * b.im[i];
                overlapIm += a.re[i] * b.im[i] - a.im[i] * b.re[i];
            }
        }
        // Each overlap is at most 1, and the sum is only that large if all have the same phase.
        assertEquals(states, Math.hypot(overlapRe, overlapIm), states * EXACT, what);
    }

    private static CircuitOracle basis(int qubits, int state) {
        var oracle = new CircuitOracle(qubits);
        oracle.re[state] = 1;
        return oracle;
    }

    private static CircuitOracle random(int qubits, long seed) {
        var random = new SplittableRandom(seed);
        var oracle = new CircuitOracle(qubits);
        double norm = 0;
        for (int i = 0; i < oracle.re.length; i++) {
            oracle.re[i] = random.nextDouble(-1, 1);
            oracle.im[i] = random.nextDouble(-1, 1);
            norm += oracle.re[i] * oracle.re[i] + oracle.im[i] * oracle.im[i];
        }
        for (int i = 0; i < oracle.re.length; i++) {
            oracle.re[i] /= Math.sqrt(norm);
            oracle.im[i] /= Math.sqrt(norm);
        }
        return oracle;
    }

    private void apply(GateList gates) {
        for (int i = 0; i < gates.size(); i++) {
            Opcode opcode = gates.opcode(i);
            int[] operands = {gates.first(i), gates.second(i), gates.third(i)};
            switch (opcode.matrix()) {
                case Matrix.Fixed fixed -> {
                    int n = Integer.numberOfTrailingZeros(fixed.dimension());
                    double[][] real = new double[fixed.dimension()][fixed.dimension()];
                    double[][] imaginary = new double[fixed.dimension()][fixed.dimension()];
                    for (int row = 0; row < real.length; row++) {
                        for (int column = 0; column < real.length; column++) {
                            real[row][column] = fixed.re(row, column);
                            imaginary[row][column] = fixed.im(row, column);
                        }
                    }
                    apply(real, imaginary, Arrays.copyOf(operands, n));
                }
                case Matrix.Rotation() -> rotate(opcode, gates.angle(i), operands[0]);
                case Matrix.None() -> throw new AssertionError(opcode + " has no matrix");
            }
        }
    }

    private void rotate(Opcode opcode, double angle, int qubit) {
        double c = Math.cos(angle / 2);
        double s = Math.sin(angle / 2);
        double[][] real = {{c, 0}, {0, c}};
        double[][] imaginary = {{0, 0}, {0, 0}};
        switch (opcode) {
            case RX -> imaginary[0][1] = imaginary[1][0] = -s;
            case RY -> {
                real[0][1] = -s;
                real[1][0] = s;
            }
            default -> {
                imaginary[0][0] = -s;
                imaginary[1][1] = s;
            }
        }
        apply(real, imaginary, qubit);
    }

    private void apply(double[][] real, double[][] imaginary, int... operands) {
        double[] toRe = new double[re.length];
        double[] toIm = new double[re.length];
        for (int index = 0; index < re.length; index++) {
            int column = 0;
            for (int qubit : operands) column = column << 1 | index >>> qubit & 1;
            for (int row = 0; row < real.length; row++) {
                int to = index;
                for (int k = 0; k < operands.length; k++) {
                    int bit = 1 << operands[k];
                    to = (row >>> operands.length - 1 - k & 1) != 0 ? to | bit : to & ~bit;
                }
                double a = real[row][column];
                double b = imaginary[row][column];
                toRe[to] += a * re[index] - b * im[index];
                toIm[to] += a * im[index] + b * re[index];
            }
        }
        re = toRe;
        im = toIm;
    }
}
