package org.qmk.qec.match;

import java.util.Arrays;
import org.qmk.qec.Decoder;

/// Matching in two passes: the edges that the first pass uses make those lighter that come from the
/// same errors, and the second pass matches again. Better than one pass for surface codes of
/// distance 5 and more; it is no minimum-weight matching of anything.
/// Source: Fowler, arXiv 1310.0863; the weight of an implied edge is ln((1-q)/q), where q is the
/// chance of both errors over that of the first, at most 1/2.
public final class CorrelatedMatchingDecoder implements Decoder {

    private final MatchingGraph graph;
    private final MatchingDecoder decoder;
    private int[] lightened = new int[64];

    public CorrelatedMatchingDecoder(MatchingGraph graph) {
        this.graph = graph;
        decoder = new MatchingDecoder(graph, true);
    }

    @Override
    public int detectors() {
        return graph.nodes();
    }

    @Override
    public int observables() {
        return graph.observables();
    }

    @Override
    public void decode(int[] events, int from, int to, long[] flips, int at) {
        decoder.match(events, from, to);
        int pathLength = decoder.path();
        int count = 0;
        for (int i = 0; i < pathLength; i++) {
            int cause = decoder.pathEdge(i);
            int end = graph.impliedStarts[cause + 1];
            for (int j = graph.impliedStarts[cause]; j < end; j++) {
                int effect = graph.implied[j];
                if (!decoder.lighten(effect, graph.impliedWeights[j])) continue;
                if (count == lightened.length) lightened = Arrays.copyOf(lightened, 2 * count);
                lightened[count++] = effect;
            }
        }
        if (count == 0) {
            decoder.finish(flips, at);
            return;
        }
        decoder.clear();
        decoder.decode(events, from, to, flips, at);
        for (int i = 0; i < count; i++) decoder.restore(lightened[i]);
    }
}
