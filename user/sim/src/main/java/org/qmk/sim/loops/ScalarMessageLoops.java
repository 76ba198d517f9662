package org.qmk.sim.loops;

import java.util.Arrays;

/// Messages in plain loops: what the others must agree with.
public final class ScalarMessageLoops implements MessageLoops {

    /// There is nothing to set.
    public ScalarMessageLoops() {}

    @Override
    public void exchange(
            int[] rowStarts,
            int[] columns,
            int[] beliefs,
            int[] next,
            int[] sizes,
            int[] marks,
            int[] scratch,
            int[] fired,
            int[] unexplained,
            int sizeMax,
            int scale,
            int shift) {
        Arrays.fill(unexplained, 0);
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            int start = rowStarts[row];
            int end = rowStarts[row + 1];
            for (int i = 0; i < LANES; i++) {
                int smallAt = 2 * row * LANES + i;
                int largeAt = smallAt + LANES;
                int signs = fired[row * LANES + i];
                int parity = signs;
                int least = sizeMax;
                int second = sizeMax;
                for (int entry = start; entry < end; entry++) {
                    int belief = beliefs[columns[entry] * LANES + i];
                    int mark = marks[entry] >>> i;
                    int last = (mark >>> LANES & 1) != 0 ? sizes[largeAt] : sizes[smallAt];
                    int message = belief - ((mark & 1) != 0 ? -last : last);
                    scratch[entry - start] = message;
                    int size = Math.abs(message);
                    second = Math.min(second, Math.max(least, size));
                    least = Math.min(least, size);
                    signs ^= message;
                    parity ^= belief;
                }
                unexplained[i] |= parity;
                sizes[smallAt] = least * scale >> shift;
                sizes[largeAt] = second * scale >> shift;
                for (int entry = start; entry < end; entry++) {
                    int message = scratch[entry - start];
                    boolean isLarge = Math.abs(message) == least;
                    boolean isNegative = (signs ^ message) < 0;
                    int size = sizes[isLarge ? largeAt : smallAt];
                    next[columns[entry] * LANES + i] += isNegative ? -size : size;
                    int mark = (isLarge ? 1 << LANES : 0) | (isNegative ? 1 : 0);
                    marks[entry] = marks[entry] & ~((1 << LANES | 1) << i) | mark << i;
                }
            }
        }
    }

    @Override
    public void remember(
            int[] priors, int[] strengths, int[] beliefs, int[] next, int changeMax, int shift) {
        for (int i = 0; i < beliefs.length; i++) {
            int prior = priors[i / LANES];
            int change = Math.clamp(beliefs[i] - prior, -changeMax, changeMax);
            next[i] = prior + (change * strengths[i] >> shift);
        }
    }
}
