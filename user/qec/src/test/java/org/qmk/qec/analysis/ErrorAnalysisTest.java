package org.qmk.qec.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qec.ModelComparison;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ErrorColumns;
import org.qmk.qec.generate.MemoryNoise;
import org.qmk.qec.generate.SurfaceMemory;

/// Cases whose models were made by Stim 1.16 and copied here.
class ErrorAnalysisTest {

    private static void assertModel(String circuit, AnalysisOptions options, String model)
            throws QecFailure {
        ModelComparison.assertAlike(
                DetectorErrorModel.parse(model), ErrorAnalysis.of(Circuit.parse(circuit), options));
    }

    @Test
    void a_pauli_channel_that_is_independent_needs_no_approximation() throws QecFailure {
        assertModel(
                "PAULI_CHANNEL_1(0.125, 0.03125, 0.0625) 0\nM 0\nDETECTOR rec[-1]",
                AnalysisOptions.PLAIN,
                "error(0.15625) D0");
    }

    @Test
    void tags_keep_errors_apart() throws QecFailure {
        assertModel(
                "X_ERROR[a](0.25) 0\nX_ERROR(0.125) 0\nM 0\nDETECTOR[d] rec[-1]",
                AnalysisOptions.PLAIN,
                "error(0.125) D0\nerror[a](0.25) D0\ndetector[d] D0");
    }

    @Test
    void gauges_become_errors_of_one_half_if_allowed() throws QecFailure {
        String text = "R 0\nMX 0\nDETECTOR rec[-1]\nDETECTOR rec[-1]";
        var allowed = new AnalysisOptions(false, false, true, 0, false, false);

        assertModel(text, allowed, "error(0.5) D0 D1\n");
        assertModel("MX 0\nDETECTOR rec[-1]", allowed, "error(0.5) D0\n");
    }

    @Test
    void feedback_carries_errors_to_what_it_acts_on() throws QecFailure {
        assertModel(
                "X_ERROR(0.25) 0\nM 0\nCX rec[-1] 1\nM 1\nDETECTOR rec[-1]",
                AnalysisOptions.PLAIN,
                "error(0.25) D0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MX 0;DETECTOR rec[-1]|QEC-ANALYSIS-1",
                "MX 0;OBSERVABLE_INCLUDE(0) rec[-1]|QEC-ANALYSIS-1",
                "DEPOLARIZE1(0.75) 0;M 0;DETECTOR rec[-1]|QEC-ANALYSIS-2",
                "DEPOLARIZE2(0.9375) 0 1;M 0;DETECTOR rec[-1]|QEC-ANALYSIS-2",
                "HERALDED_ERASE(0.1) 0|QEC-ANALYSIS-3",
                "PAULI_CHANNEL_1(0.1,0.2,0.3) 0|QEC-ANALYSIS-3",
                "ELSE_CORRELATED_ERROR(0.1) X0|QEC-CIRCUIT-4",
            })
    void what_cannot_be_analysed_has_a_code(String text, String code) throws QecFailure {
        var circuit = Circuit.parse(text.replace(';', '\n'));

        var failure =
                assertThrows(
                        QecFailure.class, () -> ErrorAnalysis.of(circuit, AnalysisOptions.PLAIN));

        assertEquals(code, failure.rule().code(), failure.getMessage());
    }

    @Test
    void errors_that_are_not_graphlike_are_refused_or_kept() throws QecFailure {
        String text =
                "X_ERROR(0.25) 0\nCX 0 1 0 2\nM 0 1 2\n"
                        + "DETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]";
        var circuit = Circuit.parse(text);
        var keep = new AnalysisOptions(true, false, false, 0, true, false);

        var failure =
                assertThrows(
                        QecFailure.class,
                        () -> ErrorAnalysis.of(circuit, AnalysisOptions.DECOMPOSED));

        assertEquals("QEC-ANALYSIS-4", failure.rule().code());
        assertModel(text, keep, "error(0.25) D0 D1 D2");
    }

    /// Errors that end before and behind a place where a loop begins are not added up there: so
    /// their number differs, but not how often a detector fires.
    @Test
    void detectors_of_folded_loops_fire_as_often_as_written_out() throws QecFailure {
        Circuit circuit = SurfaceMemory.rotatedZ(3, 40, MemoryNoise.uniform(0.01));

        var folded = ErrorAnalysis.of(circuit, AnalysisOptions.DECOMPOSED.folded());
        var flat = ErrorAnalysis.of(circuit, AnalysisOptions.DECOMPOSED);

        assertTrue(folded.items().size() < flat.items().size() / 4);
        assertArrayEquals(rates(flat), rates(folded), 1e-12);
    }

    /// How often each detector fires.
    private static double[] rates(DetectorErrorModel model) throws QecFailure {
        ErrorColumns errors = model.columns();
        double[] even = new double[errors.detectors()];
        java.util.Arrays.fill(even, 1);
        for (int error = 0; error < errors.count(); error++) {
            for (int i = errors.start(error); i < errors.end(error); i++) {
                int symptom = errors.symptom(i);
                if (ErrorColumns.isDetector(symptom)) {
                    even[symptom] *= 1 - 2 * errors.chance(error);
                }
            }
        }
        for (int i = 0; i < even.length; i++) even[i] = (1 - even[i]) / 2;
        return even;
    }

    @Test
    void a_trillion_rounds_are_folded() throws QecFailure {
        long rounds = 1_000_000_000_000L;
        Circuit circuit = SurfaceMemory.rotatedZ(3, rounds, MemoryNoise.uniform(0.01));

        var model = ErrorAnalysis.of(circuit, AnalysisOptions.DECOMPOSED.folded());

        assertEquals(circuit.detectors(), model.detectors());
    }
}
