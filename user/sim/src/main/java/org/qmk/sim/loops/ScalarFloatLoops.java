package org.qmk.sim.loops;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The reference in single precision: one amplitude at a time.
public class ScalarFloatLoops implements AmplitudeLoops {

    /// There is nothing to set.
    public ScalarFloatLoops() {}

    @Override
    public final Precision precision() {
        return Precision.SINGLE;
    }

    @Override
    public void matrix(
            MemorySegment re, MemorySegment im, long start, long length, long bit, double[] m) {
        if (AmplitudeLoops.isReal(m)) {
            for (long k = 0; k < length / 2; k++) {
                long i = start + k + (k & -bit);
                realPair(re, i, i + bit, m);
                realPair(im, i, i + bit, m);
            }
            return;
        }
        for (long k = 0; k < length / 2; k++) {
            long i = start + k + (k & -bit);
            pair(re, im, i, i + bit, m);
        }
    }

    @Override
    public void matrixPairs(
            MemorySegment re, MemorySegment im, long i, long j, long count, double[] m) {
        if (AmplitudeLoops.isReal(m)) {
            for (long k = 0; k < count; k++) {
                realPair(re, i + k, j + k, m);
                realPair(im, i + k, j + k, m);
            }
            return;
        }
        for (long k = 0; k < count; k++) pair(re, im, i + k, j + k, m);
    }

    private static void realPair(MemorySegment x, long i, long j, double[] m) {
        float a = x.getAtIndex(JAVA_FLOAT, i);
        float b = x.getAtIndex(JAVA_FLOAT, j);
        float u = (float) m[0];
        float w = (float) m[2];
        x.setAtIndex(JAVA_FLOAT, i, Math.fma(w, b, u * a));
        u = (float) m[6];
        w = (float) m[4];
        x.setAtIndex(JAVA_FLOAT, j, Math.fma(w, a, u * b));
    }

    private static void pair(MemorySegment re, MemorySegment im, long i, long j, double[] m) {
        float a = re.getAtIndex(JAVA_FLOAT, i);
        float b = im.getAtIndex(JAVA_FLOAT, i);
        float p = re.getAtIndex(JAVA_FLOAT, j);
        float q = im.getAtIndex(JAVA_FLOAT, j);
        float u = (float) m[0];
        float v = (float) m[1];
        float w = (float) m[2];
        float x = (float) m[3];
        re.setAtIndex(JAVA_FLOAT, i, Math.fma(-x, q, Math.fma(w, p, Math.fma(-v, b, u * a))));
        im.setAtIndex(JAVA_FLOAT, i, Math.fma(x, p, Math.fma(w, q, Math.fma(v, a, u * b))));
        u = (float) m[6];
        v = (float) m[7];
        w = (float) m[4];
        x = (float) m[5];
        re.setAtIndex(JAVA_FLOAT, j, Math.fma(-x, b, Math.fma(w, a, Math.fma(-v, q, u * p))));
        im.setAtIndex(JAVA_FLOAT, j, Math.fma(x, a, Math.fma(w, b, Math.fma(v, p, u * q))));
    }

    @Override
    public void phase(
            MemorySegment re,
            MemorySegment im,
            long start,
            long length,
            long ones,
            double c,
            double s) {
        float cosine = (float) c;
        float sine = (float) s;
        // Counts up through the indices that have all of the ones.
        long end = start + length;
        for (long i = start | ones; i < end; i = i + 1 | ones | start) {
            if (sine == 0) {
                re.setAtIndex(JAVA_FLOAT, i, cosine * re.getAtIndex(JAVA_FLOAT, i));
                im.setAtIndex(JAVA_FLOAT, i, cosine * im.getAtIndex(JAVA_FLOAT, i));
            } else {
                multiply(re, im, i, cosine, sine);
            }
        }
    }

