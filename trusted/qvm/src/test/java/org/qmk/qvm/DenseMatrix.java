package org.qmk.qvm;

/// A small complex matrix, for checking rows of the table. `rows` by `columns`.
final class DenseMatrix {
    final int rows;
    final int columns;
    final double[] re;
    final double[] im;

    DenseMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        re = new double[rows * columns];
        im = new double[rows * columns];
    }

    static DenseMatrix of(Matrix.Fixed matrix) {
        var result = new DenseMatrix(matrix.dimension(), matrix.dimension());
        for (int row = 0; row < result.rows; row++) {
            for (int column = 0; column < result.columns; column++) {
                result.re[row * result.columns + column] = matrix.re(row, column);
                result.im[row * result.columns + column] = matrix.im(row, column);
            }
        }
        return result;
    }

    static DenseMatrix identity(int dimension) {
        var result = new DenseMatrix(dimension, dimension);
        for (int i = 0; i < dimension; i++) result.re[i * dimension + i] = 1;
        return result;
    }

    /// The matrix of a Pauli string such as `-X_Z`; `_` and `I` stand for the identity. The empty
    /// string is the identity on no qubit.
    static DenseMatrix pauli(String text) {
        boolean signed = text.startsWith("-");
        DenseMatrix result = identity(1).times(signed ? -1 : 1, 0);
        for (char letter : text.substring(signed ? 1 : 0).toCharArray()) {
            result = result.tensor(letter(letter));
        }
        return result;
    }

    private static DenseMatrix letter(char letter) {
        var result = new DenseMatrix(2, 2);
        switch (letter) {
            case 'I', '_' -> result.set(1, 0, 0, 1, false);
            case 'X' -> result.set(0, 1, 1, 0, false);
            case 'Y' -> result.set(0, -1, 1, 0, true);
            case 'Z' -> result.set(1, 0, 0, -1, false);
            default -> throw new IllegalArgumentException("no Pauli letter: " + letter);
        }
        return result;
    }

    private void set(double a, double b, double c, double d, boolean imaginary) {
        double[] part = imaginary ? im : re;
        part[0] = a;
        part[1] = b;
        part[2] = c;
        part[3] = d;
    }

    /// cos(angle/2) - i sin(angle/2) P.
    static DenseMatrix rotation(String pauli, double angle) {
        DenseMatrix letters = pauli(pauli);
        DenseMatrix turned = letters.times(0, -Math.sin(angle / 2));
        return identity(letters.rows).times(Math.cos(angle / 2), 0).plus(turned);
    }

    DenseMatrix times(double factorRe, double factorIm) {
        var result = new DenseMatrix(rows, columns);
        for (int i = 0; i < re.length; i++) {
            result.re[i] = factorRe * re[i] - factorIm * im[i];
            result.im[i] = factorRe * im[i] + factorIm * re[i];
        }
        return result;
    }

    DenseMatrix plus(DenseMatrix other) {
        var result = new DenseMatrix(rows, columns);
        for (int i = 0; i < re.length; i++) {
            result.re[i] = re[i] + other.re[i];
            result.im[i] = im[i] + other.im[i];
        }
        return result;
    }

    DenseMatrix times(DenseMatrix other) {
        if (columns != other.rows)
            throw new IllegalArgumentException(columns + " and " + other.rows);
        var result = new DenseMatrix(rows, other.columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < other.columns; column++) {
                int at = row * other.columns + column;
                for (int k = 0; k < columns; k++) {
                    int a = row * columns + k;
                    int b = k * other.columns + column;
                    result.re[at] += re[a] * other.re[b] - im[a] * other.im[b];
                    result.im[at] += re[a] * other.im[b] + im[a] * other.re[b];
                }
            }
        }
        return result;
    }

    DenseMatrix tensor(DenseMatrix other) {
        var result = new DenseMatrix(rows * other.rows, columns * other.columns);
        for (int row = 0; row < result.rows; row++) {
            for (int column = 0; column < result.columns; column++) {
                int at = row * result.columns + column;
                int a = row / other.rows * columns + column / other.columns;
                int b = row % other.rows * other.columns + column % other.columns;
                result.re[at] = re[a] * other.re[b] - im[a] * other.im[b];
                result.im[at] = re[a] * other.im[b] + im[a] * other.re[b];
            }
        }
        return result;
    }

    DenseMatrix adjoint() {
        var result = new DenseMatrix(columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result.re[column * rows + row] = re[row * columns + column];
                result.im[column * rows + row] = -im[row * columns + column];
            }
        }
        return result;
    }

    /// The largest difference of two entries.
    double distance(DenseMatrix other) {
        if (rows != other.rows || columns != other.columns) return Double.POSITIVE_INFINITY;
        double distance = 0;
        for (int i = 0; i < re.length; i++) {
            distance = Math.max(distance, Math.hypot(re[i] - other.re[i], im[i] - other.im[i]));
        }
        return distance;
    }
}
