package org.qmk.sim.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.loops.ScalarFrameLoops;

/// Loops over rows of 1,024 bits, in vector registers.
public final class VectorFrameLoops implements FrameLoops {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLES =
            VectorSpecies.of(double.class, SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();
    private static final FrameLoops SCALAR = new ScalarFrameLoops();

    /// For the service loader.
    public VectorFrameLoops() {}

    @Override
    public void xor(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            int a = list[i];
            int b = list[i + 1];
            for (int w = 0; w < WORDS; w += LANES) {
                load(rows, a + w)
                        .lanewise(VectorOperators.XOR, load(rows, b + w))
                        .intoArray(rows, a + w);
            }
        }
    }

    @Override
    public void and(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            int a = list[i];
            int b = list[i + 1];
            for (int w = 0; w < WORDS; w += LANES) {
                load(rows, a + w)
                        .lanewise(VectorOperators.AND, load(rows, b + w))
                        .intoArray(rows, a + w);
            }
        }
    }

    @Override
    public void or(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            int a = list[i];
            int b = list[i + 1];
            for (int w = 0; w < WORDS; w += LANES) {
                load(rows, a + w)
                        .lanewise(VectorOperators.OR, load(rows, b + w))
                        .intoArray(rows, a + w);
            }
        }
    }

    @Override
    public void copy(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            int a = list[i];
            int b = list[i + 1];
            for (int w = 0; w < WORDS; w += LANES) load(rows, b + w).intoArray(rows, a + w);
        }
    }

    @Override
    public void sum(long[] rows, int[] list, int from, int to) {
        int target = list[from];
        for (int w = 0; w < WORDS; w += LANES) {
            LongVector sum = LongVector.zero(SPECIES);
            for (int i = from + 1; i < to; i++) {
                sum = sum.lanewise(VectorOperators.XOR, load(rows, list[i] + w));
            }
            sum.intoArray(rows, target + w);
        }
    }

    @Override
    public void clear(long[] rows, int[] list, int from, int to) {
        LongVector zero = LongVector.zero(SPECIES);
        for (int i = from; i < to; i++) {
            int a = list[i];
            for (int w = 0; w < WORDS; w += LANES) zero.intoArray(rows, a + w);
        }
    }

    @Override
    public void invert(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i++) {
            int a = list[i];
            for (int w = 0; w < WORDS; w += LANES) {
                load(rows, a + w).lanewise(VectorOperators.NOT).intoArray(rows, a + w);
            }
        }
    }

    @Override
    public void random(long[] rows, int[] list, int from, int to, long[] state) {
        for (int w = 0; w < WORDS; w += LANES) {
            LongVector counters = load(state, w);
            LongVector increments = load(state, w + WORDS);
            for (int i = from; i < to; i++) {
                counters = counters.add(increments);
                mix(counters).intoArray(rows, list[i] + w);
            }
            counters.intoArray(state, w);
        }
    }

    @Override
    public void addRandom(long[] rows, int[] list, int from, int to, long[] state) {
        for (int w = 0; w < WORDS; w += LANES) {
            LongVector counters = load(state, w);
            LongVector increments = load(state, w + WORDS);
            for (int i = from; i < to; i++) {
                counters = counters.add(increments);
                int a = list[i] + w;
                load(rows, a).lanewise(VectorOperators.XOR, mix(counters)).intoArray(rows, a);
            }
            counters.intoArray(state, w);
        }
    }

    private static LongVector mix(LongVector counters) {
        LongVector z = counters;
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 30));
        z = z.mul(0xBF58476D1CE4E5B9L);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 27));
        z = z.mul(0x94D049BB133111EBL);
        return z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 31));
    }

    @Override
    public void gaps(long[] words, long[] gaps, double inverse) {
        if (words.length % LANES != 0) {
            SCALAR.gaps(words, gaps, inverse);
            return;
        }
        for (int i = 0; i < words.length; i += LANES) {
            DoubleVector uniform =
                    load(words, i)
                            .lanewise(VectorOperators.LSHR, 12)
                            .lanewise(VectorOperators.OR, 0x3FF0000000000000L)
                            .reinterpretAsDoubles();
            uniform = DoubleVector.broadcast(DOUBLES, 2).sub(uniform);
            DoubleVector gap = logarithm(uniform).mul(inverse).min(0x1p62);
            ((LongVector) gap.convert(VectorOperators.D2L, 0)).intoArray(gaps, i);
        }
    }

    /// As the scalar loop's, operation by operation.
    private static DoubleVector logarithm(DoubleVector u) {
        LongVector bits = u.reinterpretAsLongs();
        LongVector k = bits.sub(0x3FE6A09E667F3BCDL).lanewise(VectorOperators.ASHR, 52);
        DoubleVector m = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
        DoubleVector s = m.sub(1).div(m.add(1));
        DoubleVector t = s.mul(s);
        DoubleVector series = t.mul(1.0 / 13).add(1.0 / 11);
        series = series.mul(t).add(1.0 / 9);
        series = series.mul(t).add(1.0 / 7);
        series = series.mul(t).add(1.0 / 5);
        series = series.mul(t).add(1.0 / 3);
        series = series.mul(t).add(1);
        DoubleVector whole = ((DoubleVector) k.convert(VectorOperators.L2D, 0));
        return whole.mul(0.6931471805599453).add(s.mul(2).mul(series));
    }

    private static LongVector load(long[] from, int start) {
        return LongVector.fromArray(SPECIES, from, start);
    }
}
