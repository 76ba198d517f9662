package org.qmk.sim;

import org.qmk.qvm.Invariant;

/// A pure state of a few qubits as a dense vector, of norm 1 up to rounding. The qubit that
/// `qubits` names at place i is bit i of an index.
///
/// Pauli products are given by masks of their X and Z parts: sign i^|x and z| X^x Z^z.
final class DenseCore {

    /// What Java arrays index, with room to spare.
    static final int QUBITS_MAX = 29;

    private static final int BLOCK = 1 << 10;

    /// Squared norm of what is taken for rounding.
    static final double NOTHING = 0x1p-84;

    private final int[] qubits;
    private final double[] re;
    private final double[] im;

    private DenseCore(int[] qubits, double[] re, double[] im) {
        this.qubits = qubits;
        this.re = re;
        this.im = im;
    }

    /// One qubit in the state a|0> + (b + c i)|1>.
    static DenseCore of(int qubit, double a, double b, double c) {
        return new DenseCore(new int[] {qubit}, new double[] {a, b}, new double[] {0, c});
    }

    /// A core that stands for its qubits only, for looking ahead without amplitudes.
    static DenseCore shadow(int[] qubits) {
        return new DenseCore(qubits, new double[0], new double[0]);
    }

    /// The product of some states, the first one's qubits lowest.
    static DenseCore product(DenseCore[] parts) {
        int width = 0;
        for (DenseCore part : parts) width += part.qubits.length;
        int[] qubits = new int[width];
        double[] re = new double[1 << width];
        double[] im = new double[1 << width];
        re[0] = 1;
        int done = 0;
        for (DenseCore part : parts) {
            System.arraycopy(part.qubits, 0, qubits, done, part.qubits.length);
            int low = 1 << done;
            // Downwards, so that what is read is not yet written over.
            for (int high = part.re.length - 1; high >= 0; high--) {
                double c = part.re[high];
                double s = part.im[high];
                for (int i = 0, j = high * low; i < low; i++, j++) {
                    double a = re[i];
                    re[j] = c * a - s * im[i];
                    im[j] = c * im[i] + s * a;
                }
            }
            done += part.qubits.length;
        }
        return new DenseCore(qubits, re, im);
    }

    DenseCore copy() {
        return new DenseCore(qubits, re.clone(), im.clone());
    }

    boolean isShadow() {
        return re.length == 0;
    }

    int width() {
        return qubits.length;
    }

    int qubit(int place) {
        return qubits[place];
    }

    int[] qubits() {
        return qubits;
    }

    double[] re() {
        return re;
    }

    double[] im() {
        return im;
    }

    static long bytes(int width) {
        return 16L << width;
    }

    /// The part of a product on this core's qubits, at most 31: X bits in the high half, Z bits in
    /// the low one.
    long masks(PauliRow p) {
        int x = 0;
        int z = 0;
        for (int i = 0; i < qubits.length; i++) {
            if (p.hasX(qubits[i])) x |= 1 << i;
            if (p.hasZ(qubits[i])) z |= 1 << i;
        }
        return (long) x << 32 | z;
    }

    /// Applies (Z + P) / sqrt 2, Z being that of the qubit at `place`, where P has an X or Y.
    void exchangeZ(int place, int x, int z, boolean negative) {
        double half = Math.sqrt(0.5);
        int letters = Integer.bitCount(x & z) + (negative ? 2 : 0);
        double c = half * COSINES[letters & 3];
        double s = half * SINES[letters & 3];
        double back = 1 - 2 * (letters & 1);
        for (int k = 0; k < re.length / 2; k++) {
            int i = spread(k, place);
            int j = i ^ x;
            double fromI = 1 - 2 * (Integer.bitCount(i & z) & 1);
            double fromJ = back * fromI;
            double a = re[i];
            double b = im[i];
            double p = re[j];
            double q = im[j];
            re[i] = half * a + fromJ * (c * p - s * q);
            im[i] = half * b + fromJ * (c * q + s * p);
            re[j] = fromI * (c * a - s * b) - half * p;
            im[j] = fromI * (c * b + s * a) - half * q;
        }
    }

