package org.qmk.qec.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qec.PackedRow;
import org.qmk.qec.RowDecoder;

/// Skipped where `../shared/conformance/qec` is absent.
class MatchingGoldenTest {

    static List<GoldenSet> sets() throws Exception {
        return GoldenSet.all();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("sets")
    void weights_are_those_of_the_peer_on_every_shot(GoldenSet set) throws Exception {
        var graph = MatchingGraph.of(set.model());
        var decoder = new MatchingDecoder(graph);
        double[] weights = set.weights();
        byte[] rows = set.bytes(".dets.b8");
        byte[] predictions = set.bytes(".pred.b8");
        int width = (graph.nodes() + 7) / 8;
        int[] events = new int[graph.nodes()];
        long[] flips = new long[1];
        int different = 0;

        for (int shot = 0; shot < weights.length; shot++) {
            int count = PackedRow.events(rows, shot * width, graph.nodes(), events);
            decoder.decode(events, 0, count, flips, 0);
            double expected = weights[shot];
            double tolerance = 1e-4 * Math.max(1, expected);
            assertEquals(expected, decoder.weight(), tolerance, "shot " + shot);
            if (flips[0] != predictions[shot]) different++;
        }

        // Only ties may differ.
        assertTrue(different <= weights.length / 200, different + " predictions differ");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("sets")
    void correlated_predictions_are_those_of_the_peer(GoldenSet set) throws Exception {
        var graph = MatchingGraph.of(set.model());
        byte[] expected = set.bytes(".predcorr.b8");
        byte[] predictions = new byte[expected.length];
        byte[] rows = set.bytes(".dets.b8");

        new RowDecoder(new CorrelatedMatchingDecoder(graph))
                .decode(rows, expected.length, predictions);

        int different = 0;
        for (int i = 0; i < expected.length; i++) if (predictions[i] != expected[i]) different++;
        assertTrue(different <= expected.length / 200, different + " predictions differ");
    }
}
