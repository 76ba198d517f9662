package org.qmk.sim.simd;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.qmk.sim.loops.BitLoops;

/// Loops over rows of bits, in vector registers.
public final class VectorBitLoops implements BitLoops {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /// For the service loader.
    public VectorBitLoops() {}

    @Override
    public void xor(long[] to, int toStart, long[] from, int fromStart, int count) {
        int w = 0;
        for (int end = SPECIES.loopBound(count); w < end; w += LANES) {
            load(to, toStart + w)
                    .lanewise(VectorOperators.XOR, load(from, fromStart + w))
                    .intoArray(to, toStart + w);
        }
        for (; w < count; w++) to[toStart + w] ^= from[fromStart + w];
    }

    @Override
    public int parity(long[] a, int aStart, long[] b, int bStart, int count) {
        LongVector sums = LongVector.zero(SPECIES);
        int w = 0;
        for (int end = SPECIES.loopBound(count); w < end; w += LANES) {
            LongVector both =
                    load(a, aStart + w).lanewise(VectorOperators.AND, load(b, bStart + w));
            sums = sums.lanewise(VectorOperators.XOR, both);
        }
        long sum = sums.reduceLanes(VectorOperators.XOR);
        for (; w < count; w++) sum ^= a[aStart + w] & b[bStart + w];
        return Long.bitCount(sum) & 1;
    }

    @Override
    public int multiply(long[] to, int toStart, long[] by, int byStart, int words) {
        LongVector sums = LongVector.zero(SPECIES);
        int w = 0;
        for (int end = SPECIES.loopBound(words); w < end; w += LANES) {
            int x = toStart + w;
            int z = x + words;
            LongVector toZ = load(to, z);
            LongVector byX = load(by, byStart + w);
            sums = sums.lanewise(VectorOperators.XOR, toZ.lanewise(VectorOperators.AND, byX));
            load(to, x).lanewise(VectorOperators.XOR, byX).intoArray(to, x);
            toZ.lanewise(VectorOperators.XOR, load(by, byStart + words + w)).intoArray(to, z);
        }
        long sum = sums.reduceLanes(VectorOperators.XOR);
        for (; w < words; w++) {
            sum ^= to[toStart + words + w] & by[byStart + w];
            to[toStart + w] ^= by[byStart + w];
            to[toStart + words + w] ^= by[byStart + words + w];
        }
        return Long.bitCount(sum) & 1;
    }

    @Override
    public int anticommute(long[] a, int aStart, long[] b, int bStart, int words) {
        LongVector sums = LongVector.zero(SPECIES);
        int w = 0;
        for (int end = SPECIES.loopBound(words); w < end; w += LANES) {
            LongVector one =
                    load(a, aStart + w).lanewise(VectorOperators.AND, load(b, bStart + words + w));
            LongVector other =
                    load(a, aStart + words + w).lanewise(VectorOperators.AND, load(b, bStart + w));
            sums = sums.lanewise(VectorOperators.XOR, one);
            sums = sums.lanewise(VectorOperators.XOR, other);
        }
        long sum = sums.reduceLanes(VectorOperators.XOR);
        for (; w < words; w++) {
            sum ^= a[aStart + w] & b[bStart + words + w];
            sum ^= a[aStart + words + w] & b[bStart + w];
        }
        return Long.bitCount(sum) & 1;
    }

    @Override
    public void addCombinations(
            long[] to,
            int toStart,
            int toStride,
            long[] index,
            int indexStart,
            int indexStride,
            int rows,
            long[] table) {
        for (int row = 0; row < rows; row++) {
            int rowStart = toStart + row * toStride;
            int indices = indexStart + row * indexStride;
            for (int lane = 0; lane < COMBINATION_WORDS; lane += LANES) {
                LongVector sum = load(to, rowStart + lane);
                for (int word = 0; word < INDEX_WORDS; word++) {
                    int part = 16 * 16 * COMBINATION_WORDS * word + lane;
                    sum = combine(sum, index[indices + word], table, part);
                }
                sum.intoArray(to, rowStart + lane);
            }
        }
    }

    /// Adds the 16 rows of a table that one index word chooses.
    private static LongVector combine(LongVector start, long index, long[] table, int part) {
        LongVector even = start;
        LongVector odd = LongVector.zero(SPECIES);
        int low = part;
        int high = part + 16 * COMBINATION_WORDS;
        for (int bits = 0; bits < 64; bits += 8) {
            int one = (int) (index >>> bits) & 15;
            int other = (int) (index >>> bits + 4) & 15;
            even = even.lanewise(VectorOperators.XOR, load(table, low + one * COMBINATION_WORDS));
            odd = odd.lanewise(VectorOperators.XOR, load(table, high + other * COMBINATION_WORDS));
            low += 32 * COMBINATION_WORDS;
            high += 32 * COMBINATION_WORDS;
        }
        return even.lanewise(VectorOperators.XOR, odd);
    }

    private static LongVector load(long[] from, int start) {
        return LongVector.fromArray(SPECIES, from, start);
    }
}