    /// Applies (A + P) / sqrt 2 for two signed products that anticommute.
    void exchange(int ax, int az, boolean aNegative, int x, int z, boolean negative) {
        // (A + P) = A (1 + A P), and A P = i^power times the product of both.
        PauliRow both = PauliRow.of(ax, az, false);
        int power = both.multiply(PauliRow.of(x, z, negative)) + (aNegative ? 2 : 0);
        Invariant.hold((power & 1) != 0, "the two anticommute");
        double half = Math.sqrt(0.5);
        mix((int) both.x(0), (int) both.z(0), half, 0, 0, (power & 2) == 0 ? half : -half);
        mix(ax, az, 0, 0, aNegative ? -1 : 1, 0);
    }

    /// Applies B where A, a signed product of Z that commutes with B, is -1.
    void control(int az, boolean aNegative, int bx, int bz, boolean bNegative) {
        int letters = Integer.bitCount(bx & bz) + (bNegative ? 2 : 0);
        for (int i = 0; i < re.length; i++) {
            int j = i ^ bx;
            boolean minus = (Integer.bitCount(i & az) & 1) != 0 != aNegative;
            if (!minus || j < i) continue;
            int toI = letters + 2 * Integer.bitCount(j & bz) & 3;
            int toJ = letters + 2 * Integer.bitCount(i & bz) & 3;
            double a = re[i];
            double b = im[i];
            double c = re[j];
            double d = im[j];
            re[i] = COSINES[toI] * c - SINES[toI] * d;
            im[i] = COSINES[toI] * d + SINES[toI] * c;
            if (i == j) continue;
            re[j] = COSINES[toJ] * a - SINES[toJ] * b;
            im[j] = COSINES[toJ] * b + SINES[toJ] * a;
        }
    }

    void swap(int place, int other) {
        if (place == other) return;
        int a = 1 << place;
        int b = 1 << other;
        for (int i = 0; i < re.length; i++) {
            if ((i & (a | b)) != a) continue;
            int j = i ^ a ^ b;
            double real = re[i];
            double imaginary = im[i];
            re[i] = re[j];
            im[i] = im[j];
            re[j] = real;
            im[j] = imaginary;
        }
    }

    /// The squared norm of the part in which a product is -1, over all.
    double chanceOfMinus(int x, int z, boolean negative) {
        double plus = 0;
        double minus = 0;
        int letters = Integer.bitCount(x & z);
        for (int i = 0; i < re.length; i++) {
            if (x == 0) {
                double weight = re[i] * re[i] + im[i] * im[i];
                if ((Integer.bitCount(i & z) & 1) == 0) plus += weight;
                else minus += weight;
                continue;
            }
            int j = i ^ x;
            int turn = letters + 2 * Integer.bitCount(j & z) & 3;
            double c = COSINES[turn];
            double s = SINES[turn];
            double p = c * re[j] - s * im[j];
            double q = c * im[j] + s * re[j];
            plus += (re[i] + p) * (re[i] + p) + (im[i] + q) * (im[i] + q);
            minus += (re[i] - p) * (re[i] - p) + (im[i] - q) * (im[i] - q);
        }
        return negative ? plus / (plus + minus) : minus / (plus + minus);
    }

    /// Projects onto the part in which a product with an X or Y at `place` is +1, exchanges it
    /// there with the Z of that place, and takes the qubit away: it is 0 then.
    DenseCore projectedX(int place, int x, int z, boolean negative) {
        int letters = Integer.bitCount(x & z) + (negative ? 2 : 0);
        var rest = without(place);
        double norm = 0;
        for (int k = 0; k < rest.re.length; k++) {
            int i = spread(k, place);
            int j = i ^ x;
            int turn = letters + 2 * Integer.bitCount(j & z) & 3;
            rest.re[k] = re[i] + COSINES[turn] * re[j] - SINES[turn] * im[j];
            rest.im[k] = im[i] + COSINES[turn] * im[j] + SINES[turn] * re[j];
            norm += rest.re[k] * rest.re[k] + rest.im[k] * rest.im[k];
        }
        rest.scale(1 / Math.sqrt(norm));
        return rest;
    }

    /// Projects onto the part in which a product of Z, with one at `place`, is +1 and takes that
    /// qubit, which the others determine, away.
    DenseCore projectedZ(int place, int z, boolean negative) {
        int others = z & ~(1 << place);
        var rest = without(place);
        double norm = 0;
        for (int k = 0; k < rest.re.length; k++) {
            int i = spread(k, place);
            boolean one = (Integer.bitCount(i & others) & 1) != 0 != negative;
            if (one) i |= 1 << place;
            rest.re[k] = re[i];
            rest.im[k] = im[i];
            norm += re[i] * re[i] + im[i] * im[i];
        }
        rest.scale(1 / Math.sqrt(norm));
        return rest;
    }

