package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Gates that wait to be applied together. What acts on one qubit is multiplied up, and waits on
/// while what follows commutes with it; a factor of the whole state is kept apart.
final class GateQueue {

    private static final int QUBITS_MAX = 31;
    private static final double ROOT_HALF = Math.sqrt(0.5);

    /// What products of many phases may be off by.
    private static final double UNIT_ROUNDING = 1e-12;

    private final double[][] waiting = new double[QUBITS_MAX][];
    private List<PassOp> ops = new ArrayList<>();
    private double factorRe = 1;
    private double factorIm;

    boolean isEmpty() {
        if (!ops.isEmpty()) return false;
        for (double[] m : waiting) if (m != null) return false;
        return true;
    }

    /// Forgets all gates, and makes the factor 1.
    void clear() {
        Arrays.fill(waiting, null);
        ops = new ArrayList<>();
        factorRe = 1;
        factorIm = 0;
    }

    /// The factor by which all amplitudes are to be multiplied, real part.
    double factorRe() {
        return factorRe;
    }

    /// The factor by which all amplitudes are to be multiplied, imaginary part.
    double factorIm() {
        return factorIm;
    }

    void takeFactorFrom(GateQueue other) {
        factorRe = other.factorRe;
        factorIm = other.factorIm;
    }

    /// The gates, which then wait no more.
    List<PassOp> take() {
        for (int qubit = 0; qubit < QUBITS_MAX; qubit++) settle(qubit);
        List<PassOp> taken = ops;
        ops = new ArrayList<>();
        return taken;
    }

    void hadamard(int qubit) {
        double r = ROOT_HALF;
        matrix(qubit, r, 0, r, 0, r, 0, -r, 0);
    }

    /// (p q; q p), p = (1 + turn i)/2 and q = (1 - turn i)/2.
    void rootOfX(int qubit, int turn) {
        double t = 0.5 * turn;
        matrix(qubit, 0.5, t, 0.5, -t, 0.5, -t, 0.5, t);
    }

    /// Multiplies a qubit by a matrix.
    ///
    /// @param m as in `AmplitudeLoops.matrix`
    void matrix(int qubit, double... m) {
        double[] before = waiting[qubit];
        waiting[qubit] = before == null ? m : product(m, before);
    }

    /// Multiplies a qubit's value 0 by a + i b and its value 1 by c + i d.
    void diagonal(int qubit, double a, double b, double c, double d) {
        matrix(qubit, a, b, 0, 0, 0, 0, c, d);
    }

    /// Multiplies states that have all bits of `ones` by c + i s.
    void phase(int ones, double c, double s) {
        if (Integer.bitCount(ones) == 1) {
            diagonal(Integer.numberOfTrailingZeros(ones), 1, 0, c, s);
            return;
        }
        settle(0, ones);
        ops.add(new PassOp.Phase(ones, c, s));
    }

    /// Multiplies states with an even number of the bits of `z` by the first factor, others by
    /// the second.
    void parity(int z, double... factors) {
        if (Integer.bitCount(z) == 1) {
            int qubit = Integer.numberOfTrailingZeros(z);
            diagonal(qubit, factors[0], factors[1], factors[2], factors[3]);
            return;
        }
        boolean phases = isUnit(factors[0], factors[1]) && isUnit(factors[2], factors[3]);
        if (Integer.bitCount(z) == 2 && phases) {
            pairPhase(z, factors);
            return;
        }
        settle(0, z);
        ops.add(new PassOp.Parity(z, factors));
    }

    private static boolean isUnit(double re, double im) {
        return Math.abs(re * re + im * im - 1) < UNIT_ROUNDING;
    }

    /// A factor for odd bits of two is a phase for each bit and one for both: the former go with
    /// what waits for their qubits, the latter is a quarter of the work.
    private void pairPhase(int z, double[] f) {
        multiplyFactor(f[0], f[1]);
        double c = f[2] * f[0] + f[3] * f[1];
        double s = f[3] * f[0] - f[2] * f[1];
        for (int rest = z; rest != 0; rest &= rest - 1) phase(Integer.lowestOneBit(rest), c, s);
        phase(z, c * c - s * s, -2 * c * s);
    }

    private void multiplyFactor(double re, double im) {
        double product = factorRe * re - factorIm * im;
        factorIm = factorRe * im + factorIm * re;
        factorRe = product;
    }

    /// Exchanges as `PassOp.Exchange` says.
    void exchange(int mixing, int from, int ones) {
        if (Integer.bitCount(mixing) == 1 && ones == 0) {
            matrix(Integer.numberOfTrailingZeros(mixing), 0, 0, 1, 0, 1, 0, 0, 0);
            return;
        }
        settle(mixing, ones);
        ops.add(new PassOp.Exchange(mixing, from, ones));
    }

    private void settle(int mixing, int steady) {
        for (int rest = mixing | steady; rest != 0; rest &= rest - 1) {
            int qubit = Integer.numberOfTrailingZeros(rest);
            double[] m = waiting[qubit];
            if (m != null && ((mixing >>> qubit & 1) != 0 || !isDiagonal(m))) settle(qubit);
        }
    }

    private void settle(int qubit) {
        double[] m = waiting[qubit];
        if (m == null) return;
        waiting[qubit] = null;
        if (!isDiagonal(m)) ops.add(new PassOp.Matrix(1 << qubit, m));
        else settleDiagonal(1 << qubit, m);
    }

    private void settleDiagonal(int bit, double[] m) {
        if (!isUnit(m[0], m[1]) || !isUnit(m[6], m[7])) {
            // A projection or a decay: its factor is no phase, and belongs to the amplitudes.
            ops.add(new PassOp.Parity(bit, new double[] {m[0], m[1], m[6], m[7]}));
            return;
        }
        multiplyFactor(m[0], m[1]);
        double c = m[6] * m[0] + m[7] * m[1];
        double s = m[7] * m[0] - m[6] * m[1];
        if (c != 1 || s != 0) ops.add(new PassOp.Phase(bit, c, s));
    }

    private static boolean isDiagonal(double[] m) {
        return m[2] == 0 && m[3] == 0 && m[4] == 0 && m[5] == 0;
    }

    /// The matrix that first does `first`, then `second`.
    private static double[] product(double[] second, double[] first) {
        double[] m = new double[8];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                for (int k = 0; k < 2; k++) {
                    int left = 4 * row + 2 * k;
                    int right = 4 * k + 2 * column;
                    int to = 4 * row + 2 * column;
                    m[to] += second[left] * first[right] - second[left + 1] * first[right + 1];
                    m[to + 1] += second[left] * first[right + 1] + second[left + 1] * first[right];
                }
            }
        }
        return m;
    }
}
