package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Undo;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

class SteppingDeviceTest {

    private static final JobId JOB = new JobId(1);
    private static final double ROUNDING = 1e-9;

    /// What a device did: what it told, and the states of its shots in the end.
    private record Run(List<EpochReport.Outcome> outcomes, List<DensePath> states) {
        boolean agrees(Run other) {
            if (!outcomes.equals(other.outcomes)) return false;
            for (int s = 0; s < states.size(); s++) {
                if (states.get(s).distance(other.states.get(s)) > ROUNDING) return false;
            }
            return true;
        }
    }

    @Test
    void forward_and_back_and_forward_again_is_the_same_as_forward() {
        int programs = 0;
        int takenBack = 0;
        for (long seed = 0; seed < 400; seed++) {
            Optional<Verified> program = program(seed);
            if (program.isEmpty()) continue;
            programs++;
            Graph graph = program.get().graph();
            List<EpochPlan.Issue> straight = forward(program.get());
            List<EpochPlan.Issue> detour = new ArrayList<>();
            var random = new SplittableRandom(seed);
            for (int i = 0; i < straight.size(); i++) {
                detour.add(straight.get(i));
                int back = i + 1;
                while (back > 0 && random.nextInt(4) > 0 && goesBack(graph, straight, back - 1)) {
                    back--;
                }
                if (random.nextInt(3) > 0) continue;
                for (int j = i; j >= back; j--) {
                    detour.add(new EpochPlan.Issue(JOB, true, straight.get(j).nodes()));
                }
                for (int j = back; j <= i; j++) detour.add(straight.get(j));
                takenBack += i + 1 - back;
            }

            assertTrue(run(graph, straight).agrees(run(graph, detour)), "seed " + seed);
        }
        assertTrue(programs > 100 && takenBack > 300, programs + " programs, " + takenBack);
    }

    @Test
    void a_node_that_is_issued_twice_or_not_taken_back_shows() {
        Graph graph = rotation();
        var first = new EpochPlan.Issue(JOB, new int[] {0, 1});
        var again = new EpochPlan.Issue(JOB, new int[] {1});
        var back = new EpochPlan.Issue(JOB, true, new int[] {1});

        Run right = run(graph, List.of(first));

        assertTrue(right.agrees(run(graph, List.of(first, back, again))));
        assertTrue(!right.agrees(run(graph, List.of(first, again))));
        assertTrue(!right.agrees(run(graph, List.of(first, back))));
    }

    @Test
    void what_has_no_inverse_is_not_taken_back() {
        Graph graph = rotation();
        var all = new EpochPlan.Issue(JOB, new int[] {0, 1, 2});
        var back = new EpochPlan.Issue(JOB, true, new int[] {2});

        assertThrows(
                ExactDistribution.UnsoundException.class, () -> run(graph, List.of(all, back)));
    }

    @Test
    void the_outcomes_are_distributed_as_the_oracle_says() throws Exception {
        int compared = 0;
        for (long seed = 0; compared < 12; seed++) {
            Optional<Verified> program = program(seed);
            if (program.isEmpty() || program.get().graph().outputs().size() == 0) continue;
            Graph graph = program.get().graph();
            int shots = 4000;
            List<DensePath> states = run(graph, forward(program.get()), shots).states();
            TreeMap<String, Double> counted = new TreeMap<>();
            for (DensePath path : states) counted.merge(path.key(), 1.0 / shots, Double::sum);

            TreeMap<String, Double> exact = ExactDistribution.of(graph);

            // Six standard deviations of the likeliest case, p = 1/2.
            double tolerance = 6 * Math.sqrt(0.25 / shots);
            assertTrue(ExactDistribution.distance(exact, counted) < tolerance, "seed " + seed);
            compared++;
        }
    }

    @Test
    void a_wave_ends_and_begins_again_from_nothing() {
        var device = new SteppingDevice();
        Graph graph = rotation();
        var all = new EpochPlan.Issue(JOB, new int[] {0, 1, 2});
        List<EpochReport.Outcome> first =
                device.execute(
                                new EpochPlan(
                                        1,
                                        1,
                                        List.of(start(graph, 70)),
                                        List.of(),
                                        List.of(all),
                                        List.of()))
                        .outcomes();
        List<EpochReport.Outcome> second =
                device.execute(
                                new EpochPlan(
                                        2,
                                        1,
                                        List.of(start(graph, 70)),
                                        List.of(),
                                        List.of(all),
                                        List.of(JOB)))
                        .outcomes();

        assertEquals(first, second);
        assertEquals(2, first.getFirst().words());
        assertEquals(0, first.getFirst().word(1) >>> 6);
    }

    /// A qubit, turned and measured.
    private static Graph rotation() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        builder.node(Opcode.RY).qubit(q).argument(new Argument.Rotation(1, 1e-10));
        builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("m"));
        builder.node(Opcode.FREE_LQ).qubit(q);
        return builder.requireWhatIsUsed().build();
    }

    private static Optional<Verified> program(long seed) {
        return Verifier.verify(RandomGraph.of(seed)) instanceof Verified verified
                ? Optional.of(verified)
                : Optional.empty();
    }

    /// One issue for each node.
    private static List<EpochPlan.Issue> forward(Verified program) {
        List<EpochPlan.Issue> issues = new ArrayList<>();
        for (int i = 0; i < program.graph().size(); i++) {
            issues.add(new EpochPlan.Issue(JOB, new int[] {program.orderAt(i)}));
        }
        return issues;
    }

    private static boolean goesBack(Graph graph, List<EpochPlan.Issue> issues, int place) {
        int node = issues.get(place).node(0);
        Opcode opcode = graph.opcode(node);
        boolean possible = opcode.reversible() || opcode.undo() instanceof Undo.Nothing;
        return possible && graph.count(node, Operand.Kind.OUTPUT) == 0;
    }

    private static Run run(Graph graph, List<EpochPlan.Issue> issues) {
        return run(graph, issues, 3);
    }

    private static Run run(Graph graph, List<EpochPlan.Issue> issues, int shots) {
        var device = new SteppingDevice();
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        List<EpochPlan.Start> starts = List.of(start(graph, shots));
        for (int i = 0; i < issues.size(); i++) {
            var plan =
                    new EpochPlan(i + 1L, 1, starts, List.of(), List.of(issues.get(i)), List.of());
            outcomes.addAll(device.execute(plan).outcomes());
            starts = List.of();
        }
        return new Run(outcomes, device.states(JOB));
    }

    private static EpochPlan.Start start(Graph graph, int shots) {
        int slots = graph.qubits().size();
        var placement = new Placement(List.of(new Extent(0, Math.max(1, slots * shots))));
        return new EpochPlan.Start(JOB, graph, 7, 0, shots, slots, placement);
    }
}
