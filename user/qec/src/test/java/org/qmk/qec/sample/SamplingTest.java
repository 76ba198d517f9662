package org.qmk.qec.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qec.GoldenQec;
import org.qmk.qec.QecFailure;
import org.qmk.qec.analysis.AnalysisOptions;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.generate.MemoryNoise;
import org.qmk.qec.generate.SurfaceMemory;

class SamplingTest {

    private static final int SHOTS = 1 << 17;

    /// Of so many standard deviations a false alarm has a chance below 1e-11, and there are fewer
    /// than 1e4 of them in all tests of this class.
    private static final double SIGMAS = 7;

    static List<String> sets() {
        return GoldenQec.sets().stream().filter(set -> !set.contains("r100")).toList();
    }

    private static long[] hits(CircuitSampler sampler, long seed, int threads) throws IOException {
        long[] hits = new long[sampler.bits()];
        sampler.run(
                seed,
                SHOTS,
                threads,
                rows -> {
                    for (int shot = 0; shot < rows.shots(); shot++) {
                        for (int bit = 0; bit < hits.length; bit++) {
                            if (rows.get(shot, bit)) hits[bit]++;
                        }
                    }
                });
        return hits;
    }

    private static void assertRate(double expected, long hits, long shots, String what) {
        double deviation = Math.sqrt(Math.max(9, shots * expected * (1 - expected)));
        assertTrue(
                Math.abs(hits - shots * expected) <= SIGMAS * deviation,
                () -> "%s: %d of %d, expected %s".formatted(what, hits, shots, expected));
    }

    /// 20,000 golden shots; their deviation adds to ours.
    @ParameterizedTest
    @MethodSource("sets")
    void detectors_fire_as_often_as_in_the_golden_samples(String set)
            throws IOException, QecFailure {
        var circuit = Circuit.parse(GoldenQec.text(set, ".stim"));
        byte[] golden = GoldenQec.bytes(set, ".dets.b8");
        int detectors = (int) circuit.detectors();
        int stride = (detectors + 7) / 8;
        int goldenShots = golden.length / stride;

        long[] hits = hits(CircuitSampler.ofDetections(circuit), 11, 1);

        for (int bit = 0; bit < detectors; bit++) {
            long theirs = 0;
            for (int shot = 0; shot < goldenShots; shot++) {
                theirs += golden[shot * stride + bit / 8] >> bit % 8 & 1;
            }
            assertRate((double) hits[bit] / SHOTS, theirs, goldenShots, "detector " + bit);
        }
    }

    @Test
    void a_model_of_a_circuit_fires_as_often_as_the_circuit() throws IOException, QecFailure {
        Circuit circuit = SurfaceMemory.rotatedX(3, 3, MemoryNoise.uniform(0.01));
        long[] hits = hits(CircuitSampler.ofDetections(circuit), 5, 1);
        var sampler = new ModelSampler(ErrorAnalysis.of(circuit, AnalysisOptions.PLAIN));
        long[] theirs = new long[hits.length];

        sampler.run(
                6,
                SHOTS,
                (rows, _) -> {
                    for (int shot = 0; shot < rows.shots(); shot++) {
                        for (int bit = 0; bit < theirs.length; bit++) {
                            if (rows.get(shot, bit)) theirs[bit]++;
                        }
                    }
                });

        for (int bit = 0; bit < hits.length; bit++) {
            assertRate((double) theirs[bit] / SHOTS, hits[bit], SHOTS, "bit " + bit);
        }
    }

    @Test
    void detectors_alone_are_those_before_the_observables() throws IOException, QecFailure {
        Circuit circuit = SurfaceMemory.rotatedX(3, 3, MemoryNoise.uniform(0.01));
        int detectors = (int) circuit.detectors();
        List<long[]> alone = new ArrayList<>();
        List<long[]> parts = new ArrayList<>();

        CircuitSampler.ofDetectors(circuit)
                .run(3, 1500, 1, rows -> alone.add(rows.part(0, detectors).words().clone()));
        CircuitSampler.ofDetections(circuit)
                .run(3, 1500, 1, rows -> parts.add(rows.part(0, detectors).words().clone()));

        assertEquals(2, alone.size());
        for (int i = 0; i < 2; i++) assertArrayEquals(parts.get(i), alone.get(i));
    }

