package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Invariant;

/// A signed Pauli product: i^|x and z| X^x Z^z, which is Hermitian, and a sign. In `bits`, the X
/// words come first, then the Z words.
final class PauliRow {

    private final int words;
    private final long[] bits;
    private boolean negative;

    /// The identity on so many qubits.
    PauliRow(int qubits) {
        words = Math.max(1, qubits + 63 >>> 6);
        bits = new long[2 * words];
    }

    private PauliRow(PauliRow other) {
        words = other.words;
        bits = other.bits.clone();
        negative = other.negative;
    }

    /// A product of one letter.
    static PauliRow letter(int qubits, int qubit, boolean x, boolean z) {
        var row = new PauliRow(qubits);
        if (x) row.bits[qubit >>> 6] = 1L << qubit;
        if (z) row.bits[row.words + (qubit >>> 6)] = 1L << qubit;
        return row;
    }

    /// A product on at most 64 qubits.
    static PauliRow of(long x, long z, boolean negative) {
        var row = new PauliRow(64);
        row.bits[0] = x;
        row.bits[1] = z;
        row.negative = negative;
        return row;
    }

    PauliRow copy() {
        return new PauliRow(this);
    }

    void copyFrom(PauliRow other) {
        System.arraycopy(other.bits, 0, bits, 0, bits.length);
        negative = other.negative;
    }

    void clear() {
        Arrays.fill(bits, 0);
        negative = false;
    }

    int words() {
        return words;
    }

    long x(int word) {
        return bits[word];
    }

    long z(int word) {
        return bits[words + word];
    }

    boolean hasX(int qubit) {
        return (bits[qubit >>> 6] >>> qubit & 1) != 0;
    }

    boolean hasZ(int qubit) {
        return (bits[words + (qubit >>> 6)] >>> qubit & 1) != 0;
    }

    boolean isNegative() {
        return negative;
    }

    void negate() {
        negative = !negative;
    }

    boolean isIdentity() {
        for (long word : bits) if (word != 0) return false;
        return true;
    }

    boolean commutes(PauliRow other) {
        long odd = 0;
        for (int i = 0; i < words; i++) {
            odd ^= bits[i] & other.bits[words + i] ^ bits[words + i] & other.bits[i];
        }
        return (Long.bitCount(odd) & 1) == 0;
    }

    /// Multiplies by another from the right and by i^power, which must come to a sign.
    void times(PauliRow by, int power) {
        int all = multiply(by) + power;
        Invariant.hold((all & 1) == 0, "a product of commuting rows has a sign");
        negative ^= (all & 2) != 0;
    }

    /// Multiplies the letters by those of another from the right, which leaves this row's sign. The
    /// product gets i^power from the letters and from the other's sign: the power is returned.
    ///
    /// Exchanging Z^z and X^x' costs (-1)^|z and x'|.
    int multiply(PauliRow by) {
        int power = by.negative ? 2 : 0;
        for (int i = 0; i < words; i++) {
            long x = bits[i];
            long z = bits[words + i];
            long byX = by.bits[i];
            long byZ = by.bits[words + i];
            long newX = x ^ byX;
            long newZ = z ^ byZ;
            bits[i] = newX;
            bits[words + i] = newZ;
            power += Long.bitCount(x & z) + Long.bitCount(byX & byZ);
            power += 2 * Long.bitCount(z & byX) - Long.bitCount(newX & newZ);
        }
        return power;
    }

    /// Replaces each row R by V R V, V being (A + P) / sqrt 2 for two products that anticommute: V
    /// exchanges the two.
    static void exchange(PauliRow[] rows, PauliRow a, PauliRow p) {
        PauliRow product = a.copy();
        product.negative = false;
        // A P = i^power times the product.
        int power = product.multiply(p) + (a.negative ? 2 : 0);
        for (PauliRow row : rows) {
            boolean withA = row.commutes(a);
            boolean withP = row.commutes(p);
            if (!withA && !withP) row.negate();
            else if (!withP) row.times(product, power); // R A P
            else if (!withA) row.times(product, power + 2); // R P A
        }
    }

    /// Replaces each row R by V R V, V being (1 + A) / 2 + (1 - A) / 2 B for two products that
    /// commute: B where A is -1.
    static void control(PauliRow[] rows, PauliRow a, PauliRow b) {
        PauliRow product = a.copy();
        product.times(b, 0);
        product.negate();
        for (PauliRow row : rows) {
            boolean withA = row.commutes(a);
            boolean withB = row.commutes(b);
            if (!withA && !withB) row.times(product, 0);
            else if (!withA) row.times(b, 0);
            else if (!withB) row.times(a, 0);
        }
    }

    /// Replaces each row R by P R P.
    static void flip(PauliRow[] rows, PauliRow p) {
        for (PauliRow row : rows) if (!row.commutes(p)) row.negate();
    }
}
