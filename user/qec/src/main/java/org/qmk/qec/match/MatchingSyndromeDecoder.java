package org.qmk.qec.match;

import java.util.Arrays;
import org.qmk.qec.QecFailure;
import org.qmk.qec.UndecodableShot;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;

/// Exact matching for a problem whose mechanisms flip one or two detectors each. Where several
/// mechanisms flip the same detectors, the first of them stands for all in corrections.
public final class MatchingSyndromeDecoder implements SyndromeDecoder {

    private final DecodingProblem problem;
    private final MatchingGraph graph;
    private final MatchingDecoder decoder;

    /// By edge, its first mechanism.
    private final int[] mechanisms;

    private final boolean[] corrected;
    private final int[] events;
    private boolean explained;

    /// @throws QecFailure if a mechanism flips more than two detectors
    public MatchingSyndromeDecoder(DecodingProblem problem) throws QecFailure {
        this.problem = problem;
        mechanisms = new int[problem.mechanisms()];
        graph = MatchingGraph.of(problem, mechanisms);
        decoder = new MatchingDecoder(graph);
        corrected = new boolean[problem.mechanisms()];
        events = new int[problem.detectors()];
    }

    @Override
    public DecodingProblem problem() {
        return problem;
    }

    @Override
    public long decode(long[] syndrome, int from) {
        int count = 0;
        for (int word = 0; word < problem.words(); word++) {
            for (long bits = syndrome[from + word]; bits != 0; bits &= bits - 1) {
                events[count++] = 64 * word + Long.numberOfTrailingZeros(bits);
            }
        }
        Arrays.fill(corrected, false);
        try {
            decoder.match(events, 0, count);
        } catch (UndecodableShot e) {
            explained = false;
            return 0;
        }
        explained = true;
        long flipped = 0;
        int length = decoder.path();
        decoder.clear();
        // Of paths of one length another may be traced than the one that was matched, so the
        // observables are those of the path.
        for (int i = 0; i < length; i++) flipped ^= turn(decoder.pathEdge(i));
        if (graph.negativeWeight < 0) {
            for (int e = 0; e < graph.edges(); e++) {
                if (graph.isNegative(e)) flipped ^= turn(e);
            }
        }
        return flipped;
    }

    private long turn(int edge) {
        corrected[mechanisms[edge]] ^= true;
        return problem.observables(mechanisms[edge]);
    }

    /// False only if no correction explains the syndrome.
    @Override
    public boolean isExplained() {
        return explained;
    }

    @Override
    public boolean isInCorrection(int mechanism) {
        return corrected[mechanism];
    }
}
