package org.qmk.qasm;

import java.util.Arrays;

/// A small square complex matrix: the oracle's arithmetic, written for clearness alone.
final class ComplexMatrix {

    final int size;
    final double[] re;
    final double[] im;

    ComplexMatrix(int size) {
        this.size = size;
        re = new double[size * size];
        im = new double[size * size];
    }

    static ComplexMatrix identity(int size) {
        var identity = new ComplexMatrix(size);
        for (int i = 0; i < size; i++) identity.re[i * size + i] = 1;
        return identity;
    }

    /// Rows of entries: real part, imaginary part, real part ...
    static ComplexMatrix of(double... parts) {
        int size = (int) Math.round(Math.sqrt(parts.length / 2.0));
        var matrix = new ComplexMatrix(size);
        for (int i = 0; i < size * size; i++) {
            matrix.re[i] = parts[2 * i];
            matrix.im[i] = parts[2 * i + 1];
        }
        return matrix;
    }

    /// Real parts only.
    static ComplexMatrix real(double... parts) {
        double[] both = new double[2 * parts.length];
        for (int i = 0; i < parts.length; i++) both[2 * i] = parts[i];
        return of(both);
    }

    ComplexMatrix times(ComplexMatrix right) {
        var product = new ComplexMatrix(size);
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double a = re[i * size + k];
                double b = im[i * size + k];
                if (a == 0 && b == 0) continue;
                for (int j = 0; j < size; j++) {
                    double c = right.re[k * size + j];
                    double d = right.im[k * size + j];
                    product.re[i * size + j] += a * c - b * d;
                    product.im[i * size + j] += a * d + b * c;
                }
            }
        }
        return product;
    }

    ComplexMatrix dagger() {
        var dagger = new ComplexMatrix(size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                dagger.re[j * size + i] = re[i * size + j];
                dagger.im[j * size + i] = -im[i * size + j];
            }
        }
        return dagger;
    }

    ComplexMatrix scaled(double a, double b) {
        var scaled = new ComplexMatrix(size);
        for (int i = 0; i < re.length; i++) {
            scaled.re[i] = re[i] * a - im[i] * b;
            scaled.im[i] = re[i] * b + im[i] * a;
        }
        return scaled;
    }

    ComplexMatrix plus(ComplexMatrix other) {
        var sum = new ComplexMatrix(size);
        for (int i = 0; i < re.length; i++) {
            sum.re[i] = re[i] + other.re[i];
            sum.im[i] = im[i] + other.im[i];
        }
        return sum;
    }

    ComplexMatrix phased(double angle) {
        return scaled(Math.cos(angle), Math.sin(angle));
    }

    /// The matrix where a further, most significant qubit is 1 (or 0), else the identity.
    ComplexMatrix controlled(boolean atOne) {
        var controlled = identity(2 * size);
        int offset = atOne ? size : 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                int at = (offset + i) * 2 * size + offset + j;
                controlled.re[at] = re[i * size + j];
                controlled.im[at] = im[i * size + j];
            }
        }
        return controlled;
    }

    ComplexMatrix power(int exponent) {
        ComplexMatrix base = exponent < 0 ? dagger() : this;
        ComplexMatrix power = identity(size);
        for (int i = 0; i < Math.abs(exponent); i++) power = base.times(power);
        return power;
    }

    /// The principal power of a 2 by 2 unitary, from its eigenvalues l and m:
    /// (l^k (U - m) - m^k (U - l)) / (l - m).
    ComplexMatrix principalPower(double k) {
        double traceRe = (re[0] + re[3]) / 2;
        double traceIm = (im[0] + im[3]) / 2;
        double detRe = re[0] * re[3] - im[0] * im[3] - re[1] * re[2] + im[1] * im[2];
        double detIm = re[0] * im[3] + im[0] * re[3] - re[1] * im[2] - im[1] * re[2];
        double insideRe = traceRe * traceRe - traceIm * traceIm - detRe;
        double insideIm = 2 * traceRe * traceIm - detIm;
        double radius = Math.sqrt(Math.hypot(insideRe, insideIm));
        double half = Math.atan2(insideIm, insideRe) / 2;
        double rootRe = radius * Math.cos(half);
        double rootIm = radius * Math.sin(half);
        double l = principal(Math.atan2(traceIm + rootIm, traceRe + rootRe));
        double m = principal(Math.atan2(traceIm - rootIm, traceRe - rootRe));
        if (radius < 1e-9) return identity(2).phased(k * l);
        ComplexMatrix one = plus(identity(2).phased(m).scaled(-1, 0)).phased(k * l);
        ComplexMatrix two = plus(identity(2).phased(l).scaled(-1, 0)).phased(k * m).scaled(-1, 0);
        double norm = 4 * radius * radius;
        return one.plus(two).scaled(2 * rootRe / norm, -2 * rootIm / norm);
    }

    private static double principal(double angle) {
        return angle < -Math.PI + 1e-9 ? angle + 2 * Math.PI : angle;
    }

    /// Applies a gate on the left, on the given qubits of this matrix; qubit 0 is the least
    /// significant bit of a state, and the gate's first qubit its most significant.
    void apply(ComplexMatrix gate, int... qubits) {
        int k = qubits.length;
        int[] rows = new int[1 << k];
        double[] oldRe = new double[1 << k];
        double[] oldIm = new double[1 << k];
        int mask = 0;
        for (int qubit : qubits) mask |= 1 << qubit;
        for (int base = 0; base < size; base++) {
            if ((base & mask) != 0) continue;
            for (int s = 0; s < 1 << k; s++) {
                rows[s] = base;
                for (int i = 0; i < k; i++) {
                    if ((s >> k - 1 - i & 1) != 0) rows[s] |= 1 << qubits[i];
                }
            }
            for (int column = 0; column < size; column++) {
                for (int s = 0; s < 1 << k; s++) {
                    oldRe[s] = re[rows[s] * size + column];
                    oldIm[s] = im[rows[s] * size + column];
                }
                for (int s = 0; s < 1 << k; s++) {
                    double a = 0;
                    double b = 0;
                    for (int t = 0; t < 1 << k; t++) {
                        double c = gate.re[s * gate.size + t];
                        double d = gate.im[s * gate.size + t];
                        a += c * oldRe[t] - d * oldIm[t];
                        b += c * oldIm[t] + d * oldRe[t];
                    }
                    re[rows[s] * size + column] = a;
                    im[rows[s] * size + column] = b;
                }
            }
        }
    }

    /// The largest difference of entries, the global phase set aside.
    double distance(ComplexMatrix other) {
        double a = 0;
        double b = 0;
        for (int i = 0; i < re.length; i++) {
            a += re[i] * other.re[i] + im[i] * other.im[i];
            b += re[i] * other.im[i] - im[i] * other.re[i];
        }
        ComplexMatrix turned = phased(Math.atan2(b, a));
        double distance = 0;
        for (int i = 0; i < re.length; i++) {
            distance =
                    Math.max(
                            distance,
                            Math.hypot(turned.re[i] - other.re[i], turned.im[i] - other.im[i]));
        }
        return distance;
    }

    @Override
    public String toString() {
        return Arrays.toString(re) + Arrays.toString(im);
    }
}
