package org.qmk.qec.bp;

import java.util.Arrays;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.MessageLoops;

/// Min-sum messages of many shots side by side: a lane has one shot. A round is `forget` or
/// `remember`, then `exchange`, then `advance`.
///
/// The loops are those of `MessageLoops`: in vector registers if they are there.
final class MessageLanes {

    static final int LANES = MessageLoops.LANES;

    private final MessageLoops loops = LoopChoice.messages();
    private final DecodingProblem problem;
    private final int scale;
    private final int[] priors;
    private final int[] rowStarts;
    private final int[] columns;

    /// What detectors answer: see `MessageLoops.exchange`.
    private final int[] sizes;

    private final int[] marks;
    private final int[] scratch;

    /// Each has `LANES` places for a mechanism or a detector.
    private int[] beliefs;

    private int[] next;

    /// -1 where a detector fired.
    private final int[] fired;

    private final int[] unexplained = new int[LANES];

    MessageLanes(DecodingProblem problem, double scale) {
        Beliefs.checkFits(problem);
        this.problem = problem;
        this.scale = Beliefs.fixed(scale);
        priors = Beliefs.priors(problem);
        rowStarts = new int[problem.detectors() + 1];
        for (int i = 0; i < rowStarts.length; i++) rowStarts[i] = problem.rowStart(i);
        columns = new int[problem.entries()];
        for (int i = 0; i < columns.length; i++) columns[i] = problem.mechanism(i);
        sizes = new int[Math.multiplyExact(problem.detectors(), 2 * LANES)];
        marks = new int[columns.length];
        int longest = 0;
        for (int i = 0; i + 1 < rowStarts.length; i++) {
            longest = Math.max(longest, rowStarts[i + 1] - rowStarts[i]);
        }
        scratch = new int[Math.multiplyExact(longest, LANES)];
        beliefs = new int[Math.multiplyExact(priors.length, LANES)];
        next = new int[beliefs.length];
        fired = new int[Math.multiplyExact(problem.detectors(), LANES)];
    }

    /// Empties all lanes. An empty lane has no detector that fired and stays at its priors.
    void clear() {
        Arrays.fill(sizes, 0);
        Arrays.fill(marks, 0);
        Arrays.fill(fired, 0);
        for (int i = 0; i < priors.length; i++) {
            Arrays.fill(beliefs, i * LANES, (i + 1) * LANES, priors[i]);
        }
    }

    /// Gives a lane a shot to begin with.
    void load(int lane, long[] syndromes, int from) {
        put(lane, syndromes, from, beliefs);
    }

    /// Gives a lane a shot that begins with the next `advance`.
    void loadNext(int lane, long[] syndromes, int from) {
        put(lane, syndromes, from, next);
    }

    private void put(int lane, long[] syndromes, int from, int[] begins) {
        forgetMessages(lane);
        for (int i = 0; i < priors.length; i++) begins[i * LANES + lane] = priors[i];
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            fired[row * LANES + lane] = (int) -(syndromes[from + (row >>> 6)] >>> row & 1);
        }
    }

    /// Forgets the messages of a lane, not what is believed.
    void forgetMessages(int lane) {
        for (int i = lane; i < sizes.length; i += LANES) sizes[i] = 0;
    }

    /// Believes in a lane after the next `advance` what is believed now.
    void stay(int lane) {
        for (int i = lane; i < beliefs.length; i += LANES) next[i] = beliefs[i];
    }

    /// The beliefs of the next round are priors and messages.
    void forget() {
        for (int i = 0; i < priors.length; i++) {
            Arrays.fill(next, i * LANES, (i + 1) * LANES, priors[i]);
        }
    }

    /// The beliefs of the next round are drawn to what they are, by strengths of mechanisms in
    /// lanes, and messages.
    void remember(int[] strengths) {
        loops.remember(
                priors, strengths, beliefs, next, Beliefs.MESSAGE_MAX, Beliefs.FRACTION_BITS);
    }

    void exchange() {
        loops.exchange(
                rowStarts,
                columns,
                beliefs,
                next,
                sizes,
                marks,
                scratch,
                fired,
                unexplained,
                Beliefs.MESSAGE_MAX,
                scale,
                Beliefs.FRACTION_BITS);
    }

    /// Whether what is believed in a lane, before `advance`, explains its shot.
    boolean isExplained(int lane) {
        return unexplained[lane] >= 0;
    }

    void advance() {
        int[] spare = beliefs;
        beliefs = next;
        next = spare;
    }

    int belief(int lane, int mechanism) {
        return beliefs[mechanism * LANES + lane];
    }

    /// The observables that what is believed to have happened flips.
    long observables(int lane) {
        long flipped = 0;
        for (int i = 0; i < priors.length; i++) {
            if (beliefs[i * LANES + lane] < 0) flipped ^= problem.observables(i);
        }
        return flipped;
    }

    /// The prior weight of what is believed to have happened.
    long weight(int lane) {
        long weight = 0;
        for (int i = 0; i < priors.length; i++) {
            if (beliefs[i * LANES + lane] < 0) weight += priors[i];
        }
        return weight;
    }
}
