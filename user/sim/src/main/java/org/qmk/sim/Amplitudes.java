package org.qmk.sim;

/// Loops over the amplitudes of a state vector: the scalar reference. All change the arrays in
/// place, `length` being a power of 2, and keep the global phase.
///
/// Basis state i has the qubit of slot s in bit s of i. A Pauli product is given by two masks,
/// bit s of `x` and `z` saying whether the letter of slot s has an X or a Z part: with k = |x
/// and z|, P|b> = i^k (-1)^|b and z| |b xor x>.
final class Amplitudes {

    /// Sums run over this many terms before they are added to the total: always the same order,
    /// and errors that do not grow with the length.
    static final int BLOCK = 1024;

    /// Below this, runs are too short for a loop of their own: one flat loop is twice as fast.
    private static final int RUN_MIN = 8;

    private static final double ROOT_HALF = Math.sqrt(0.5);

    private Amplitudes() {}

    /// Applies H to one qubit.
    ///
    /// One flat loop over pairs: as fast as nested loops at large strides, 2 to 4 times faster
    /// below 8 (24 qubits, stride 1: 32 instead of 114 ms).
    ///
    /// @param stride 2^slot
    static void hadamard(double[] re, double[] im, int length, int stride) {
        for (int k = 0; k < length / 2; k++) {
            int i = spread(k, stride);
            int j = i | stride;
            double a = re[i];
            double b = im[i];
            double p = re[j];
            double q = im[j];
            re[i] = ROOT_HALF * (a + p);
            im[i] = ROOT_HALF * (b + q);
            re[j] = ROOT_HALF * (a - p);
            im[j] = ROOT_HALF * (b - q);
        }
    }

    /// Applies (p q; q p) to one qubit, p = (1 + turn i)/2 and q = (1 - turn i)/2: SX where turn is
    /// 1, its inverse where turn is -1.
    static void rootOfX(double[] re, double[] im, int length, int stride, double turn) {
        for (int block = 0; block < length; block += 2 * stride) {
            for (int i = block; i < block + stride; i++) {
                int j = i + stride;
                double sumRe = 0.5 * (re[i] + re[j]);
                double sumIm = 0.5 * (im[i] + im[j]);
                double lessRe = 0.5 * turn * (re[i] - re[j]);
                double lessIm = 0.5 * turn * (im[i] - im[j]);
                re[i] = sumRe - lessIm;
                im[i] = sumIm + lessRe;
                re[j] = sumRe + lessIm;
                im[j] = sumIm - lessRe;
            }
        }
    }

    /// Multiplies the amplitudes that have all bits of `ones` by c + i s.
    ///
    /// @param ones one to three bits
    static void phase(double[] re, double[] im, int length, int ones, double c, double s) {
        int low = Integer.lowestOneBit(ones);
        int second = nextBit(ones, low);
        int third = nextBit(ones, second);
        int runs = length >>> Integer.numberOfTrailingZeros(low) + Integer.bitCount(ones);
        for (int run = 0; run < runs; run++) {
            int start = spread(spread(spread(run * low, low), second), third) | ones;
            for (int i = start; i < start + low; i++) {
                double a = re[i];
                re[i] = c * a - s * im[i];
                im[i] = c * im[i] + s * a;
            }
        }
    }

    /// Changes the sign of the amplitudes that have all bits of `ones`.
    static void flipSigns(double[] re, double[] im, int length, int ones) {
        int low = Integer.lowestOneBit(ones);
        int second = nextBit(ones, low);
        int third = nextBit(ones, second);
        int runs = length >>> Integer.numberOfTrailingZeros(low) + Integer.bitCount(ones);
        for (int run = 0; run < runs; run++) {
            int start = spread(spread(spread(run * low, low), second), third) | ones;
            for (int i = start; i < start + low; i++) {
                re[i] = -re[i];
                im[i] = -im[i];
            }
        }
    }

