package org.qmk.qec.bp;

import java.util.Arrays;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.MessageLoops;

/// Rounds of min-sum messages for many shots side by side. A lane that is done takes the next shot
/// at once, so that none waits for the slowest.
///
/// The loops are those of `MessageLoops`: in vector registers if they are there.
final class MinSumLanes {

    static final int LANES = MessageLoops.LANES;

    /// What is done with a shot.
    interface Sink {

        /// @param lane where its beliefs are until this returns
        void take(int shot, int lane, boolean isExplained);
    }

    private final MessageLoops loops = LoopChoice.messages();
    private final DecodingProblem problem;
    private final int iterations;
    private final int scale;
    private final int[] priors;
    private final int[] rowStarts;
    private final int[] columns;

    /// Each has `LANES` places for an entry, a mechanism or a detector.
    private final int[] messages;

    private int[] beliefs;
    private int[] next;

    /// -1 where a detector fired.
    private final int[] fired;

    private final int[] unexplained = new int[LANES];

    /// -1 for an empty lane.
    private final int[] shotOfLane = new int[LANES];

    private final int[] age = new int[LANES];

    MinSumLanes(DecodingProblem problem, BeliefSettings settings) {
        Beliefs.checkFits(problem);
        this.problem = problem;
        iterations = settings.iterations();
        scale = Beliefs.fixed(settings.scale());
        priors = Beliefs.priors(problem);
        rowStarts = new int[problem.detectors() + 1];
        for (int i = 0; i < rowStarts.length; i++) rowStarts[i] = problem.rowStart(i);
        columns = new int[problem.entries()];
        for (int i = 0; i < columns.length; i++) columns[i] = problem.mechanism(i);
        messages = new int[Math.multiplyExact(columns.length, LANES)];
        beliefs = new int[Math.multiplyExact(priors.length, LANES)];
        next = new int[beliefs.length];
        fired = new int[Math.multiplyExact(problem.detectors(), LANES)];
    }

    void decode(long[] syndromes, int shots, Sink sink) {
        int words = problem.words();
        int given = 0;
        int busy = 0;
        // An empty lane has no detector that fired and stays at its priors.
        Arrays.fill(messages, 0);
        Arrays.fill(fired, 0);
        for (int i = 0; i < priors.length; i++) {
            Arrays.fill(beliefs, i * LANES, (i + 1) * LANES, priors[i]);
        }
        for (int lane = 0; lane < LANES; lane++) {
            shotOfLane[lane] = -1;
            if (given < shots) {
                load(lane, given, syndromes, given * words);
                given++;
                busy++;
            }
        }
        while (busy > 0) {
            exchange();
            int[] now = beliefs;
            for (int lane = 0; lane < LANES; lane++) {
                if (shotOfLane[lane] < 0) continue;
                boolean isExplained = unexplained[lane] >= 0;
                if (!isExplained && age[lane]++ < iterations) continue;
                sink.take(shotOfLane[lane], lane, isExplained);
                // What comes next is read from the other array.
                beliefs = next;
                if (given < shots) {
                    load(lane, given, syndromes, given * words);
                    given++;
                } else {
                    shotOfLane[lane] = -1;
                    busy--;
                }
                beliefs = now;
            }
            beliefs = next;
            next = now;
        }
    }

    private void load(int lane, int shot, long[] syndromes, int from) {
        shotOfLane[lane] = shot;
        age[lane] = 0;
        for (int i = lane; i < messages.length; i += LANES) messages[i] = 0;
        for (int i = 0; i < priors.length; i++) beliefs[i * LANES + lane] = priors[i];
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            fired[row * LANES + lane] = (int) -(syndromes[from + (row >>> 6)] >>> row & 1);
        }
    }

    private void exchange() {
        for (int i = 0; i < priors.length; i++) {
            Arrays.fill(next, i * LANES, (i + 1) * LANES, priors[i]);
        }
        loops.exchange(
                rowStarts,
                columns,
                beliefs,
                next,
                messages,
                fired,
                unexplained,
                Beliefs.MESSAGE_MAX,
                scale,
                Beliefs.FRACTION_BITS);
    }

    int belief(int lane, int mechanism) {
        return beliefs[mechanism * LANES + lane];
    }

    long observables(int lane) {
        long flipped = 0;
        for (int i = 0; i < priors.length; i++) {
            if (beliefs[i * LANES + lane] < 0) flipped ^= problem.observables(i);
        }
        return flipped;
    }
}
