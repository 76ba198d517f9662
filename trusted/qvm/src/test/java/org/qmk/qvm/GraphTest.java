package org.qmk.qvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A graph gives back what its builder was told.
class GraphTest {

    private record Told(Opcode opcode, List<Integer> operands, Guard guard, Argument argument) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_columns_hold_the_nodes_as_they_were_told(long seed) {
        var random = new SplittableRandom(seed);
        List<Told> told = new ArrayList<>();
        var builder = new GraphBuilder();
        int nodes = random.nextInt(200);
        double plain = random.nextDouble();
        for (int i = 0; i < nodes; i++) {
            Told node = node(random, plain);
            told.add(node);
            builder.node(node.opcode);
            node.operands.forEach(builder::operand);
            if (random.nextBoolean()) builder.guard(new Guard.Is(99, true));
            builder.guard(node.guard);
            if (random.nextBoolean()) builder.argument(new Argument.Tag("passing"));
            builder.argument(node.argument);
        }

        Graph graph = builder.build();

        assertEquals(nodes, graph.size());
        for (int i = 0; i < nodes; i++) {
            List<Integer> operands = new ArrayList<>();
            for (int j = graph.operandStart(i); j < graph.operandEnd(i); j++) {
                operands.add(graph.operand(j));
            }
            Told read = new Told(graph.opcode(i), operands, graph.guard(i), graph.argument(i));
            assertEquals(told.get(i), read, "node " + i);
            assertEquals(graph.guard(i), graph.guardAt(graph.guardIndex(i)));
            assertEquals(graph.argument(i), graph.argumentAt(graph.argumentIndex(i)));
            assertEquals(told.get(i).guard.equals(Guard.ALWAYS), graph.guardIndex(i) == 0);
        }
    }

    private static Told node(SplittableRandom random, double plain) {
        List<Integer> operands = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            operands.add(Operand.of(Operand.Kind.values()[random.nextInt(4)], random.nextInt(9)));
        }
        Guard guard = new Guard.Is(random.nextInt(5), random.nextBoolean());
        Argument argument = new Argument.Rotation(random.nextInt(5), 0.5);
        return new Told(
                Opcode.values()[random.nextInt(Opcode.values().length)],
                operands,
                random.nextDouble() < plain ? Guard.ALWAYS : guard,
                random.nextDouble() < plain ? Argument.NOTHING : argument);
    }

    @Test
    void equal_guards_and_arguments_are_kept_once() {
        var builder = new GraphBuilder();
        for (int i = 0; i < 100; i++) {
            builder.node(Opcode.RZ).guard(new Guard.Is(i % 2, true));
            builder.argument(new Argument.Rotation(i % 3, 0.5));
        }

        Graph graph = builder.build();

        assertEquals(3, graph.guardCount());
        assertEquals(4, graph.argumentCount());
        assertEquals(Guard.ALWAYS, graph.guardAt(0));
        assertEquals(Argument.NOTHING, graph.argumentAt(0));
    }

    @Test
    void declared_events_are_the_outputs_unless_others_are_given() {
        var silent = new GraphBuilder();
        silent.declareEvent("a");
        silent.declareEvent("b");
        silent.undeclaredEvent("c");
        var given = new GraphBuilder();
        given.declareEvent("a");
        given.output("x", 0);
        var none = new GraphBuilder().outputsGiven();
        none.declareEvent("a");

        Graph graph = silent.build();

        assertEquals(2, graph.outputs().size());
        assertEquals("b", graph.outputs().name(1));
        assertEquals(1, graph.outputEvent(1));
        assertEquals("x", given.build().outputs().name(0));
        assertEquals(0, none.build().outputs().size());
    }

    @Test
    void edges_are_sorted_by_the_node_that_waits() {
        Graph graph = new GraphBuilder().after(5, 1).after(2, 9).after(5, 0).after(-1, 3).build();

        List<String> edges = new ArrayList<>();
        for (int i = 0; i < graph.afterCount(); i++) {
            edges.add(graph.afterNode(i) + " after " + graph.afterTarget(i));
        }
        assertEquals(List.of("-1 after 3", "2 after 9", "5 after 0", "5 after 1"), edges);
    }

    @Test
    void a_node_without_a_label_is_called_by_its_number() {
        Graph graph =
                new GraphBuilder()
                        .node(Opcode.FENCE_EPOCH)
                        .node(Opcode.FENCE_EPOCH)
                        .label("näme")
                        .build();

        assertEquals("0", graph.label(0));
        assertFalse(graph.hasLabel(0));
        assertEquals("näme", graph.label(1));
        assertTrue(graph.hasLabel(1));
        assertEquals(1, graph.labelledNode(0));
        assertEquals(5, graph.labelBytes(0));
    }

    @Test
    void an_event_defaults_to_zero_only_if_that_was_said() {
        Graph graph =
                new GraphBuilder().defaultToZero(3).defaultToZero(64).defaultToZero(200).build();

        for (int event = 0; event < 1_000; event++) {
            boolean said = event == 3 || event == 64 || event == 200;
            assertEquals(said, graph.defaultsToZero(event), "event " + event);
        }
    }

    @Test
    void what_is_used_is_required_and_requested() {
        Graph graph =
                new GraphBuilder()
                        .node(Opcode.APPLY_T)
                        .node(Opcode.OPEN_CHAN)
                        .requireWhatIsUsed()
                        .build();

        assertEquals(List.of("link/1", "magic/1"), graph.families());
        assertEquals(List.of(Capability.MAGIC, Capability.LINK), graph.capabilities());
    }

    @Test
    void names_are_given_back_with_their_bytes() {
        var builder = new GraphBuilder();
        builder.declareQubit("a");
        builder.declareQubit("");
        builder.declareQubit("\u20acz");
        builder.undeclaredQubit("u");
        NameTable names = builder.build().qubits();

        assertEquals(4, names.size());
        assertEquals(3, names.declared());
        assertEquals("", names.name(1));
        assertEquals("\u20acz", names.name(2));
        assertEquals(4, names.bytes(2));
        assertEquals((byte) 0xE2, names.letter(2, 0));
        assertEquals((byte) 'z', names.letter(2, 3));
        assertEquals((byte) 'u', names.letter(3, 0));
    }

    @Test
    void operands_are_counted_by_kind() {
        Graph graph =
                new GraphBuilder()
                        .node(Opcode.USE_CHAN)
                        .qubits(4, 5)
                        .channel(6)
                        .input(7)
                        .input(8)
                        .output(9)
                        .build();

        assertEquals(2, graph.count(0, Operand.Kind.QUBIT));
        assertEquals(1, graph.count(0, Operand.Kind.CHANNEL));
        assertEquals(2, graph.count(0, Operand.Kind.INPUT));
        assertEquals(1, graph.count(0, Operand.Kind.OUTPUT));
        assertEquals(5, graph.qubit(0, 1));
        assertEquals(6, graph.operandCount());
    }

    @Test
    void an_operand_keeps_kind_and_index_up_to_the_largest() {
        for (Operand.Kind kind : Operand.Kind.values()) {
            for (int index : new int[] {0, 1, 12345, Operand.INDEX_MAX}) {
                int operand = Operand.of(kind, index);
                assertEquals(kind, Operand.kind(operand));
                assertEquals(index, Operand.index(operand));
            }
        }
        assertThrows(IllegalStateException.class, () -> Operand.qubit(Operand.INDEX_MAX + 1));
        assertThrows(IllegalStateException.class, () -> Operand.input(-1));
    }
}
