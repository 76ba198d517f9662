package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// The outcome of a shot depends on its number and the seed, never on the company it is run in.
class ShotSplitTest {

    private static final int SHOTS = 1000;

    /// A way to run a program.
    private interface Way {
        ShotOutcomes run(StepList steps, Shots shots);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 100})
    void pieces_give_the_same_bits_as_the_whole(int piece) {
        for (long seed = 0; seed < 30; seed++) {
            var steps = new StepList(SimProgramGenerator.graph(seed, 4, seed % 2 == 0));

            assertSplits(
                    steps,
                    seed,
                    piece,
                    (list, shots) ->
                            StatevectorSimulator.run(list, NoiseList.NONE, shots, 1 << 20));
            if (seed % 2 != 0) continue;
            assertSplits(
                    steps,
                    seed,
                    piece,
                    (list, shots) ->
                            TableauSimulator.runTree(list, NoiseList.NONE, shots, 1 << 20));
            if (FrameSampler.applies(steps))
                assertSplits(
                        steps,
                        seed,
                        piece,
                        (list, some) -> FrameSampler.run(list, NoiseList.NONE, some));
        }
    }

    @Test
    void a_start_within_a_block_gives_the_same_bits() {
        for (long seed = 0; seed < 30; seed += 2) {
            var steps = new StepList(SimProgramGenerator.graph(seed, 4, true));
            ShotOutcomes whole =
                    new TableauSimulator().run(steps, NoiseModel.NONE, new Shots(seed, 0, SHOTS));

            for (int first : new int[] {1, 63, 64, 65, 100, 999}) {
                var shots = new Shots(seed, first, SHOTS - first);
                ShotOutcomes part = new TableauSimulator().run(steps, NoiseModel.NONE, shots);
                assertPart(whole, part, first, "seed " + seed);
            }
        }
    }

    @Test
    void running_branches_again_instead_of_keeping_states_changes_no_bit() {
        for (long seed = 0; seed < 60; seed++) {
            var steps = new StepList(SimProgramGenerator.graph(seed, 4, seed % 2 == 0));
            var shots = new Shots(seed, 0, 300);
            var kept = StatevectorSimulator.run(steps, NoiseList.NONE, shots, 1 << 20);

            // Room for none, for one or two small states, and for none but the smallest.
            for (int bytes : new int[] {0, 600, 64}) {
                assertPart(
                        kept,
                        StatevectorSimulator.run(steps, NoiseList.NONE, shots, bytes),
                        0,
                        "seed " + seed);
            }
            if (seed % 2 != 0) continue;
            var tableau = TableauSimulator.runTree(steps, NoiseList.NONE, shots, 1 << 20);
            assertPart(
                    tableau,
                    TableauSimulator.runTree(steps, NoiseList.NONE, shots, 0),
                    0,
                    "seed " + seed);
        }
    }

    @Test
    void runs_of_many_batches_give_the_same_bits_as_their_pieces() {
        int count = 40_000;
        int cut = 12_345;
        for (long seed = 0; seed < 6; seed += 2) {
            Graph graph =
                    SimProgramGenerator.graph(seed, 4, true, SimProgramGenerator.Feedback.PAULI);
            var steps = new StepList(graph);
            ShotOutcomes whole = FrameSampler.run(steps, NoiseList.NONE, new Shots(seed, 5, count));

            ShotOutcomes front = FrameSampler.run(steps, NoiseList.NONE, new Shots(seed, 5, cut));
            ShotOutcomes back =
                    FrameSampler.run(steps, NoiseList.NONE, new Shots(seed, 5 + cut, count - cut));

            assertPart(whole, front, 0, "seed " + seed);
            assertPart(whole, back, cut, "seed " + seed);
        }
    }

    /// Journals are replayed by later versions: a change here breaks every recorded run.
    @ParameterizedTest
    @CsvSource({"statevector, 2f63264e52a419", "tableau, d364ab26504e5c99"})
    void the_outcomes_of_a_fair_coin_never_change(String simulator, String expected) {
        var builder = new GraphBuilder();
        int qubit = builder.declareQubit("q");
        int event = builder.declareEvent("m");
        builder.node(Opcode.ALLOC_LQ).qubit(qubit);
        builder.node(Opcode.APPLY_H).qubit(qubit);
        builder.node(Opcode.MEASURE_Z).qubit(qubit).output(event);
        builder.node(Opcode.FREE_LQ).qubit(qubit);
        Graph graph = builder.build();
        var chosen = assertInstanceOf(Choice.Chosen.class, Simulators.named(simulator, graph));

        ShotOutcomes outcomes = chosen.simulator().run(graph, new Shots(7, 0, 64));

        assertEquals(expected, Long.toHexString(outcomes.word(event, 0)));
    }

    @Test
    void other_seeds_give_other_bits() {
        var steps = new StepList(SimProgramGenerator.graph(2, 4, true));
        long[][] planes = new long[2][];
        for (int seed = 0; seed < 2; seed++) {
            ShotOutcomes outcomes =
                    FrameSampler.run(steps, NoiseList.NONE, new Shots(seed, 0, SHOTS));
            planes[seed] = new long[outcomes.events()];
            for (int event = 0; event < outcomes.events(); event++) {
                planes[seed][event] = outcomes.word(event, 0);
            }
        }

        assertEquals(false, Arrays.equals(planes[0], planes[1]));
    }

    private static void assertSplits(StepList steps, long seed, int piece, Way way) {
        ShotOutcomes whole = way.run(steps, new Shots(seed, 0, SHOTS));
        for (int first = 0; first < SHOTS; first += piece) {
            int count = Math.min(piece, SHOTS - first);
            ShotOutcomes part = way.run(steps, new Shots(seed, first, count));
            assertPart(whole, part, first, "seed " + seed + ", first " + first);
        }
    }

    private static void assertPart(ShotOutcomes whole, ShotOutcomes part, int first, String what) {
        for (int event = 0; event < whole.events(); event++) {
            boolean[] expected = new boolean[part.shots()];
            boolean[] found = new boolean[part.shots()];
            for (int shot = 0; shot < part.shots(); shot++) {
                expected[shot] = whole.bit(event, first + shot);
                found[shot] = part.bit(event, shot);
            }
            assertArrayEquals(expected, found, what + ", event " + event);
        }
    }
}
