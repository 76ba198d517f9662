package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.sim.loops.Precision;

/// Random programs under noise: every sampler samples the oracle's distribution.
class NoisyProgramsTest {

    private static final int PROGRAMS = 200;

    static LongStream seeds() {
        return LongStream.range(0, PROGRAMS);
    }

    /// Each kind of error alone, and all together.
    private static NoiseModel model(long seed, boolean damps) {
        return NoiseModel.parse(
                switch ((int) (seed % 8)) {
                    case 0 -> "gate1=0.1:0.02:0.2";
                    case 1 -> "gate2=0.2";
                    case 2 -> "measure=0.15";
                    case 3 -> "reset=0.3";
                    case 4 -> damps ? "damping=0.1" : "epoch=0.1";
                    case 5 -> "epoch=0.02:0:0.05";
                    case 6 -> "gate1=1,gate2=1,measure=1,reset=1,epoch=0:0:1";
                    default ->
                            "gate1=0.05,gate2=0.05,measure=0.05,reset=0.05,epoch=0.02"
                                    + (damps ? ",damping=0.03" : "");
                });
    }

    /// 200 programs * 5 samplers * (1024 outcomes + 32 parities) < 2e6 comparisons at 1e-16.
    @ParameterizedTest
    @MethodSource("seeds")
    void every_sampler_samples_the_exact_distribution(long seed) {
        boolean clifford = seed % 2 == 0;
        var steps = new StepList(RandomProgramsTest.program(seed / 8 * 6 + seed % 2, clifford));
        NoiseList noise = NoiseList.of(steps, model(seed / 2, !clifford));
        var shots = new Shots(seed, 17, 10_000);

        var expected = NoiseOracle.distribution(steps, noise);

        assertEquals(1, expected.values().stream().mapToDouble(p -> p).sum(), 1e-9);
        var vector = StatevectorSimulator.run(steps, noise, shots, 1 << 20);
        SampledOutcomes.assertSampled(expected, vector, seed);
        var sweep = new Sweep(Precision.DOUBLE, 1, 3, 2, 1);
        var swept = StatevectorSimulator.run(steps, noise, shots, 1 << 20, sweep);
        SampledOutcomes.assertSampled(expected, swept, seed);
        var sparse = SparseSimulator.run(steps, noise, shots, 1 << 30);
        SampledOutcomes.assertSampled(expected, sparse, seed);
        var near =
                NearCliffordSimulator.run(steps, noise, shots, 1 << 30, ClusterSplit.Rule.STANDARD);
        SampledOutcomes.assertSampled(expected, near, seed);
        if (!clifford) return;
        var tableau = TableauSimulator.runTree(steps, noise, shots, 1 << 20);
        SampledOutcomes.assertSampled(expected, tableau, seed);
    }

    /// 200 programs * (1024 outcomes + 32 parities) < 1e6 comparisons at 1e-16.
    @ParameterizedTest
    @MethodSource("seeds")
    void frames_sample_the_exact_distribution(long seed) {
        var feedback = SimProgramGenerator.Feedback.PAULI;
        var steps = new StepList(SimProgramGenerator.graph(seed, 4, true, feedback));
        NoiseList noise = NoiseList.of(steps, model(seed, false));

        var expected = NoiseOracle.distribution(steps, noise);

        var frames = FrameSampler.run(steps, noise, new Shots(seed, 17, 10_000));
        SampledOutcomes.assertSampled(expected, frames, seed);
    }
}
