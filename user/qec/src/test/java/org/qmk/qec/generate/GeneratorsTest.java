package org.qmk.qec.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qec.GoldenQec;
import org.qmk.qec.QecFailure;
import org.qmk.qec.analysis.AnalysisOptions;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.analysis.GraphDistance;
import org.qmk.qec.analysis.WeightBound;
import org.qmk.qec.analysis.WeightSearch;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CircuitItem;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.dem.DetectorErrorModel;

class GeneratorsTest {

    private static final AnalysisOptions LENIENT =
            new AnalysisOptions(true, false, false, 0, true, false);

    static List<String> sets() {
        return GoldenQec.sets();
    }

    /// Names say what was asked for: `sc_rotated_memory_z_d5_r100_p0.003`.
    @ParameterizedTest
    @MethodSource("sets")
    void circuits_are_those_of_the_fields_generator(String set) throws IOException, QecFailure {
        var expected = Circuit.parse(GoldenQec.text(set, ".stim"));
        String[] parts = set.split("_(?=[drp][0-9])");
        int distance = Integer.parseInt(parts[1].substring(1));
        int rounds = Integer.parseInt(parts[2].substring(1));
        var noise = MemoryNoise.uniform(Double.parseDouble(parts[3].substring(1)));

        Circuit found =
                switch (parts[0]) {
                    case "rep_memory" -> RepetitionMemory.of(distance, rounds, noise);
                    case "sc_rotated_memory_x" -> SurfaceMemory.rotatedX(distance, rounds, noise);
                    case "sc_rotated_memory_z" -> SurfaceMemory.rotatedZ(distance, rounds, noise);
                    default -> throw new AssertionError(set);
                };

        assertEquals(expected, found);
    }

