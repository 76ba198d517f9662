package org.qmk.qec.bp;

import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;

/// Belief propagation by scaled min-sum messages. One shot at a time has the least latency; many go
/// through lanes together, which gives the same beliefs and far more of them.
public final class MinSumDecoder implements SyndromeDecoder {

    private final DecodingProblem problem;
    private final BeliefSettings settings;
    private final MessageRounds rounds;
    private final MinSumLanes lanes;
    private boolean isExplained;

    public MinSumDecoder(DecodingProblem problem, BeliefSettings settings) {
        this.problem = problem;
        this.settings = settings;
        rounds = new MessageRounds(problem, settings.scale());
        lanes = new MinSumLanes(problem, settings);
    }

    @Override
    public DecodingProblem problem() {
        return problem;
    }

    @Override
    public long decode(long[] syndrome, int from) {
        rounds.start();
        isExplained = rounds.round(syndrome, from);
        for (int i = 0; i < settings.iterations() && !isExplained; i++) {
            rounds.advance();
            isExplained = rounds.round(syndrome, from);
        }
        return rounds.observables();
    }

    @Override
    public boolean isExplained() {
        return isExplained;
    }

    @Override
    public boolean isInCorrection(int mechanism) {
        return rounds.belief(mechanism) < 0;
    }

    /// The last belief about a mechanism: below 0 if it is in the correction.
    int belief(int mechanism) {
        return rounds.belief(mechanism);
    }

    @Override
    public void decodeAll(long[] syndromes, int shots, long[] observables) {
        lanes.decode(
                syndromes, shots, (shot, lane, _) -> observables[shot] = lanes.observables(lane));
    }

    /// The lanes of this decoder, for those who also want to know what was not explained.
    MinSumLanes lanes() {
        return lanes;
    }
}
