package org.qmk.optimizer.rotation;

import java.math.BigDecimal;
import java.math.MathContext;
import org.qmk.qvm.Opcode;

/// Unitaries of one qubit with many decimal digits, by the definitions of the gates and nothing
/// that the synthesis uses: to judge its words.
final class DecimalUnitary {

    private static final MathContext DIGITS = new MathContext(140);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal ROOT_HALF = HALF.sqrt(DIGITS);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal ZERO = BigDecimal.ZERO;

    /// Row, column, real and imaginary part.
    private BigDecimal[][][] entries = {{{ONE, ZERO}, {ZERO, ZERO}}, {{ZERO, ZERO}, {ONE, ZERO}}};

    static DecimalUnitary of(Iterable<Opcode> gates) {
        var unitary = new DecimalUnitary();
        for (Opcode gate : gates) unitary.then(gate);
        return unitary;
    }

    void then(Opcode gate) {
        switch (gate) {
            case APPLY_X -> swap();
            case APPLY_Y -> {
                // i X Z
                turn(ZERO, ONE.negate(), 1);
                turn(ZERO, ONE, 0);
                swap();
            }
            case APPLY_Z -> turn(ONE.negate(), ZERO, 1);
            case APPLY_S -> turn(ZERO, ONE, 1);
            case APPLY_SDG -> turn(ZERO, ONE.negate(), 1);
            case APPLY_T -> turn(ROOT_HALF, ROOT_HALF, 1);
            case APPLY_TDG -> turn(ROOT_HALF, ROOT_HALF.negate(), 1);
            case APPLY_H -> hadamard();
            case APPLY_SX -> {
                hadamard();
                turn(ZERO, ONE, 1);
                hadamard();
            }
            case APPLY_SXDG -> {
                hadamard();
                turn(ZERO, ONE.negate(), 1);
                hadamard();
            }
            default -> throw new IllegalArgumentException(gate + " in a word");
        }
    }

    private void swap() {
        entries = new BigDecimal[][][] {entries[1], entries[0]};
    }

    private void turn(BigDecimal re, BigDecimal im, int row) {
        for (int i = 0; i < 2; i++) entries[row][i] = times(entries[row][i], re, im);
    }

    private void hadamard() {
        var sums = new BigDecimal[2][2][2];
        for (int i = 0; i < 2; i++) {
            for (int part = 0; part < 2; part++) {
                BigDecimal x = entries[0][i][part];
                BigDecimal y = entries[1][i][part];
                sums[0][i][part] = x.add(y).multiply(ROOT_HALF, DIGITS);
                sums[1][i][part] = x.subtract(y).multiply(ROOT_HALF, DIGITS);
            }
        }
        entries = sums;
    }

    private static BigDecimal[] times(BigDecimal[] x, BigDecimal re, BigDecimal im) {
        return new BigDecimal[] {
            x[0].multiply(re).subtract(x[1].multiply(im)).round(DIGITS),
            x[0].multiply(im).add(x[1].multiply(re)).round(DIGITS)
        };
    }

    /// The operator norm of the difference to diag(exp(-i angle/2), exp(i angle/2)), at the best
    /// global phase: the root of 2 - |trace of the one times the adjoint of the other|.
    double distance(BigDecimal angle) {
        BigDecimal half = angle.multiply(HALF);
        BigDecimal cosine = cosine(half);
        BigDecimal sine = sine(half);
        BigDecimal[] first = times(entries[0][0], cosine, sine);
        BigDecimal[] last = times(entries[1][1], cosine, sine.negate());
        BigDecimal re = first[0].add(last[0]);
        BigDecimal im = first[1].add(last[1]);
        BigDecimal trace = re.multiply(re).add(im.multiply(im)).sqrt(DIGITS);
        return Math.sqrt(Math.max(0, BigDecimal.TWO.subtract(trace).doubleValue()));
    }

    private static BigDecimal cosine(BigDecimal x) {
        return series(x, ONE, 1);
    }

    private static BigDecimal sine(BigDecimal x) {
        return series(x, x, 2);
    }

    /// The sum of terms each of which is the one before times -x^2/(n (n + 1)), then n + 2.
    private static BigDecimal series(BigDecimal x, BigDecimal first, int n) {
        BigDecimal square = x.multiply(x).negate();
        BigDecimal term = first;
        BigDecimal sum = first;
        for (int i = n; term.abs().compareTo(new BigDecimal("1e-135")) > 0; i += 2) {
            term = term.multiply(square).divide(BigDecimal.valueOf((long) i * (i + 1)), DIGITS);
            sum = sum.add(term);
        }
        return sum.round(DIGITS);
    }

    /// Real and imaginary parts, by row and column.
    double[][][] toDoubles() {
        var result = new double[2][2][2];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                for (int part = 0; part < 2; part++) {
                    result[row][column][part] = entries[row][column][part].doubleValue();
                }
            }
        }
        return result;
    }
}
