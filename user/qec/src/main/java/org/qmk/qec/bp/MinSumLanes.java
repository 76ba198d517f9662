package org.qmk.qec.bp;

import org.qmk.qec.decode.DecodingProblem;

/// Rounds of min-sum for many shots. A lane that is done takes the next shot at once, so that none
/// waits for the slowest.
final class MinSumLanes {

    private static final int LANES = MessageLanes.LANES;

    /// What is done with a shot.
    interface Sink {

        /// @param lane where its beliefs are until this returns
        void take(int shot, int lane, boolean isExplained);
    }

    private final MessageLanes lanes;
    private final int words;
    private final int iterations;

    /// -1 for an empty lane.
    private final int[] shotOfLane = new int[LANES];

    private final int[] age = new int[LANES];

    MinSumLanes(DecodingProblem problem, BeliefSettings settings) {
        lanes = new MessageLanes(problem, settings.scale());
        words = problem.words();
        iterations = settings.iterations();
    }

    void decode(long[] syndromes, int shots, Sink sink) {
        int given = 0;
        int busy = 0;
        lanes.clear();
        for (int lane = 0; lane < LANES; lane++) {
            shotOfLane[lane] = given < shots ? given++ : -1;
            if (shotOfLane[lane] < 0) continue;
            lanes.load(lane, syndromes, shotOfLane[lane] * words);
            age[lane] = 0;
            busy++;
        }
        while (busy > 0) {
            lanes.forget();
            lanes.exchange();
            for (int lane = 0; lane < LANES; lane++) {
                if (shotOfLane[lane] < 0) continue;
                boolean isExplained = lanes.isExplained(lane);
                if (!isExplained && age[lane]++ < iterations) continue;
                sink.take(shotOfLane[lane], lane, isExplained);
                shotOfLane[lane] = given < shots ? given++ : -1;
                if (shotOfLane[lane] < 0) {
                    busy--;
                } else {
                    lanes.loadNext(lane, syndromes, shotOfLane[lane] * words);
                    age[lane] = 0;
                }
            }
            lanes.advance();
        }
    }

    int belief(int lane, int mechanism) {
        return lanes.belief(lane, mechanism);
    }

    long observables(int lane) {
        return lanes.observables(lane);
    }
}