    @Test
    void lists_of_a_model_are_its_rows() throws IOException, QecFailure {
        Circuit circuit = SurfaceMemory.rotatedX(3, 3, MemoryNoise.uniform(0.02));
        var sampler = new ModelSampler(ErrorAnalysis.of(circuit, AnalysisOptions.PLAIN));
        int detectors = sampler.detectors();
        List<String> rows = new ArrayList<>();
        List<String> lists = new ArrayList<>();

        sampler.run(
                4,
                1500,
                (flipped, _) -> {
                    for (int shot = 0; shot < flipped.shots(); shot++) {
                        var text = new StringBuilder();
                        for (int bit = 0; bit < detectors; bit++) {
                            if (flipped.get(shot, bit)) text.append(' ').append(bit);
                        }
                        for (int bit = 0; bit < sampler.observables(); bit++) {
                            text.append(flipped.get(shot, detectors + bit) ? " L" : " -");
                        }
                        rows.add(text.toString());
                    }
                });
        sampler.lists(
                4,
                1500,
                shots -> {
                    for (int shot = 0; shot < shots.shots(); shot++) {
                        var text = new StringBuilder();
                        for (int i = shots.start(shot); i < shots.start(shot + 1); i++) {
                            text.append(' ').append(shots.events()[i]);
                        }
                        for (int bit = 0; bit < sampler.observables(); bit++) {
                            text.append(shots.observables().get(shot, bit) ? " L" : " -");
                        }
                        lists.add(text.toString());
                    }
                });

        assertEquals(1500, rows.size());
        assertEquals(rows, lists);
    }

    @Test
    void shots_do_not_depend_on_the_number_of_threads() throws IOException, QecFailure {
        Circuit circuit = SurfaceMemory.rotatedZ(3, 2, MemoryNoise.uniform(0.02));
        var sampler = CircuitSampler.ofDetections(circuit);
        List<long[]> alone = new ArrayList<>();
        List<long[]> together = new ArrayList<>();

        sampler.run(9, 5000, 1, rows -> alone.add(rows.words().clone()));
        sampler.run(9, 5000, 3, rows -> together.add(rows.words().clone()));

        assertEquals(5, alone.size());
        // Rows that the last batch leaves over may hold anything.
        for (int i = 0; i < 4; i++) assertArrayEquals(alone.get(i), together.get(i), "batch " + i);
    }

    @Test
    void errors_that_exclude_each_other_do() throws IOException, QecFailure {
        String text =
                """
                R 0 1
                E(0.5) X0
                ELSE_CORRELATED_ERROR(0.5) X1
                PAULI_CHANNEL_2(0,0,0,0.2,0,0,0,0,0,0,0,0,0,0,0) 2 3
                HERALDED_PAULI_CHANNEL_1(0,0.25,0,0) 4
                M 0 1 2 3 4
                """;

        long[] hits = hits(CircuitSampler.ofMeasurements(Circuit.parse(text)), 3, 1);

        // The herald comes first.
        double[] rates = {0.25, 0.5, 0.25, 0.2, 0, 0.25};
        for (int bit = 0; bit < 6; bit++) assertRate(rates[bit], hits[bit], SHOTS, "bit " + bit);
    }

    @Test
    void measurements_keep_their_relations() throws IOException, QecFailure {
        String text =
                """
                RX 0
                CX 0 1
                MZZ !0 1
                MPP X0*X1 Z0*Z1
                M 0
                CX rec[-1] 1
                M 1
                SPP Y2
                M !2
                """;
        var sampler = CircuitSampler.ofMeasurements(Circuit.parse(text));

        sampler.run(
                1,
                2048,
                1,
                rows -> {
                    for (int shot = 0; shot < rows.shots(); shot++) {
                        assertTrue(rows.get(shot, 0), "ZZ is 1, inverted");
                        assertTrue(!rows.get(shot, 1) && !rows.get(shot, 2), "XX and ZZ are 1");
                        assertTrue(!rows.get(shot, 4), "feedback undoes the outcome");
                    }
                });
        long[] hits = hits(sampler, 2, 1);
        assertRate(0.5, hits[3], SHOTS, "a random outcome");
        assertRate(0.5, hits[5], SHOTS, "another");
    }

    @Test
    void a_long_loop_is_folded() throws QecFailure {
        Circuit circuit = SurfaceMemory.rotatedX(3, 1_000_000, MemoryNoise.NONE);

        var reference = ReferenceSample.of(circuit);

        // X checks are random in the first round and stay: what is 0 stays 0.
        assertEquals(0, reference.cardinality());
        String flip = "X 0\nREPEAT 1000001 {\nX 0\nM 0 !0\n}";
        assertEquals(1_000_001, ReferenceSample.of(Circuit.parse(flip)).cardinality());
    }

    @Test
    void records_before_the_first_are_refused() throws QecFailure {
        var circuit = Circuit.parse("M 0\nDETECTOR rec[-2]");

        for (var failure :
                List.of(
                        assertThrows(QecFailure.class, () -> CircuitSampler.ofDetections(circuit)),
                        assertThrows(
                                QecFailure.class, () -> new MeasurementConverter(circuit, false)),
                        assertThrows(
                                QecFailure.class,
                                () -> ErrorAnalysis.of(circuit, AnalysisOptions.PLAIN)))) {
            assertEquals("QEC-CIRCUIT-3", failure.rule().code());
        }
    }
}