    /// Exchanges amplitudes that have, of the bits of `mask`, those of `from` with those that have
    /// those of `to`.
    ///
    /// @param mask one to three bits
    static void exchange(double[] re, double[] im, int length, int mask, int from, int to) {
        exchange(re, length, mask, from, to);
        exchange(im, length, mask, from, to);
    }

    private static void exchange(double[] x, int length, int mask, int from, int to) {
        int low = Integer.lowestOneBit(mask);
        int second = nextBit(mask, low);
        int third = nextBit(mask, second);
        if (low < RUN_MIN) {
            for (int k = 0; k < length >>> Integer.bitCount(mask); k++) {
                int rest = spread(spread(spread(k, low), second), third);
                double a = x[rest | from];
                x[rest | from] = x[rest | to];
                x[rest | to] = a;
            }
            return;
        }
        int runs = length >>> Integer.numberOfTrailingZeros(low) + Integer.bitCount(mask);
        for (int run = 0; run < runs; run++) {
            int start = spread(spread(spread(run * low, low), second), third);
            int i = start | from;
            int j = start | to;
            for (int end = i + low; i < end; i++, j++) {
                double a = x[i];
                x[i] = x[j];
                x[j] = a;
            }
        }
    }

    /// As `exchange`, multiplying what is exchanged by i where turn is 1, by -i where it is -1.
    static void exchangeTurned(
            double[] re, double[] im, int length, int mask, int from, int to, double turn) {
        int low = Integer.lowestOneBit(mask);
        int second = nextBit(mask, low);
        int runs = length >>> Integer.numberOfTrailingZeros(low) + Integer.bitCount(mask);
        for (int run = 0; run < runs; run++) {
            int start = spread(spread(run * low, low), second);
            int i = start | from;
            int j = start | to;
            for (int end = i + low; i < end; i++, j++) {
                double a = re[i];
                double b = im[i];
                re[i] = -turn * im[j];
                im[i] = turn * re[j];
                re[j] = -turn * b;
                im[j] = turn * a;
            }
        }
    }

    /// Applies the Pauli product of the masks, x not 0.
    static void pauli(double[] re, double[] im, int length, int x, int z) {
        int pivot = Integer.highestOneBit(x);
        int letters = Integer.bitCount(x & z);
        for (int k = 0; k < length / 2; k++) {
            int i = spread(k, pivot);
            int j = i ^ x;
            // P maps amplitude j to place i with the factor i^turn, and i to j with its conjugate.
            int turn = letters + 2 * Integer.bitCount(j & z) & 3;
            double c = COSINES[turn];
            double s = SINES[turn];
            double a = re[i];
            double b = im[i];
            re[i] = c * re[j] - s * im[j];
            im[i] = c * im[j] + s * re[j];
            re[j] = c * a + s * b;
            im[j] = c * b - s * a;
        }
    }

    /// Changes the sign of the amplitudes that have an odd number of the bits of `z`.
    static void pauliZ(double[] re, double[] im, int length, int z) {
        for (int i = 0; i < length; i++) {
            double sign = 1 - 2 * (Integer.bitCount(i & z) & 1);
            re[i] *= sign;
            im[i] *= sign;
        }
    }

    /// Applies c - i s P, P being the Pauli product of the masks, x not 0.
    static void rotate(double[] re, double[] im, int length, int x, int z, double c, double s) {
        int pivot = Integer.highestOneBit(x);
        int letters = Integer.bitCount(x & z);
        for (int k = 0; k < length / 2; k++) {
            int i = spread(k, pivot);
            int j = i ^ x;
            int turn = letters + 2 * Integer.bitCount(j & z) & 3;
            // -i s i^turn = u + i v, and -i s i^-turn = -u + i v.
            double u = s * SINES[turn];
            double v = -s * COSINES[turn];
            double a = re[i];
            double b = im[i];
            double p = re[j];
            double q = im[j];
            re[i] = c * a + u * p - v * q;
            im[i] = c * b + u * q + v * p;
            re[j] = c * p - u * a - v * b;
            im[j] = c * q - u * b + v * a;
        }
    }

