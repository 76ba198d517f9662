package org.qmk.optimizer.rotation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.Opcode;

/// The rotation of the Bloch sphere that a unitary makes, as a matrix over Z[sqrt 2], over
/// sqrt 2^exponent with the least exponent: which is the least number of T gates of the unitary.
///
/// Source: Matsumoto and Amano, arXiv 0806.3834; Giles and Selinger, arXiv 1312.6584.
final class BlochMatrix {

    /// A shortest word for each of the 24 Clifford gates, by the text of its matrix.
    private static final Map<List<Integer>, List<Opcode>> WORDS = words();

    private final CyclotomicInteger[][] rows;
    private int exponent;

    private BlochMatrix(CyclotomicInteger[][] rows, int exponent) {
        this.rows = rows;
        this.exponent = exponent;
    }

    /// Row i and column j hold half the trace of P_i U P_j U*.
    static BlochMatrix of(ExactUnitary u) {
        CyclotomicInteger aConjugate = u.a().conjugate();
        CyclotomicInteger ac = u.a().times(u.c().conjugate());
        CyclotomicInteger bd = u.b().times(u.d().conjugate());
        CyclotomicInteger ad = u.a().times(u.d().conjugate());
        CyclotomicInteger bc = u.b().times(u.c().conjugate());
        CyclotomicInteger ba = u.b().times(aConjugate);
        // Entry 0 1 of U P U*, whose real part is that along x, and whose other part that along -y.
        CyclotomicInteger[] off = {ad.plus(bc), bc.minus(ad).turned(2), ac.minus(bd)};
        CyclotomicInteger[] along = {
            twiceReal(ba),
            twiceReal(ba.turned(6)).negate(),
            u.a().squaredAbsolute().minus(u.b().squaredAbsolute()).timesRootTwo()
        };
        var rows = new CyclotomicInteger[3][3];
        for (int column = 0; column < 3; column++) {
            // All entries times sqrt 2, as the real part of w is no algebraic integer.
            rows[0][column] = twiceReal(off[column]).dividedByRootTwo();
            rows[1][column] = twiceReal(off[column].turned(2)).dividedByRootTwo();
            rows[2][column] = column == 2 ? along[2] : along[column].timesRootTwo();
        }
        var matrix = new BlochMatrix(rows, 2 * u.exponent() + 1);
        while (matrix.exponent > 0 && matrix.isDivisible()) matrix.divide();
        return matrix;
    }

    private static CyclotomicInteger twiceReal(CyclotomicInteger x) {
        return x.plus(x.conjugate());
    }

    private boolean isDivisible() {
        for (CyclotomicInteger[] row : rows) {
            for (CyclotomicInteger entry : row) {
                if (!entry.isDivisibleByRootTwo()) return false;
            }
        }
        return true;
    }

    private void divide() {
        for (CyclotomicInteger[] row : rows) {
            for (int i = 0; i < 3; i++) row[i] = row[i].dividedByRootTwo();
        }
        exponent--;
    }

    int tCount() {
        return exponent;
    }

    /// The one row that is 0 modulo sqrt 2, if there is a T gate: 2 if the last gates are T, 0 if
    /// they are T and then H, and 1 if they are T, H and then S.
    int evenRow() {
        for (int row = 0; row < 3; row++) {
            if (Arrays.stream(rows[row]).allMatch(CyclotomicInteger::isDivisibleByRootTwo)) {
                return row;
            }
        }
        throw new IllegalStateException("no row is even: not of a unitary");
    }

    /// Undoes a last T.
    void undoT() {
        for (int i = 0; i < 3; i++) {
            CyclotomicInteger x = rows[0][i];
            CyclotomicInteger y = rows[1][i];
            rows[0][i] = x.plus(y).dividedByRootTwo().dividedByRootTwo();
            rows[1][i] = y.minus(x).dividedByRootTwo().dividedByRootTwo();
            rows[2][i] = rows[2][i].dividedByRootTwo();
        }
        exponent--;
    }

    /// Undoes a last S.
    void undoS() {
        CyclotomicInteger[] x = rows[0];
        rows[0] = rows[1];
        rows[1] = negated(x);
    }

    /// Undoes a last H, which is its own inverse.
    void undoH() {
        CyclotomicInteger[] x = rows[0];
        rows[0] = rows[2];
        rows[2] = x;
        rows[1] = negated(rows[1]);
    }

    private static CyclotomicInteger[] negated(CyclotomicInteger[] row) {
        return Arrays.stream(row).map(CyclotomicInteger::negate).toArray(CyclotomicInteger[]::new);
    }

    /// A shortest word, in the order of time, for what is left once there is no T: followed by X
    /// and Z if wanted.
    List<Opcode> cliffordWord(boolean thenX, boolean thenZ) {
        List<Integer> entries = new ArrayList<>();
        for (CyclotomicInteger[] row : rows) {
            for (CyclotomicInteger entry : row) entries.add(entry.a().intValueExact());
        }
        if (thenX) entries = after(entries, WordGate.X);
        if (thenZ) entries = after(entries, WordGate.Z);
        List<Opcode> word = WORDS.get(entries);
        if (word == null) throw new IllegalStateException(entries + " is no Clifford gate");
        return word;
    }

    private static Map<List<Integer>, List<Opcode>> words() {
        Map<List<Integer>, List<Opcode>> words = new HashMap<>();
        var queue = new ArrayDeque<List<Integer>>();
        List<Integer> identity = List.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
        words.put(identity, List.of());
        queue.add(identity);
        while (!queue.isEmpty()) {
            List<Integer> matrix = queue.remove();
            for (WordGate gate : WordGate.values()) {
                if (!gate.isClifford()) continue;
                List<Integer> longer = after(matrix, gate);
                if (words.containsKey(longer)) continue;
                List<Opcode> word = new ArrayList<>(words.get(matrix));
                word.add(gate.opcode());
                words.put(longer, List.copyOf(word));
                queue.add(longer);
            }
        }
        return words;
    }

    /// The matrix of a Clifford gate followed by another.
    private static List<Integer> after(List<Integer> matrix, WordGate gate) {
        List<Integer> result = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int source = gate.axisBefore(row);
            for (int i = 0; i < 3; i++) {
                result.add(Integer.signum(source) * matrix.get(3 * (Math.abs(source) - 1) + i));
            }
        }
        return result;
    }
}