    private static OptionalInt graphDistance(Circuit circuit) throws QecFailure {
        return GraphDistance.of(ErrorAnalysis.of(circuit, LENIENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void surface_memories_have_their_distance(int distance) throws QecFailure {
        var noise = MemoryNoise.uniform(0.001);
        for (var circuit :
                List.of(
                        RepetitionMemory.of(distance, 2, noise),
                        SurfaceMemory.rotatedX(distance, 2, noise),
                        SurfaceMemory.rotatedZ(distance, 2, noise),
                        SurfaceMemory.unrotatedX(distance, 2, noise),
                        SurfaceMemory.unrotatedZ(distance, 2, noise))) {
            assertEquals(OptionalInt.of(distance), graphDistance(circuit));
        }
    }

    @Test
    void a_colour_code_memory_is_deterministic() throws QecFailure {
        for (int rounds = 2; rounds < 7; rounds++) {
            Circuit circuit = ColorMemory.of(3, rounds, MemoryNoise.uniform(0.001));

            var model = ErrorAnalysis.of(circuit, AnalysisOptions.PLAIN);

            assertTrue(WeightBound.of(model, 20, 1).orElseThrow() <= 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, false", "3, true", "4, false", "5, true"})
    void bacon_shor_memories_have_their_distance(int distance, boolean memoryX) throws QecFailure {
        Circuit plain = CssMemory.of(CssCodes.baconShor(distance), memoryX, 3);
        for (var noise : List.of(LayerNoise.uniform(1e-3), LayerNoise.superconducting(1e-3))) {
            assertEquals(OptionalInt.of(distance), graphDistance(NoisePass.apply(plain, noise)));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 49, 9, 28, 12", "4, 225, 16, 165, 44"})
    void shyps_codes_have_the_ranks_that_are_known(
            int r, int qubits, int logical, int gauge, int stabilizer) throws QecFailure {
        CssLayout code = CssCodes.shyps(r);

        assertEquals(qubits, code.qubits());
        assertEquals(logical, code.logicalZ().length);
        assertEquals(gauge, rank(code.checksX()));
        assertEquals(gauge, rank(code.checksZ()));
        assertEquals(stabilizer, rank(products(code.checksX(), code.stabilizersX())));
        assertEquals(stabilizer, rank(products(code.checksZ(), code.stabilizersZ())));
    }

    private static int rank(int[][] rows) {
        var space = new ParitySpace();
        for (int[] row : rows) space.add(ParitySpace.of(row));
        return space.rank();
    }

    private static int[][] products(int[][] checks, int[][] stabilizers) {
        int[][] products = new int[stabilizers.length][];
        for (int i = 0; i < products.length; i++) {
            var sum = new java.util.BitSet();
            for (int check : stabilizers[i]) sum.xor(ParitySpace.of(checks[check]));
            products[i] = sum.stream().toArray();
        }
        return products;
    }

    @ParameterizedTest
    @CsvSource({"72, 12, 30", "90, 8, 41", "108, 8, 50", "144, 12, 66"})
    void bicycle_codes_have_the_ranks_that_are_known(int qubits, int logical, int rank)
            throws QecFailure {
        CssLayout code = CssCodes.bicycle(qubits);

        assertEquals(rank, rank(code.checksX()));
        assertEquals(rank, rank(code.checksZ()));
        assertEquals(logical, code.logicalX().length);
        assertEquals(logical, code.logicalZ().length);
    }

    @Test
    void memories_of_any_code_are_deterministic_and_no_better_than_the_code() throws QecFailure {
        for (boolean memoryX : new boolean[] {false, true}) {
            Circuit shyps = CssMemory.of(CssCodes.shyps(3), memoryX, 2);
            Circuit bicycle = CssMemory.bicycle(72, memoryX, 2, CssMemory.Detectors.ALL);
            var noise = LayerNoise.superconducting(1e-3);
            var options = AnalysisOptions.PLAIN;

            var model = ErrorAnalysis.of(NoisePass.apply(shyps, noise), options);
            var other = ErrorAnalysis.of(NoisePass.apply(bicycle, noise), options);

            assertEquals(OptionalInt.of(4), WeightBound.of(model, 10, 1));
            assertEquals(12, other.observables());
        }
    }

    /// Sizes are those of the matrices that decoders of the gross code are tried with: 936 by 8784.
    @Test
    void a_round_of_a_bicycle_code_has_eight_layers_and_the_published_mechanisms()
            throws QecFailure {
        for (boolean memoryX : new boolean[] {false, true}) {
            Circuit circuit = CssMemory.bicycle(144, memoryX, 12, CssMemory.Detectors.KEPT);
            Circuit round =
                    circuit.items().stream()
                            .filter(RepeatBlock.class::isInstance)
                            .map(item -> ((RepeatBlock) item).body())
                            .findFirst()
                            .orElseThrow();
            int ticks = 0;
            int pairs = 0;
            for (CircuitItem item : round.items()) {
                var instruction = (CircuitInstruction) item;
                if (instruction.gate() == Gate.TICK) ticks++;
                if (instruction.gate() == Gate.CX) pairs += instruction.targets().length / 2;
            }

            assertEquals(8, ticks);
            assertEquals(6 * 144, pairs);
            DecodingProblem problem = problem(circuit, LayerNoise.uniform(1e-3));
            assertEquals(936, problem.detectors());
            assertEquals(8784, problem.mechanisms());
        }
    }

    private static DecodingProblem problem(Circuit circuit, LayerNoise noise) throws QecFailure {
        Circuit noisy = NoisePass.apply(circuit, noise);
        return DecodingProblem.of(ErrorAnalysis.of(noisy, AnalysisOptions.PLAIN).columns());
    }

    /// No set of fewer errors, and one of as many.
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void memories_of_shyps_and_bicycle_codes_have_their_distance(boolean memoryX, boolean bicycle)
            throws QecFailure {
        var kept = CssMemory.Detectors.KEPT;
        Circuit circuit =
                bicycle
                        ? CssMemory.bicycle(72, memoryX, 2, kept)
                        : CssMemory.of(CssCodes.shyps(3), memoryX, 2, kept);
        int distance = bicycle ? 6 : 4;
        Circuit noisy = NoisePass.apply(circuit, LayerNoise.uniform(1e-3));
        DetectorErrorModel model = ErrorAnalysis.of(noisy, AnalysisOptions.PLAIN);

        OptionalInt fewer = WeightSearch.of(DecodingProblem.of(model.columns()), distance - 1);

        assertEquals(OptionalInt.empty(), fewer);
        assertEquals(OptionalInt.of(distance), WeightBound.of(model, 300, 1));
    }

    @Test
    void a_search_finds_the_lightest_set_of_errors() throws QecFailure {
        for (int distance = 2; distance <= 5; distance++) {
            Circuit plain = CssMemory.of(CssCodes.baconShor(distance), false, 2);

            DecodingProblem problem = problem(plain, LayerNoise.uniform(1e-3));

            assertEquals(OptionalInt.of(distance), WeightSearch.of(problem, 6));
            assertEquals(OptionalInt.empty(), WeightSearch.of(problem, distance - 1));
        }
    }

    @Test
    void a_memory_can_do_without_the_detectors_of_the_other_letter() throws QecFailure {
        for (boolean memoryX : new boolean[] {false, true}) {
            CssLayout code = CssCodes.shyps(3);

            Circuit all = CssMemory.of(code, memoryX, 4);
            Circuit kept = CssMemory.of(code, memoryX, 4, CssMemory.Detectors.KEPT);

            int stabilizers = code.stabilizersZ().length;
            assertEquals(5 * stabilizers + 3 * stabilizers, all.detectors());
            assertEquals(5 * stabilizers, kept.detectors());
            assertEquals(all.measurements(), kept.measurements());
        }
    }

    /// Sets of bad states that no check sees and that make the output bad, by their size.
    @Test
    void distillation_lets_35_sets_of_three_bad_states_pass_and_none_of_fewer() throws QecFailure {
        Circuit circuit = Distillation.fifteenToOne(3, 1, 0.01);
        DecodingProblem problem =
                DecodingProblem.of(ErrorAnalysis.of(circuit, AnalysisOptions.PLAIN).columns());
        int[] sets = new int[16];
        for (int set = 1; set < 1 << problem.mechanisms(); set++) {
            long[] syndrome = new long[1];
            long observables = 0;
            for (int i = 0; i < problem.mechanisms(); i++) {
                if ((set >>> i & 1) == 0) continue;
                problem.flip(i, syndrome, 0);
                observables ^= problem.observables(i);
            }
            if (syndrome[0] == 0 && observables != 0) sets[Integer.bitCount(set)]++;
        }

        assertEquals(15, problem.mechanisms());
        assertEquals(List.of(0, 0, 0, 35), Arrays.stream(sets).limit(4).boxed().toList());
        assertEquals(3, Distillation.fifteenToOne(3, 3, 0).observables());
        assertThrows(QecFailure.class, () -> Distillation.fifteenToOne(5, 1, 0));
        assertThrows(QecFailure.class, () -> Distillation.fifteenToOne(3, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void lattice_surgery_has_the_distance_of_its_patches(int distance) throws QecFailure {
        for (Circuit plain :
                List.of(
                        LatticeSurgery.xx(distance, distance),
                        LatticeSurgery.zz(distance, distance))) {
            Circuit noisy = NoisePass.apply(plain, LayerNoise.uniform(1e-3));

            assertEquals(3, plain.observables());
            assertEquals(OptionalInt.of(distance), graphDistance(noisy));
        }
    }

    @Test
    void parameters_without_a_circuit_are_refused() {
        var noise = MemoryNoise.NONE;
        for (var failure :
                List.of(
                        assertThrows(QecFailure.class, () -> SurfaceMemory.rotatedX(1, 3, noise)),
                        assertThrows(QecFailure.class, () -> SurfaceMemory.rotatedX(3, 0, noise)),
                        assertThrows(QecFailure.class, () -> ColorMemory.of(4, 3, noise)),
                        assertThrows(QecFailure.class, () -> LatticeSurgery.xx(4, 3)),
                        assertThrows(QecFailure.class, () -> CssCodes.shyps(6)),
                        assertThrows(QecFailure.class, () -> CssCodes.bicycle(73)))) {
            assertEquals("QEC-GENERATE-1", failure.rule().code());
        }
    }
}