    /// Applies c - i s P, P being Z on every slot of `z`.
    static void rotateZ(double[] re, double[] im, int length, int z, double c, double s) {
        for (int i = 0; i < length; i++) {
            double v = (Integer.bitCount(i & z) & 1) == 0 ? -s : s;
            double a = re[i];
            re[i] = c * a - v * im[i];
            im[i] = c * im[i] + v * a;
        }
    }

    /// Squared norms of the parts of a state in which the Pauli product of the masks, x not 0, is
    /// +1 and -1.
    ///
    /// @param norms where to put them
    static void pauliNorms(double[] re, double[] im, int length, int x, int z, double[] norms) {
        int pivot = Integer.highestOneBit(x);
        int letters = Integer.bitCount(x & z);
        double plus = 0;
        double minus = 0;
        for (int block = 0; block < length / 2; block += BLOCK) {
            double blockPlus = 0;
            double blockMinus = 0;
            int end = Math.min(block + BLOCK, length / 2);
            for (int k = block; k < end; k++) {
                int i = spread(k, pivot);
                int j = i ^ x;
                int turn = letters + 2 * Integer.bitCount(j & z) & 3;
                double p = COSINES[turn] * re[j] - SINES[turn] * im[j];
                double q = COSINES[turn] * im[j] + SINES[turn] * re[j];
                blockPlus += (re[i] + p) * (re[i] + p) + (im[i] + q) * (im[i] + q);
                blockMinus += (re[i] - p) * (re[i] - p) + (im[i] - q) * (im[i] - q);
            }
            plus += blockPlus;
            minus += blockMinus;
        }
        norms[0] = 0.5 * plus;
        norms[1] = 0.5 * minus;
    }

    /// As `pauliNorms`, with Z on every slot of `z`.
    static void pauliNormsZ(double[] re, double[] im, int length, int z, double[] norms) {
        double plus = 0;
        double minus = 0;
        for (int block = 0; block < length; block += BLOCK) {
            double blockPlus = 0;
            double blockMinus = 0;
            int end = Math.min(block + BLOCK, length);
            for (int i = block; i < end; i++) {
                double weight = re[i] * re[i] + im[i] * im[i];
                double odd = Integer.bitCount(i & z) & 1;
                blockMinus += odd * weight;
                blockPlus += (1 - odd) * weight;
            }
            plus += blockPlus;
            minus += blockMinus;
        }
        norms[0] = plus;
        norms[1] = minus;
    }

    /// Applies scale (1 + sign P), P being the Pauli product of the masks, x not 0.
    static void project(
            double[] re, double[] im, int length, int x, int z, double sign, double scale) {
        int pivot = Integer.highestOneBit(x);
        int letters = Integer.bitCount(x & z);
        for (int k = 0; k < length / 2; k++) {
            int i = spread(k, pivot);
            int j = i ^ x;
            int turn = letters + 2 * Integer.bitCount(j & z) & 3;
            double c = sign * COSINES[turn];
            double s = sign * SINES[turn];
            double a = scale * (re[i] + c * re[j] - s * im[j]);
            double b = scale * (im[i] + c * im[j] + s * re[j]);
            re[i] = a;
            im[i] = b;
            re[j] = c * a + s * b;
            im[j] = c * b - s * a;
        }
    }

    /// Multiplies amplitudes with an even number of the bits of `z` by `even`, the others by `odd`.
    static void projectZ(double[] re, double[] im, int length, int z, double even, double odd) {
        for (int i = 0; i < length; i++) {
            double factor = (Integer.bitCount(i & z) & 1) == 0 ? even : odd;
            re[i] *= factor;
            im[i] *= factor;
        }
    }

