package org.qmk.qec.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.qmk.qec.GoldenQec;
import org.qmk.qec.QecFailure;
import org.qmk.qec.bp.BeliefSettings;
import org.qmk.qec.bp.OrderedStatisticsDecoder;
import org.qmk.qec.bp.RelayDecoder;
import org.qmk.qec.bp.RelaySettings;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.unionfind.UnionFindDecoder;

/// Shots of Stim with a surface code: how often decoders are wrong, beside exact matching. The
/// shots are fixed, so are the counts.
class GoldenShotsTest {

    private static final String SET = "sc_rotated_memory_z_d5_r5_p0.005";

    private final byte[] detectors = GoldenQec.bytes(SET, ".dets.b8");
    private final byte[] observables = GoldenQec.bytes(SET, ".obs.b8");
    private final byte[] matching = GoldenQec.bytes(SET, ".pred.b8");

    GoldenShotsTest() throws IOException {}

    private static DetectorErrorModel model(String ending) throws IOException, QecFailure {
        return DetectorErrorModel.parse(GoldenQec.text(SET, ending));
    }

    private int wrong(SyndromeDecoder decoder, int shots) {
        int bytes = (decoder.problem().detectors() + 7) / 8;
        long[] syndrome = new long[decoder.problem().words()];
        int wrong = 0;
        for (int shot = 0; shot < shots; shot++) {
            java.util.Arrays.fill(syndrome, 0);
            for (int i = 0; i < bytes; i++) {
                syndrome[i >>> 3] |= (detectors[shot * bytes + i] & 255L) << 8 * (i & 7);
            }
            if (decoder.decode(syndrome, 0) != observables[shot]) wrong++;
        }
        return wrong;
    }

    private int wrongByMatching(int shots) {
        int wrong = 0;
        for (int shot = 0; shot < shots; shot++) {
            if (matching[shot] != observables[shot]) wrong++;
        }
        return wrong;
    }

    @Test
    void union_find_is_wrong_little_more_often_than_matching() throws IOException, QecFailure {
        var problem = DecodingProblem.ofParts(model(".decomposed.dem").columns());

        int wrong = wrong(new UnionFindDecoder(problem), 20_000);

        int least = wrongByMatching(20_000);
        assertTrue(least > 50 && wrong <= 1.4 * least, wrong + " against " + least);
    }

    /// Matching does not know how the two kinds of errors depend on one another.
    @Test
    void ordered_statistics_are_wrong_no_more_often_than_matching() throws IOException, QecFailure {
        var problem = DecodingProblem.of(model(".plain.dem").columns());
        int shots = 4_000;

        int wrong =
                wrong(
                        new OrderedStatisticsDecoder(problem, new BeliefSettings(30, 0.7), 10),
                        shots);

        int matched = wrongByMatching(shots);
        assertTrue(matched > 20 && wrong <= matched, wrong + " against " + matched);
    }

    @Test
    void a_relay_is_wrong_no_more_often_than_matching() throws IOException, QecFailure {
        var problem = DecodingProblem.of(model(".plain.dem").columns());
        int shots = 4_000;

        int wrong = wrong(new RelayDecoder(problem, RelaySettings.usual()), shots);

        int matched = wrongByMatching(shots);
        assertTrue(matched > 20 && wrong <= 1.1 * matched, wrong + " against " + matched);
    }

    @Test
    void a_problem_has_the_errors_of_its_model() throws IOException, QecFailure {
        var columns = model(".plain.dem").columns();

        var problem = DecodingProblem.of(columns);

        assertEquals(columns.detectors(), problem.detectors());
        assertEquals(columns.count(), problem.mechanisms());
    }
}
