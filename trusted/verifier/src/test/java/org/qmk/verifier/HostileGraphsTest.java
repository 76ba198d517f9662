package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.verifier.GraphSketch.all;
import static org.qmk.verifier.GraphSketch.any;
import static org.qmk.verifier.GraphSketch.is;
import static org.qmk.verifier.GraphSketch.not;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Whatever a builder can make gets a verdict, the same each time, soon.
class HostileGraphsTest {

    private static final Argument[] ARGUMENTS = {
        Argument.NOTHING,
        new Argument.Profile("p"),
        new Argument.Tag("rev+a"),
        new Argument.Tag("rev-a"),
        new Argument.Tag("rev"),
        new Argument.Pauli(PauliString.of("-XZ")),
        new Argument.Rotation(1, 0.1),
        new Argument.PauliRotation(PauliString.of("I"), 1, 0.1),
        new Argument.Bit(true),
        new Argument.Channel(0.5, "k"),
        new Argument.Link(LinkGate.CZ),
        new Argument.Policy(List.of(new Argument.Policy.Entry("k", "v")))
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_graph_of_random_parts_gets_the_same_verdict_twice(long seed) {
        var random = new SplittableRandom(seed);

        for (int i = 0; i < 10_000; i++) {
            Graph graph = garbage(random);
            Verdict verdict = Verifier.verify(graph);
            String context = "seed " + seed + ", graph " + i;
            if (verdict instanceof Rejected(var violations, long _)) {
                assertEquals(verdict, Verifier.verify(graph), context);
                assertFalse(violations.isEmpty(), context);
                assertOrdered(violations, context);
                for (Violation violation : violations) {
                    assertFalse(violation.message().contains("{"), violation.toString());
                }
            } else {
                assertInstanceOf(Verified.class, Verifier.verify(graph), context);
            }
        }
    }

    private static void assertOrdered(List<Violation> violations, String context) {
        for (int i = 1; i < violations.size(); i++) {
            Violation before = violations.get(i - 1);
            Violation after = violations.get(i);
            boolean ordered =
                    before.node() < after.node()
                            || before.node() == after.node()
                                    && before.rule().compareTo(after.rule()) <= 0;
            assertTrue(ordered, context);
        }
    }

    /// Up to eight nodes with handles of any kind and number, wild guards, arguments and edges.
    private static Graph garbage(SplittableRandom random) {
        var builder = new GraphBuilder();
        String[] names = {"a", "b", "", "1", "c", "d"};
        for (int i = 0; i < 3; i++) builder.declareQubit(names[random.nextInt(6)]);
        for (int i = 0; i < 2; i++) builder.declareChannel(names[random.nextInt(6)]);
        for (int i = 0; i < 4; i++) builder.declareEvent(names[random.nextInt(6)]);
        if (random.nextBoolean()) builder.undeclaredQubit("u");
        if (random.nextBoolean()) builder.undeclaredEvent("v");
        if (random.nextBoolean()) builder.outputsGiven();
        for (int i = 0; i < 4; i++) if (random.nextInt(3) == 0) builder.defaultToZero(i);
        int nodes = random.nextInt(9);
        for (int i = 0; i < nodes; i++) {
            Opcode opcode = Opcode.values()[random.nextInt(Opcode.values().length)];
            builder.node(opcode);
            int operands = random.nextInt(6);
            for (int j = 0; j < operands; j++) {
                int index = random.nextInt(20) == 0 ? 1 << 20 : random.nextInt(5);
                builder.operand(random.nextInt(4) << 30 | index);
            }
            boolean right = random.nextBoolean();
            Argument argument = ARGUMENTS[random.nextInt(ARGUMENTS.length)];
            while (right && argument.kind() != opcode.shape().argument) {
                argument = ARGUMENTS[random.nextInt(ARGUMENTS.length)];
            }
            builder.argument(argument);
            if (random.nextInt(3) == 0) builder.guard(wild(random, 3));
            if (random.nextInt(6) == 0) builder.label("l" + random.nextInt(3));
        }
        for (int i = random.nextInt(4); i > 0; i--)
            builder.output("o" + i % 2, random.nextInt(-1, 7));
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.after(random.nextInt(-1, nodes + 2), random.nextInt(-1, nodes + 2));
        }
        if (random.nextBoolean()) builder.require("x/1");
        return random.nextBoolean() ? builder.build() : builder.requireWhatIsUsed().build();
    }