    /// Squared norms of the parts of a state in which one qubit is c|0> + s|1> and s|0> - c|1>.
    static void angleNorms(
            double[] re, double[] im, int length, int stride, double c, double s, double[] norms) {
        double plus = 0;
        double minus = 0;
        for (int block = 0; block < length / 2; block += BLOCK) {
            double blockPlus = 0;
            double blockMinus = 0;
            int end = Math.min(block + BLOCK, length / 2);
            for (int k = block; k < end; k++) {
                int i = spread(k, stride);
                int j = i | stride;
                double p = c * re[i] + s * re[j];
                double q = c * im[i] + s * im[j];
                double u = s * re[i] - c * re[j];
                double v = s * im[i] - c * im[j];
                blockPlus += p * p + q * q;
                blockMinus += u * u + v * v;
            }
            plus += blockPlus;
            minus += blockMinus;
        }
        norms[0] = plus;
        norms[1] = minus;
    }

    /// Projects one qubit onto c|0> + s|1> and multiplies by `scale`.
    static void projectAngle(
            double[] re, double[] im, int length, int stride, double c, double s, double scale) {
        for (int k = 0; k < length / 2; k++) {
            int i = spread(k, stride);
            int j = i | stride;
            double p = scale * (c * re[i] + s * re[j]);
            double q = scale * (c * im[i] + s * im[j]);
            re[i] = c * p;
            im[i] = c * q;
            re[j] = s * p;
            im[j] = s * q;
        }
    }

    /// The reduced density matrix of one qubit, times the squared norm of the state.
    ///
    /// @param matrix where to put <0|.|0>, <1|.|1> and the real and imaginary part of <1|.|0>
    static void reduced(double[] re, double[] im, int length, int stride, double[] matrix) {
        double zero = 0;
        double one = 0;
        double acrossRe = 0;
        double acrossIm = 0;
        for (int block = 0; block < length / 2; block += BLOCK) {
            double blockZero = 0;
            double blockOne = 0;
            double blockRe = 0;
            double blockIm = 0;
            int end = Math.min(block + BLOCK, length / 2);
            for (int k = block; k < end; k++) {
                int i = spread(k, stride);
                int j = i | stride;
                blockZero += re[i] * re[i] + im[i] * im[i];
                blockOne += re[j] * re[j] + im[j] * im[j];
                blockRe += re[j] * re[i] + im[j] * im[i];
                blockIm += im[j] * re[i] - re[j] * im[i];
            }
            zero += blockZero;
            one += blockOne;
            acrossRe += blockRe;
            acrossIm += blockIm;
        }
        matrix[0] = zero;
        matrix[1] = one;
        matrix[2] = acrossRe;
        matrix[3] = acrossIm;
    }

    /// Puts one qubit into the state 0, keeping what goes with its value `from` times `scale`.
    ///
    /// @param from 0 or the stride
    static void discard(double[] re, double[] im, int length, int stride, int from, double scale) {
        for (int block = 0; block < length; block += 2 * stride) {
            for (int i = block; i < block + stride; i++) {
                re[i] = scale * re[i + from];
                im[i] = scale * im[i + from];
                re[i + stride] = 0;
                im[i + stride] = 0;
            }
        }
    }

    /// The sums of squared moduli of amplitudes 0 to 2^shift - 1, to 2 * 2^shift - 1, and so on.
    static double[] cumulative(double[] re, double[] im, int length, int shift) {
        double[] sums = new double[Math.max(1, length >>> shift)];
        double total = 0;
        for (int block = 0; block < sums.length; block++) {
            double sum = 0;
            int end = Math.min(length, block + 1 << shift);
            for (int i = block << shift; i < end; i++) sum += re[i] * re[i] + im[i] * im[i];
            total += sum;
            sums[block] = total;
        }
        return sums;
    }

    private static final double[] COSINES = {1, 0, -1, 0};
    private static final double[] SINES = {0, 1, 0, -1};

    /// Makes room in an index for a bit, which stays 0.
    ///
    /// @param bit a power of 2, or 0 to change nothing
    private static int spread(int index, int bit) {
        return index + (index & -bit);
    }

    /// The lowest bit of a mask above the given one, 0 if there is none or none is given.
    private static int nextBit(int mask, int above) {
        return Integer.lowestOneBit(mask & -above & ~above);
    }
}
