package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.sim.loops.Precision;

/// The swept state vector, with tiles so small that small programs need many of them, against the
/// oracle and against the state that is changed gate by gate.
class LargeVectorTest {

    private static final double EXACT = 1e-9;

    /// Some 100 gates of single precision.
    private static final double NEAR = 2e-5;

    private static final Sweep[] SWEEPS = {
        new Sweep(Precision.DOUBLE, 1, 2, 1, 1),
        new Sweep(Precision.DOUBLE, 1, 3, 2, 1),
        new Sweep(Precision.DOUBLE, 1, 4, 3, 2),
        Sweep.of(Precision.DOUBLE, 1),
        new Sweep(Precision.SINGLE, 1, 3, 2, 1),
        Sweep.of(Precision.SINGLE, 1)
    };

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_tiling_has_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, seed % 4 == 0));
        var expected = BranchOracle.distribution(steps.graph());

        for (Sweep sweep : SWEEPS) {
            double bound = sweep.precision() == Precision.DOUBLE ? EXACT : NEAR;
            try (var crew = new Crew(1)) {
                var state = LargeVector.of(steps, sweep, crew);
                var found = PathEnumerator.distribution(steps, state);
                state.release();
                var outcomes = new TreeSet<>(expected.keySet());
                outcomes.addAll(found.keySet());
                for (String outcome : outcomes) {
                    double chance = expected.getOrDefault(outcome, 0.0);
                    double other = found.getOrDefault(outcome, 0.0);
                    assertEquals(chance, other, bound, sweep + ", outcome " + outcome);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 11})
    void passes_give_the_amplitudes_of_gate_by_gate(int qubits) {
        for (long seed = 0; seed < 30; seed++) {
            var steps = new StepList(SeededCircuit.graph(qubits, 12 * qubits, seed));
            var expected = StateVector.of(steps);
            run(steps, expected);

            for (Sweep sweep : SWEEPS) {
                try (var crew = new Crew(1)) {
                    var state = LargeVector.of(steps, sweep, crew);
                    run(steps, state);
                    double bound = sweep.precision() == Precision.DOUBLE ? 1e-13 : NEAR;
                    for (int i = 0; i < 1 << qubits; i++) {
                        String what = sweep + ", seed " + seed + ", amplitude " + i;
                        assertEquals(expected.re()[i], state.re(i), bound, what);
                        assertEquals(expected.im()[i], state.im(i), bound, what);
                    }
                    state.release();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void any_number_of_threads_gives_the_same_bits(int threads) {
        var steps = new StepList(SeededCircuit.graph(17, 120, 3));

        for (Precision precision : Precision.values()) {
            double[] expected = amplitudes(steps, new Sweep(precision, 1, 9, 6, 4));
            double[] found = amplitudes(steps, new Sweep(precision, threads, 9, 6, 4));

            assertArrayEquals(expected, found, precision.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void any_number_of_threads_draws_the_same_outcomes(int threads) {
        var steps = new StepList(SeededCircuit.measured(17, 60, 4));
        var shots = new Shots(5, 0, 300);
        var sweep = new Sweep(Precision.DOUBLE, 1, 12, 10, 5);
        var shared = new Sweep(Precision.DOUBLE, threads, 12, 10, 5);

        ShotOutcomes alone = StatevectorSimulator.run(steps, NoiseList.NONE, shots, 1 << 24, sweep);
        ShotOutcomes together = StatevectorSimulator.run(steps, NoiseList.NONE, shots, 0, shared);

        for (int event = 0; event < alone.events(); event++) {
            assertArrayEquals(alone.plane(event), together.plane(event), "event " + event);
        }
    }

    /// Alone, a matrix is applied where the amplitudes lie.
    @ParameterizedTest
    @EnumSource
    void one_matrix_on_any_qubit_is_applied_in_place(Precision precision) {
        int qubits = 12;
        double[] m = {0.6, 0.1, 0.2, 0.7, -0.2, 0.7, 0.6, -0.1};
        var matrix = new PassOp.Matrix[qubits];
        for (int i = 0; i < qubits; i++) matrix[i] = new PassOp.Matrix(1 << i, m);
        try (var crew = new Crew(1)) {
            var small = new AmplitudePlanes(qubits, new Sweep(precision, 1, 6, 4, 2), crew);
            var whole = new AmplitudePlanes(qubits, Sweep.of(precision, 1), crew);
            for (AmplitudePlanes planes : List.of(small, whole)) {
                planes.setFirstToOne();
                planes.apply(List.of(matrix), qubits);
                for (PassOp.Matrix each : matrix) planes.apply(List.of(each), qubits);
            }
            for (int i = 0; i < 1 << qubits; i++) {
                assertEquals(whole.re(i), small.re(i), "amplitude " + i);
                assertEquals(whole.im(i), small.im(i), "amplitude " + i);
            }
            small.close();
            whole.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void the_end_is_drawn_as_from_the_state_on_the_heap(int qubits) {
        for (long seed = 0; seed < 20; seed++) {
            var steps = new StepList(SeededCircuit.measured(qubits, 40, seed));
            var shots = new Shots(seed, 0, 500);
            var sweep = new Sweep(Precision.DOUBLE, 1, 3, 2, 1);

            var expected = StatevectorSimulator.run(steps, NoiseList.NONE, shots, 1 << 20);
            var found = StatevectorSimulator.run(steps, NoiseList.NONE, shots, 1 << 20, sweep);

            for (int event = 0; event < expected.events(); event++) {
                String what = "seed " + seed + ", event " + event;
                assertArrayEquals(expected.plane(event), found.plane(event), what);
            }
        }
    }

    private static double[] amplitudes(StepList steps, Sweep sweep) {
        try (var crew = new Crew(sweep.threads())) {
            var state = LargeVector.of(steps, sweep, crew);
            run(steps, state);
            double[] amplitudes = new double[2 << steps.slotsPeak()];
            for (int i = 0; i < amplitudes.length / 2; i++) {
                amplitudes[2 * i] = state.re(i);
                amplitudes[2 * i + 1] = state.im(i);
            }
            state.release();
            return amplitudes;
        }
    }

    private static void run(StepList steps, ShotState<?> state) {
        for (int step = 0; step < steps.size(); step++) {
            state.setWidth(steps.width(step));
            state.apply(step);
        }
    }
}
