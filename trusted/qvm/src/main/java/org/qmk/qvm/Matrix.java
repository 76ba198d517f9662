package org.qmk.qvm;

/// The unitary matrix of a row of the table, if it has one.
///
/// Basis states are numbered with the node's first qubit as the most significant bit.
public sealed interface Matrix {

    /// For operations that are not unitary or act on no qubit.
    Matrix NONE = new None();

    /// exp(-i angle/2 P), with P the node's Pauli string or the letter in the operation's name.
    Matrix ROTATION = new Rotation();

    record None() implements Matrix {}

    record Rotation() implements Matrix {}

    /// A matrix that does not depend on an argument.
    final class Fixed implements Matrix {
        private final int dimension;
        private final double[] re;
        private final double[] im;

        private Fixed(int dimension, double[] re, double[] im) {
            this.dimension = dimension;
            this.re = re;
            this.im = im;
        }

        /// 2 to the number of qubits.
        public int dimension() {
            return dimension;
        }

        public double re(int row, int column) {
            return re[row * dimension + column];
        }

        public double im(int row, int column) {
            return im[row * dimension + column];
        }
    }

    /// Reads rows separated by `;`, entries by spaces. Entries: 0, 1, i, h = 1/sqrt 2,
    /// p = (1+i)/2, q = (1-i)/2, w = e^(i pi/4), v = e^(-i pi/4), each with an optional minus.
    static Matrix of(String text) {
        String[] rows = text.split("; *");
        int dimension = rows.length;
        double[] re = new double[dimension * dimension];
        double[] im = new double[dimension * dimension];
        for (int row = 0; row < dimension; row++) {
            String[] entries = rows[row].split(" ");
            Invariant.hold(entries.length == dimension, "a square matrix: " + text);
            for (int column = 0; column < dimension; column++) {
                set(re, im, row * dimension + column, entries[column]);
            }
        }
        return new Fixed(dimension, re, im);
    }

    /// The identity on the given qubits, but that the entry exchanging the last basis state with
    /// the given one (or the last with itself) is as stated.
    static Matrix swapping(int qubits, int state, String entry) {
        int dimension = 1 << qubits;
        double[] re = new double[dimension * dimension];
        double[] im = new double[dimension * dimension];
        int last = dimension - 1;
        for (int i = 0; i < last; i++) {
            if (i != state) re[i * dimension + i] = 1;
        }
        set(re, im, state * dimension + last, entry);
        set(re, im, last * dimension + state, entry);
        return new Fixed(dimension, re, im);
    }

    private static void set(double[] re, double[] im, int index, String entry) {
        boolean negative = entry.startsWith("-");
        double sign = negative ? -1 : 1;
        double half = Math.sqrt(0.5);
        switch (entry.charAt(negative ? 1 : 0)) {
            case '0' -> {}
            case '1' -> re[index] = sign;
            case 'i' -> im[index] = sign;
            case 'h' -> re[index] = sign * half;
            case 'p' -> put(re, im, index, sign * 0.5, sign * 0.5);
            case 'q' -> put(re, im, index, sign * 0.5, -sign * 0.5);
            case 'w' -> put(re, im, index, sign * half, sign * half);
            case 'v' -> put(re, im, index, sign * half, -sign * half);
            default -> throw new IllegalStateException("unknown matrix entry " + entry);
        }
    }

    private static void put(double[] re, double[] im, int index, double real, double imaginary) {
        re[index] = real;
        im[index] = imaginary;
    }
}