    /// The Pauli operator that a qubit is an eigenstate of: bit 0 says X, bit 1 says Z, bit 2 that
    /// the value is -1; 0 if it is none.
    int eigenletter(int place) {
        int bit = 1 << place;
        // Squared norms of the parts in which X, Y and Z are +1 and -1.
        double[] parts = new double[6];
        int half = re.length / 2;
        for (int from = 0; from < half; from += BLOCK) {
            addParts(parts, bit, from, Math.min(half, from + BLOCK));
            double least = 1;
            for (double part : parts) least = Math.min(least, part);
            // Mostly the first few amplitudes tell that it is none.
            if (least > NOTHING) return 0;
        }
        int found = 0;
        while (parts[found] > NOTHING) found++;
        int letter = found < 2 ? 1 : found < 4 ? 3 : 2;
        return letter | ((found & 1) == 0 ? 4 : 0);
    }

    private void addParts(double[] parts, int bit, int from, int to) {
        int place = Integer.numberOfTrailingZeros(bit);
        for (int k = from; k < to; k++) {
            int i = spread(k, place);
            int j = i | bit;
            double a = re[i];
            double b = im[i];
            double c = re[j];
            double d = im[j];
            parts[0] += 0.5 * ((a + c) * (a + c) + (b + d) * (b + d));
            parts[1] += 0.5 * ((a - c) * (a - c) + (b - d) * (b - d));
            // Y is +1 on |0> + i|1>.
            parts[2] += 0.5 * ((a + d) * (a + d) + (b - c) * (b - c));
            parts[3] += 0.5 * ((a - d) * (a - d) + (b + c) * (b + c));
            parts[4] += a * a + b * b;
            parts[5] += c * c + d * d;
        }
    }

    /// Applies a + b P.
    void mix(int x, int z, double aRe, double aIm, double bRe, double bIm) {
        int letters = Integer.bitCount(x & z);
        if (x == 0) {
            for (int i = 0; i < re.length; i++) {
                double sign = 1 - 2 * (Integer.bitCount(i & z) & 1);
                double c = aRe + sign * bRe;
                double s = aIm + sign * bIm;
                double a = re[i];
                re[i] = c * a - s * im[i];
                im[i] = c * im[i] + s * a;
            }
            return;
        }
        double c = COSINES[letters & 3] * bRe - SINES[letters & 3] * bIm;
        double s = COSINES[letters & 3] * bIm + SINES[letters & 3] * bRe;
        int place = 31 - Integer.numberOfLeadingZeros(x);
        // The factor of j from i and that of i from j differ by (-1)^|x and z|.
        double back = 1 - 2 * (letters & 1);
        for (int k = 0; k < re.length / 2; k++) {
            int i = spread(k, place);
            int j = i ^ x;
            double fromI = 1 - 2 * (Integer.bitCount(i & z) & 1);
            double fromJ = back * fromI;
            double a = re[i];
            double b = im[i];
            double p = re[j];
            double q = im[j];
            re[i] = aRe * a - aIm * b + fromJ * (c * p - s * q);
            im[i] = aRe * b + aIm * a + fromJ * (c * q + s * p);
            re[j] = aRe * p - aIm * q + fromI * (c * a - s * b);
            im[j] = aRe * q + aIm * p + fromI * (c * b + s * a);
        }
    }

    private DenseCore without(int place) {
        int[] rest = new int[qubits.length - 1];
        for (int i = 0; i < rest.length; i++) rest[i] = qubits[i < place ? i : i + 1];
        int length = re.length / 2;
        return new DenseCore(rest, new double[length], new double[length]);
    }

    private void scale(double factor) {
        for (int i = 0; i < re.length; i++) {
            re[i] *= factor;
            im[i] *= factor;
        }
    }

    private static int spread(int index, int place) {
        return index + (index & -(1 << place));
    }

    private static final double[] COSINES = {1, 0, -1, 0};
    private static final double[] SINES = {0, 1, 0, -1};
}
