package org.qmk.qec.bp;

import org.qmk.qec.decode.DecodingProblem;

/// Rounds of min-sum messages for one shot, all detectors at once (the flooding schedule).
final class MessageRounds {

    private final DecodingProblem problem;
    private final int[] priors;
    private final int scale;
    private final int[] rowStarts;
    private final int[] columns;

    /// From detectors to mechanisms, by entry.
    private final int[] messages;

    /// For each mechanism: above 0 if it is not believed to have happened.
    private int[] beliefs;

    private int[] next;

    MessageRounds(DecodingProblem problem, double scale) {
        Beliefs.checkFits(problem);
        this.problem = problem;
        this.scale = Beliefs.fixed(scale);
        priors = Beliefs.priors(problem);
        rowStarts = new int[problem.detectors() + 1];
        for (int i = 0; i < rowStarts.length; i++) rowStarts[i] = problem.rowStart(i);
        columns = new int[problem.entries()];
        for (int i = 0; i < columns.length; i++) columns[i] = problem.mechanism(i);
        messages = new int[problem.entries()];
        beliefs = new int[priors.length];
        next = new int[priors.length];
    }

    int prior(int mechanism) {
        return priors[mechanism];
    }

    int belief(int mechanism) {
        return beliefs[mechanism];
    }

    /// Forgets everything: beliefs are the priors.
    void start() {
        System.arraycopy(priors, 0, beliefs, 0, priors.length);
        forgetMessages();
    }

    /// Forgets the messages, not what is believed.
    void forgetMessages() {
        java.util.Arrays.fill(messages, 0);
    }

    /// Without memory: the beliefs of the next round are priors and messages.
    ///
    /// @return whether what is believed, before `advance`, explains the syndrome
    boolean round(long[] syndrome, int from) {
        System.arraycopy(priors, 0, next, 0, priors.length);
        return exchange(syndrome, from);
    }

    /// With memory: instead of a prior p, p + strength (belief - p).
    ///
    /// @param strengths by mechanism, in units of `Beliefs.ONE`
    boolean round(long[] syndrome, int from, int[] strengths) {
        for (int i = 0; i < priors.length; i++) {
            int change = clamped(beliefs[i] - priors[i]) * strengths[i];
            next[i] = priors[i] + (change >> Beliefs.FRACTION_BITS);
        }
        return exchange(syndrome, from);
    }

    private static int clamped(int belief) {
        return Math.clamp(belief, -Beliefs.MESSAGE_MAX, Beliefs.MESSAGE_MAX);
    }

    private boolean exchange(long[] syndrome, int from) {
        int unexplained = 0;
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            int fired = (int) -(syndrome[from + (row >>> 6)] >>> row & 1);
            int signs = fired;
            int parity = fired;
            int least = Beliefs.MESSAGE_MAX;
            int second = Beliefs.MESSAGE_MAX;
            int end = rowStarts[row + 1];
            for (int entry = rowStarts[row]; entry < end; entry++) {
                int belief = beliefs[columns[entry]];
                int message = belief - messages[entry];
                int size = Math.abs(message);
                second = Math.min(second, Math.max(least, size));
                least = Math.min(least, size);
                signs ^= message;
                parity ^= belief;
            }
            unexplained |= parity;
            int small = least * scale >> Beliefs.FRACTION_BITS;
            int large = second * scale >> Beliefs.FRACTION_BITS;
            for (int entry = rowStarts[row]; entry < end; entry++) {
                int column = columns[entry];
                int message = beliefs[column] - messages[entry];
                int size = Math.abs(message) == least ? large : small;
                int sign = (signs ^ message) >> 31;
                int answer = (size ^ sign) - sign;
                messages[entry] = answer;
                next[column] += answer;
            }
        }
        return unexplained >= 0;
    }

    /// Believes what the last round has found.
    void advance() {
        int[] spare = beliefs;
        beliefs = next;
        next = spare;
    }

    /// The observables that what is believed to have happened flips.
    long observables() {
        long flipped = 0;
        for (int i = 0; i < beliefs.length; i++) {
            if (beliefs[i] < 0) flipped ^= problem.observables(i);
        }
        return flipped;
    }
}