    @Override
    public void parity(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] factors) {
        float c = (float) factors[0];
        float s = (float) factors[1];
        float oddC = (float) factors[2];
        float oddS = (float) factors[3];
        for (long k = 0; k < length; k++) {
            boolean odd = (Long.bitCount(k & z) & 1) != 0;
            multiply(re, im, start + k, odd ? oddC : c, odd ? oddS : s);
        }
    }

    private static void multiply(MemorySegment re, MemorySegment im, long i, float c, float s) {
        float a = re.getAtIndex(JAVA_FLOAT, i);
        float b = im.getAtIndex(JAVA_FLOAT, i);
        re.setAtIndex(JAVA_FLOAT, i, Math.fma(-s, b, c * a));
        im.setAtIndex(JAVA_FLOAT, i, Math.fma(s, a, c * b));
    }

    @Override
    public void exchange(
            MemorySegment re,
            MemorySegment im,
            long start,
            long length,
            long mixing,
            long from,
            long ones) {
        long fixed = start | from | ones;
        long rest = ~(mixing | ones) & length - 1;
        // Counts up through the bits that are free.
        long free = 0;
        do {
            long i = fixed | free;
            swap(re, i, i ^ mixing);
            swap(im, i, i ^ mixing);
            free = (free | ~rest) + 1 & rest;
        } while (free != 0);
    }

    @Override
    public void exchangePairs(MemorySegment re, MemorySegment im, long i, long j, long count) {
        for (long k = 0; k < count; k++) {
            swap(re, i + k, j + k);
            swap(im, i + k, j + k);
        }
    }

    private static void swap(MemorySegment x, long i, long j) {
        float a = x.getAtIndex(JAVA_FLOAT, i);
        x.setAtIndex(JAVA_FLOAT, i, x.getAtIndex(JAVA_FLOAT, j));
        x.setAtIndex(JAVA_FLOAT, j, a);
    }

    @Override
    public void norms(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] norms) {
        Arrays.fill(norms, 0, 16, 0);
        for (long k = 0; k < length; k++) {
            int odd = Long.bitCount(k & z) & 1;
            norms[8 * odd + (int) (k & 7)] += weight(re, im, start + k);
        }
        addUp(norms);
    }

    /// Adds up the running sums of `norms`.
    protected static void addUp(double[] x) {
        x[0] = ((x[0] + x[4]) + (x[1] + x[5])) + ((x[2] + x[6]) + (x[3] + x[7]));
        x[1] = ((x[8] + x[12]) + (x[9] + x[13])) + ((x[10] + x[14]) + (x[11] + x[15]));
    }

    @Override
    public final void reduced(
            MemorySegment re, MemorySegment im, long first, long count, long bit, double[] matrix) {
        double zero = 0;
        double one = 0;
        double acrossRe = 0;
        double acrossIm = 0;
        for (long k = first; k < first + count; k++) {
            long i = k + (k & -bit);
            double a = re.getAtIndex(JAVA_FLOAT, i);
            double b = im.getAtIndex(JAVA_FLOAT, i);
            double p = re.getAtIndex(JAVA_FLOAT, i + bit);
            double q = im.getAtIndex(JAVA_FLOAT, i + bit);
            zero += a * a + b * b;
            one += p * p + q * q;
            acrossRe += p * a + q * b;
            acrossIm += q * a - p * b;
        }
        matrix[0] = zero;
        matrix[1] = one;
        matrix[2] = acrossRe;
        matrix[3] = acrossIm;
    }

    @Override
    public final double get(MemorySegment plane, long index) {
        return plane.getAtIndex(JAVA_FLOAT, index);
    }

    @Override
    public final void set(MemorySegment plane, long index, double value) {
        plane.setAtIndex(JAVA_FLOAT, index, (float) value);
    }

    @Override
    public final double weight(MemorySegment re, MemorySegment im, long index) {
        double a = re.getAtIndex(JAVA_FLOAT, index);
        double b = im.getAtIndex(JAVA_FLOAT, index);
        return Math.fma(b, b, a * a);
    }

    @Override
    public final double touch(MemorySegment plane, long start, long count) {
        double sum = 0;
        int line = 64 / Float.BYTES;
        for (long i = start; i < start + count; i += line) {
            sum += plane.getAtIndex(JAVA_FLOAT, i);
        }
        return sum;
    }
}
