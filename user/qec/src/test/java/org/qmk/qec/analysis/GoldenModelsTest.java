package org.qmk.qec.analysis;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qec.GoldenQec;
import org.qmk.qec.ModelComparison;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;

/// The models of the golden circuits are those that Stim makes, error by error.
class GoldenModelsTest {

    static List<String> sets() {
        return GoldenQec.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void plain_models_are_equal(String set) throws IOException, QecFailure {
        compare(set, ".plain.dem", AnalysisOptions.PLAIN);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void decomposed_models_are_equal(String set) throws IOException, QecFailure {
        compare(set, ".decomposed.dem", AnalysisOptions.DECOMPOSED);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void folded_models_are_equal(String set) throws IOException, QecFailure {
        compare(set, ".folded.dem", AnalysisOptions.DECOMPOSED.folded());
    }

    private static void compare(String set, String ending, AnalysisOptions options)
            throws IOException, QecFailure {
        var expected = DetectorErrorModel.parse(GoldenQec.text(set, ending));
        var circuit = Circuit.parse(GoldenQec.text(set, ".stim"));

        DetectorErrorModel found = ErrorAnalysis.of(circuit, options);

        ModelComparison.assertAlike(expected, found);
    }
}
