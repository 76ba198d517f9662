package org.qmk.qec.bp;

import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;

/// A chain of min-sum decoders with memory: each mechanism's belief is drawn to what it was, by a
/// strength of its own. Strengths that differ, some below 0, break the symmetries in which belief
/// propagation is caught. Each leg starts from the beliefs of the one before.
///
/// Source: Mueller and others, arXiv 2506.01779.
public final class RelayDecoder implements SyndromeDecoder {

    private final DecodingProblem problem;
    private final RelaySettings settings;
    private final MessageRounds rounds;
    private final RelayStrengths drawn;
    private final RelayLanes lanes;
    private final int[] strengths;
    private final boolean[] best;
    private boolean isExplained;

    public RelayDecoder(DecodingProblem problem, RelaySettings settings) {
        this.problem = problem;
        this.settings = settings;
        rounds = new MessageRounds(problem, settings.scale());
        drawn = new RelayStrengths(settings, problem.mechanisms());
        lanes = new RelayLanes(problem, settings, drawn);
        strengths = new int[problem.mechanisms()];
        best = new boolean[problem.mechanisms()];
    }

    @Override
    public DecodingProblem problem() {
        return problem;
    }

    @Override
    public long decode(long[] syndrome, int from) {
        isExplained = false;
        rounds.start();
        long observables = 0;
        long least = Long.MAX_VALUE;
        int found = 0;
        for (int leg = 0; leg <= settings.legs() && found < settings.solutions(); leg++) {
            drawn.put(leg, strengths, 0, 1);
            if (leg > 0) {
                rounds.forgetMessages();
                // What a leg starts from may be the last solution.
                rounds.round(syndrome, from, strengths);
                rounds.advance();
            }
            if (!run(syndrome, from, leg == 0 ? settings.firstRounds() : settings.legRounds())) {
                // The last beliefs are the answer if nothing is better.
                if (found == 0) observables = keep();
                continue;
            }
            isExplained = true;
            found++;
            long weight = weight();
            if (weight >= least) continue;
            least = weight;
            observables = keep();
        }
        return observables;
    }

    @Override
    public void decodeAll(long[] syndromes, int shots, long[] observables) {
        lanes.decode(syndromes, shots, observables);
    }

    private boolean run(long[] syndrome, int from, int roundsMax) {
        boolean isRight = rounds.round(syndrome, from, strengths);
        for (int i = 0; i < roundsMax && !isRight; i++) {
            rounds.advance();
            isRight = rounds.round(syndrome, from, strengths);
        }
        return isRight;
    }

    private long weight() {
        long weight = 0;
        for (int i = 0; i < best.length; i++) {
            if (rounds.belief(i) < 0) weight += rounds.prior(i);
        }
        return weight;
    }

    private long keep() {
        for (int i = 0; i < best.length; i++) best[i] = rounds.belief(i) < 0;
        return rounds.observables();
    }

    @Override
    public boolean isExplained() {
        return isExplained;
    }

    @Override
    public boolean isInCorrection(int mechanism) {
        return best[mechanism];
    }
}
