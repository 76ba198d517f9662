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
            int[] messages,
            int[] fired,
            int[] unexplained,
            int sizeMax,
            int scale,
            int shift) {
        int[] least = new int[LANES];
        int[] second = new int[LANES];
        int[] signs = new int[LANES];
        Arrays.fill(unexplained, 0);
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            int end = rowStarts[row + 1];
            System.arraycopy(fired, row * LANES, signs, 0, LANES);
            Arrays.fill(least, sizeMax);
            Arrays.fill(second, sizeMax);
            for (int i = 0; i < LANES; i++) {
                int parity = signs[i];
                for (int entry = rowStarts[row]; entry < end; entry++) {
                    int belief = beliefs[columns[entry] * LANES + i];
                    int message = belief - messages[entry * LANES + i];
                    int size = Math.abs(message);
                    second[i] = Math.min(second[i], Math.max(least[i], size));
                    least[i] = Math.min(least[i], size);
                    signs[i] ^= message;
                    parity ^= belief;
                }
                unexplained[i] |= parity;
            }
            for (int entry = rowStarts[row]; entry < end; entry++) {
                int column = columns[entry] * LANES;
                for (int i = 0; i < LANES; i++) {
                    int message = beliefs[column + i] - messages[entry * LANES + i];
                    int size = Math.abs(message) == least[i] ? second[i] : least[i];
                    int sign = (signs[i] ^ message) >> 31;
                    int answer = (size * scale >> shift ^ sign) - sign;
                    messages[entry * LANES + i] = answer;
                    next[column + i] += answer;
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
