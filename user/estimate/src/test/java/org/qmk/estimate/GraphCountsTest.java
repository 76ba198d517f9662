package org.qmk.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.qmk.qvm.Argument;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// What is counted is what Azure's estimator counts.
final class GraphCountsTest {

    private static Argument.Rotation by(double angle) {
        return new Argument.Rotation(angle, Argument.PRECISION_DEFAULT);
    }

    private static LogicalCounts counts(GraphBuilder graph) {
        return GraphCounts.of(graph.build(), IntUnaryOperator.identity());
    }

    @Test
    void gates_and_measurements_are_counted_by_what_they_cost() {
        var graph = new GraphBuilder();
        int a = graph.declareQubit("a");
        int b = graph.declareQubit("b");
        int c = graph.declareQubit("c");
        int m = graph.declareEvent("m");
        graph.node(Opcode.ALLOC_LQ).qubits(a, b, c);
        graph.node(Opcode.APPLY_H).qubit(a);
        graph.node(Opcode.APPLY_T).qubit(a);
        graph.node(Opcode.APPLY_TDG).qubit(b);
        graph.node(Opcode.APPLY_TOFFOLI).qubits(a, b, c);
        graph.node(Opcode.APPLY_CCZ).qubits(a, b, c);
        graph.node(Opcode.RZ).qubit(a).argument(by(Math.PI / 2));
        graph.node(Opcode.RZ).qubit(a).argument(by(-3 * Math.PI / 4));
        graph.node(Opcode.RX).qubit(a).argument(by(0.1));
        graph.node(Opcode.MEASURE_Z).qubit(a).output(m);
        graph.node(Opcode.FREE_LQ).qubits(a, b, c);

        assertEquals(new LogicalCounts(3, 3, 1, 1, 2, 0, 1), counts(graph));
    }

    @Test
    void rotations_side_by_side_are_one_layer_and_others_are_not() {
        var beside = new GraphBuilder();
        int a = beside.declareQubit("a");
        int b = beside.declareQubit("b");
        beside.node(Opcode.ALLOC_LQ).qubits(a, b);
        beside.node(Opcode.RZ).qubit(a).argument(by(0.1));
        beside.node(Opcode.RZ).qubit(b).argument(by(0.1));
        assertEquals(1, counts(beside).rotationDepth());

        var after = new GraphBuilder();
        a = after.declareQubit("a");
        b = after.declareQubit("b");
        after.node(Opcode.ALLOC_LQ).qubits(a, b);
        after.node(Opcode.RZ).qubit(a).argument(by(0.1));
        after.node(Opcode.APPLY_CNOT).qubits(a, b);
        after.node(Opcode.RZ).qubit(b).argument(by(0.1));
        assertEquals(2, counts(after).rotationDepth());

        var fenced = new GraphBuilder();
        a = fenced.declareQubit("a");
        b = fenced.declareQubit("b");
        fenced.node(Opcode.ALLOC_LQ).qubits(a, b);
        fenced.node(Opcode.RZ).qubit(a).argument(by(0.1));
        fenced.node(Opcode.FENCE_EPOCH);
        fenced.node(Opcode.RZ).qubit(b).argument(by(0.1));
        assertEquals(2, counts(fenced).rotationDepth());
    }

    /// Layers of T gates hold rotations back and are no layers of rotations.
    @Test
    void a_layer_without_a_rotation_does_not_count() {
        var graph = new GraphBuilder();
        int a = graph.declareQubit("a");
        graph.node(Opcode.ALLOC_LQ).qubits(a);
        for (int i = 0; i < 200; i++) graph.node(Opcode.APPLY_T).qubit(a);
        graph.node(Opcode.RZ).qubit(a).argument(by(0.1));
        graph.node(Opcode.APPLY_T).qubit(a);
        graph.node(Opcode.RZ).qubit(a).argument(by(0.1));

        LogicalCounts counts = counts(graph);

        assertEquals(2, counts.rotationDepth());
        assertEquals(201, counts.tCount());
    }

    @Test
    void a_qubit_that_was_given_back_is_taken_again() {
        var graph = new GraphBuilder();
        for (int i = 0; i < 40; i++) {
            int q = graph.declareQubit("q" + i);
            graph.node(Opcode.ALLOC_LQ).qubits(q);
            graph.node(Opcode.RZ).qubit(q).argument(by(0.1));
            graph.node(Opcode.FREE_LQ).qubits(q);
        }

        assertEquals(new LogicalCounts(1, 0, 40, 40, 0, 0, 0), counts(graph));
    }
}
