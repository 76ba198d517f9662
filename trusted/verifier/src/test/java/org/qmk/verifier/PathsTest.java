package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// The verifier's verdict is the one that walking every path gives, node by node.
class PathsTest {

    private static final int PROGRAMS = 1_500;

    private static final Opcode[] OPCODES = {
        Opcode.ALLOC_LQ, Opcode.ALLOC_LQ, Opcode.FREE_LQ, Opcode.FREE_LQ, Opcode.APPLY_H,
        Opcode.APPLY_CNOT, Opcode.MEASURE_Z, Opcode.MEASURE_Z, Opcode.MEASURE_BELL, Opcode.EV_CONST,
        Opcode.EV_NOT, Opcode.EV_XOR, Opcode.EV_AND, Opcode.EV_OR, Opcode.EV_SELECT,
        Opcode.COND_PAULI, Opcode.OPEN_CHAN, Opcode.USE_CHAN, Opcode.CLOSE_CHAN
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_verdict_on_a_random_program_is_that_of_all_its_paths(long seed) {
        var random = new SplittableRandom(seed);
        int accepted = 0;
        int conditional = 0;

        for (int i = 0; i < PROGRAMS; i++) {
            double care = new double[] {1, 1, 0.95, 0.7}[random.nextInt(4)];
            PathOracle oracle = program(random, care);
            List<Integer> outputs = outputs(random, oracle, care);
            oracle.end(outputs);
            compare(oracle, outputs, "seed " + seed + ", program " + i);
            if (!oracle.valid()) continue;
            accepted++;
            if (hasConditionalLife(oracle)) conditional++;
        }

        System.out.printf(
                "seed %d: %d of %d accepted, %d with conditional life%n",
                seed, accepted, PROGRAMS, conditional);
        assertTrue(accepted > PROGRAMS / 5 && accepted < PROGRAMS * 4 / 5, "accepted " + accepted);
        assertTrue(conditional > PROGRAMS / 50, "conditional " + conditional);
    }

    @Test
    void the_verdict_on_a_program_changed_in_one_place_is_that_of_all_its_paths() {
        var random = new SplittableRandom(99);
        int rejected = 0;

        for (int i = 0; i < PROGRAMS; i++) {
            PathOracle original = program(random, 1);
            List<PathOracle.Step> steps = new ArrayList<>(original.steps);
            if (steps.isEmpty()) continue;
            mutate(random, steps);
            var oracle = new PathOracle(original.qubits, original.channels, original.toZero);
            steps.forEach(oracle::take);
            oracle.end(List.of());
            compare(oracle, List.of(), "program " + i);
            if (!oracle.valid()) rejected++;
        }

        assertTrue(rejected > PROGRAMS / 4, "rejected " + rejected);
    }

    @Test
    void whatever_the_steps_of_the_analysis_no_wrong_program_is_accepted() {
        var random = new SplittableRandom(5);
        int gaveUp = 0;
        int wrong = 0;

        for (int i = 0; i < PROGRAMS; i++) {
            PathOracle oracle = program(random, i % 2 == 0 ? 0.9 : 1);
            oracle.end(List.of());
            if (!oracle.valid()) wrong++;
            for (int steps = 0; steps < 16; steps++) {
                Verdict verdict = Verifier.verify(oracle.graph(List.of()), limited(steps));
                String context = "program " + i + ", " + steps + " steps\n" + steps(oracle);
                if (verdict instanceof Verified) assertTrue(oracle.valid(), context);
                else if (oracle.valid()) gaveUp++;
            }
        }

        assertTrue(gaveUp > 100 && wrong > 100, "gave up " + gaveUp + ", wrong " + wrong);
    }

    @Test
    void a_sum_known_from_elsewhere_does_not_hide_an_overlap_that_is_not_known() {
        Guard either = GraphSketch.any(GraphSketch.is(0), GraphSketch.is(1));
        var program =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .measure(0, 1)
                        .alloc(2)
                        .when(either)
                        .free(2)
                        .when(either)
                        .alloc(1)
                        .when(GraphSketch.is(0))
                        .alloc(1)
                        .when(GraphSketch.is(1))
                        .free(1)
                        .when(either)
                        .free(0);

        for (int steps = 0; steps < 40; steps++) {
            assertInstanceOf(Rejected.class, Verifier.verify(program.graph(), limited(steps)));
        }
    }

    private static Limits limited(int guardAnalysis) {
        Limits all = Limits.DEFAULT;
        return new Limits(
                all.nodes(),
                all.qubits(),
                all.channels(),
                all.events(),
                all.operands(),
                all.guardTerms(),
                all.guardDepth(),
                all.pauliLength(),
                all.nameBytes(),
                all.textBytes(),
                all.afterEdges(),
                guardAnalysis);
    }

    private static void compare(PathOracle oracle, List<Integer> outputs, String which) {
        Verdict verdict = Verifier.verify(oracle.graph(outputs));

        if (verdict instanceof Rejected(var violations, long _)) {
            String context = which + ": " + violations + "\n" + steps(oracle);
            assertTrue(!oracle.valid(), context);
            // What an event says that is read before it is made, nobody knows.
            if (violations.stream().anyMatch(v -> v.rule() == Rule.EVENT_BEFORE)) return;
            assertEquals(oracle.eventFaults, nodes(violations, true), context);
            assertEquals(oracle.linearFaults, nodes(violations, false), context);
            assertEquals(oracle.endFaults, ends(violations), context);
        } else {
            Verified verified = assertInstanceOf(Verified.class, verdict);
            assertTrue(
                    oracle.valid(),
                    which
                            + ": accepted\n"
                            + steps(oracle)
                            + oracle.linearFaults
                            + oracle.eventFaults
                            + oracle.endFaults);
            assertEquals(oracle.qubitsPeak, verified.qubitsPeak(), which + "\n" + steps(oracle));
        }
    }

    /// The nodes at which handles (or events) are misused.
    private static Set<Integer> nodes(List<Violation> violations, boolean ofEvents) {
        Set<Integer> nodes = new TreeSet<>();
        for (Violation violation : violations) {
            switch (violation.rule()) {
                case LINEAR_BEFORE_ALLOC,
                        LINEAR_AFTER_FREE,
                        LINEAR_TWICE_IN_NODE,
                        LINEAR_DOUBLE_ALLOC,
                        CHAN_BEFORE_OPEN,
                        CHAN_AFTER_CLOSE,
                        CHAN_DOUBLE_OPEN,
                        GUARD_LIVE,
                        GUARD_MAKE -> {
                    if (!ofEvents) nodes.add(violation.node());
                }
                case EVENT_TWICE, EVENT_BEFORE, EVENT_GUARD -> {
                    if (ofEvents) nodes.add(violation.node());
                }
                case LINEAR_LEAK, CHAN_LEAK, EVENT_NEVER, EVENT_OUTPUT -> {}
                default -> throw new AssertionError("not expected here: " + violation);
            }
        }
        return nodes;
    }

    private static Set<String> ends(List<Violation> violations) {
        Set<String> names = new TreeSet<>();
        for (Violation violation : violations) {
            switch (violation.rule()) {
                case LINEAR_LEAK, CHAN_LEAK, EVENT_NEVER, EVENT_OUTPUT ->
                        names.add(name(violation));
                default -> {}
            }
        }
        return names;
    }

    private static String name(Violation violation) {
        return violation.facts().stream()
                .filter(fact -> fact.name().equals("name"))
                .map(Violation.Fact::value)
                .findFirst()
                .orElseThrow();
    }

    private static String steps(PathOracle oracle) {
        var text = new StringBuilder();
        for (int i = 0; i < oracle.steps.size(); i++) {
            text.append(i).append(' ').append(oracle.steps.get(i)).append('\n');
        }
        return text.append("to zero: ").append(java.util.Arrays.toString(oracle.toZero)).toString();
    }

    private static boolean hasConditionalLife(PathOracle oracle) {
        return oracle.steps.stream()
                .anyMatch(
                        step ->
                                step.opcode() == Opcode.ALLOC_LQ
                                        && !(step.guard() instanceof Guard.Always));
    }

    /// @param care the chance that a step is taken back if it goes wrong
    private static PathOracle program(SplittableRandom random, double care) {
        boolean[] toZero = new boolean[2 + random.nextInt(5)];
        for (int i = 0; i < toZero.length; i++) toZero[i] = random.nextInt(3) == 0;
        var oracle = new PathOracle(3, 2, toZero);
        List<Guard> used = new ArrayList<>();
        int length = 4 + random.nextInt(16);
        for (int i = 0; i < length; i++) {
            PathOracle.Step step = step(random, oracle, used);
            for (int tries = 0; tries < 20 && !oracle.admits(step); tries++) {
                if (random.nextDouble() >= care) break;
                step = step(random, oracle, used);
            }
            if (!oracle.admits(step) && random.nextDouble() < care) continue;
            oracle.take(step);
            used.add(step.guard());
        }
        clear(random, oracle, used, care);
        return oracle;
    }

    /// Ends what is live, under guards used before.
    private static void clear(
            SplittableRandom random, PathOracle oracle, List<Guard> used, double care) {
        List<Guard> guards = new ArrayList<>(used);
        guards.addFirst(Guard.ALWAYS);
        for (int round = 0; round < 3; round++) {
            for (Guard guard : guards) {
                for (int h = 0; h < 5; h++) {
                    boolean qubit = h < 3;
                    if (!oracle.liveOnSome(h)) continue;
                    if (random.nextDouble() > 0.9 + 0.1 * care) continue;
                    var step =
                            new PathOracle.Step(
                                    qubit ? Opcode.FREE_LQ : Opcode.CLOSE_CHAN,
                                    qubit ? List.of(h) : List.of(),
                                    qubit ? List.of() : List.of(h - 3),
                                    List.of(),
                                    List.of(),
                                    false,
                                    guard);
                    if (oracle.admits(step)) oracle.take(step);
                }
            }
        }
    }

    private static PathOracle.Step step(
            SplittableRandom random, PathOracle oracle, List<Guard> used) {
        Opcode opcode = OPCODES[random.nextInt(OPCODES.length)];
        var shape = opcode.shape();
        int qubits = shape.qubitsMin;
        if (shape.qubitsMax > qubits && random.nextInt(4) == 0) qubits++;
        int inputs = shape.inputsMin;
        if (opcode == Opcode.COND_PAULI) inputs = 1 + random.nextInt(2);
        return new PathOracle.Step(
                opcode,
                picks(random, qubits, oracle.qubits),
                picks(random, shape.channels, oracle.channels),
                picks(random, inputs, oracle.events),
                picks(random, shape.outputs, oracle.events),
                random.nextBoolean(),
                guard(random, oracle.events, used));
    }

    /// Different numbers, but for one time in twenty.
    private static List<Integer> picks(SplittableRandom random, int count, int bound) {
        List<Integer> picks = new ArrayList<>();
        while (picks.size() < count) {
            int pick = random.nextInt(bound);
            if (!picks.contains(pick) || count > bound || random.nextInt(20) == 0) picks.add(pick);
        }
        return picks;
    }

    private static Guard guard(SplittableRandom random, int events, List<Guard> used) {
        int choice = random.nextInt(20);
        if (choice < 9) return Guard.ALWAYS;
        if (choice < 14 && !used.isEmpty()) return used.get(random.nextInt(used.size()));
        if (choice < 17) return new Guard.Is(random.nextInt(events), random.nextBoolean());
        return tree(random, events, 2);
    }

    private static Guard tree(SplittableRandom random, int events, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return new Guard.Is(random.nextInt(events), random.nextBoolean());
        }
        List<Guard> parts = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) parts.add(tree(random, events, depth - 1));
        return random.nextBoolean() ? new Guard.All(parts) : new Guard.Any(parts);
    }

    private static List<Integer> outputs(SplittableRandom random, PathOracle oracle, double care) {
        List<Integer> outputs = new ArrayList<>();
        for (int event = 0; event < oracle.events; event++) {
            boolean made = false;
            for (PathOracle.Step step : oracle.steps) {
                boolean always = step.guard() instanceof Guard.Always || oracle.toZero[event];
                made |= step.outputs().contains(event) && always;
            }
            if (random.nextInt(3) == 0 && (made || random.nextDouble() >= care)) outputs.add(event);
        }
        return outputs;
    }

    private static void mutate(SplittableRandom random, List<PathOracle.Step> steps) {
        int at = random.nextInt(steps.size());
        PathOracle.Step step = steps.get(at);
        switch (random.nextInt(5)) {
            case 0 -> steps.remove(at);
            case 1 -> steps.add(random.nextInt(steps.size() + 1), step);
            case 2 -> steps.set(at, steps.set(random.nextInt(steps.size()), step));
            case 3 -> steps.set(at, guarded(step, steps.get(random.nextInt(steps.size())).guard()));
            default -> steps.set(at, guarded(step, new Guard.Is(0, random.nextBoolean())));
        }
    }

    private static PathOracle.Step guarded(PathOracle.Step step, Guard guard) {
        return new PathOracle.Step(
                step.opcode(),
                step.qubits(),
                step.channels(),
                step.inputs(),
                step.outputs(),
                step.value(),
                guard);
    }
}