    private static Guard wild(SplittableRandom random, int depth) {
        int choice = random.nextInt(8);
        if (choice == 0) return Guard.ALWAYS;
        if (choice < 4 || depth == 0)
            return new Guard.Is(random.nextInt(-1, 8), random.nextBoolean());
        List<Guard> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) parts.add(wild(random, depth - 1));
        return random.nextBoolean() ? new Guard.All(parts) : new Guard.Any(parts);
    }

    @Test
    void an_empty_graph_is_verified() {
        Verified verified =
                assertInstanceOf(Verified.class, Verifier.verify(new GraphBuilder().build()));

        assertEquals(0, verified.qubitsPeak());
        assertEquals(0, verified.segments().count());
        assertEquals(
                List.of("QVM-DAG-2"),
                GraphSketch.codes(Verifier.verify(new GraphBuilder().after(0, 0).build())));
    }

    @Test
    void a_guard_that_shares_its_parts_is_refused_in_no_time() {
        Guard shared = all();
        for (int level = 0; level < 18; level++) shared = all(shared, shared);
        var program =
                new GraphSketch().alloc(0).measure(0, 0).alloc(1).when(shared).free(1).free(0);

        assertEquals(List.of("QVM-BOUND-1"), soon(program.graph()));
    }

    @Test
    void a_guard_of_a_thousand_levels_is_refused() {
        Guard deep = is(0);
        for (int level = 0; level < 1_000; level++) deep = any(deep);
        var program =
                new GraphSketch().alloc(0).measure(0, 0).gate(Opcode.APPLY_H, 0).when(deep).free(0);

        assertEquals(List.of("QVM-BOUND-1"), soon(program.graph()));
    }

    @Test
    void a_hundred_thousand_definitions_deep_is_no_trouble() {
        var builder = events(100_001);
        builder.node(Opcode.MEASURE_Z).qubit(0).output(0);
        for (int i = 1; i <= 100_000; i++)
            builder.node(Opcode.EV_XOR).input(i - 1).input(0).output(i);
        builder.node(Opcode.ALLOC_LQ)
                .qubit(1)
                .guard(is(100_000))
                .argument(new Argument.Profile(""));
        builder.node(Opcode.FREE_LQ).qubit(1).guard(is(100_000));

        assertEquals(List.of(), soon(freed(builder)));
    }

    @Test
    void the_parity_of_ten_thousand_bits_and_its_negation_share_a_qubit() {
        var builder = events(10_002);
        for (int i = 0; i < 10_000; i++) builder.node(Opcode.MEASURE_Z).qubit(0).output(i);
        builder.node(Opcode.EV_XOR);
        for (int i = 0; i < 10_000; i++) builder.input(i);
        builder.output(10_000).node(Opcode.EV_NOT).input(10_000).output(10_001);
        builder.node(Opcode.ALLOC_LQ).qubit(1).guard(is(10_000)).argument(new Argument.Profile(""));
        builder.node(Opcode.ALLOC_LQ).qubit(1).guard(is(10_001)).argument(new Argument.Profile(""));
        builder.node(Opcode.FREE_LQ).qubit(1).guard(not(10_001));
        builder.node(Opcode.FREE_LQ).qubit(1).guard(not(10_000));

        assertEquals(List.of(), soon(freed(builder)));
    }

    @Test
    void guards_whose_sums_explode_end_the_analysis_and_not_the_verifier() {
        var builder = events(128);
        for (int i = 0; i < 128; i++) builder.node(Opcode.MEASURE_Z).qubit(0).output(i);
        // In the order 0 .. 63, 64 .. 127 of the variables this has 2^64 functions.
        List<Guard> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) all.add(is(i));
        for (int i = 64; i < 96; i++) all.add(is(i));
        builder.node(Opcode.ALLOC_LQ)
                .qubit(1)
                .guard(new Guard.All(all))
                .argument(new Argument.Profile(""));
        builder.node(Opcode.FREE_LQ).qubit(1).guard(new Guard.All(all));
        List<Guard> pairs = new ArrayList<>();
        for (int i = 0; i < 32; i++) pairs.add(all(is(i), is(64 + i)));
        builder.node(Opcode.ALLOC_LQ).qubit(1).guard(new Guard.Any(pairs));
        builder.argument(new Argument.Profile(""));
        builder.node(Opcode.FREE_LQ).qubit(1).guard(new Guard.Any(pairs));

        assertEquals(List.of("QVM-GUARD-3"), soon(freed(builder)));
    }

    @Test
    void fences_and_forward_edges_take_linear_time() {
        var builder = events(1);
        for (int i = 0; i < 200_000; i++) {
            builder.node(i % 2 == 0 ? Opcode.FENCE_EPOCH : Opcode.APPLY_H);
            if (i % 2 != 0) builder.qubit(0);
        }
        for (int i = 0; i < 100_000; i++) {
            builder.node(Opcode.BAR_REGION).argument(new Argument.Tag("a"));
        }
        for (int i = 200_000; i < 299_999; i++) builder.after(i, 300_000);

        assertEquals(List.of(), soon(freed(builder)));
    }

    @Test
    void a_long_cycle_is_told_in_a_short_message() {
        var builder = events(1);
        for (int i = 0; i < 100_000; i++) builder.node(Opcode.APPLY_H).qubit(0);
        builder.after(1, 100_000);
        Verdict verdict = Verifier.verify(freed(builder));

        var violation = assertInstanceOf(Rejected.class, verdict).violations().getFirst();

        assertEquals(Rule.DAG_CYCLE, violation.rule());
        assertTrue(violation.message().length() < 300, violation.message());
    }

    @Test
    void names_that_share_a_hash_take_no_quadratic_time() {
        var builder = new GraphBuilder().outputsGiven();
        // "Aa" and "BB" have one hash, so that all 2^16 words of 16 of them have.
        for (int i = 0; i < 1 << 16; i++) {
            var name = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            builder.declareEvent(name.toString());
        }
        builder.declareEvent("Aa".repeat(16));

        assertEquals(List.of("QVM-NAME-2"), soon(builder.build()));
    }

    @Test
    void a_graph_that_is_wrong_everywhere_gives_a_bounded_list_and_a_count() {
        var builder = events(1);
        for (int i = 0; i < 1_000_000; i++) builder.node(Opcode.APPLY_H).qubit(1);
        Graph graph = freed(builder);

        var rejected = assertInstanceOf(Rejected.class, Verifier.verify(graph));

        assertEquals(Rejected.VIOLATIONS_MAX, rejected.violations().size());
        assertEquals(1_000_000 - Rejected.VIOLATIONS_MAX, rejected.omitted());
    }

    /// Declares events and two qubits, and allocates the first.
    private static GraphBuilder events(int count) {
        var builder = new GraphBuilder().outputsGiven();
        builder.declareQubit("q0");
        builder.declareQubit("q1");
        for (int i = 0; i < count; i++) builder.declareEvent("m" + i);
        return builder.node(Opcode.ALLOC_LQ).qubit(0).argument(new Argument.Profile(""));
    }

    private static Graph freed(GraphBuilder builder) {
        return builder.node(Opcode.FREE_LQ).qubit(0).requireWhatIsUsed().build();
    }

    private static List<String> soon(Graph graph) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> GraphSketch.codes(Verifier.verify(graph)));
    }
}
