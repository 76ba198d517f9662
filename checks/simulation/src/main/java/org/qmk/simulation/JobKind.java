package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.*;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// What the jobs of a shared machine are made of.
enum JobKind {
    /// One Bell pair.
    BELL(2, 2, 32, 128),
    /// A GHZ state, made by a tree of CNOTs.
    GHZ(3, 20, 8, 32),
    /// Layers of single-qubit gates, one in five of them T, and CNOTs of random pairs.
    CLIFFORD_T(4, 12, 2, 16),
    /// Rounds of parity measurements with an ancilla for each pair of neighbours, and a guarded
    /// correction after each.
    MEASURING(4, 16, 2, 16),
    /// Toffoli and T gates one after another.
    MAGIC(3, 10, 2, 16);

    private static final List<Opcode> CLIFFORD =
            List.of(Opcode.APPLY_H, Opcode.APPLY_S, Opcode.APPLY_SX);

    final int qubitsLeast;
    final int qubitsMost;
    final int shotsLeast;
    final int shotsMost;

    JobKind(int qubitsLeast, int qubitsMost, int shotsLeast, int shotsMost) {
        this.qubitsLeast = qubitsLeast;
        this.qubitsMost = qubitsMost;
        this.shotsLeast = shotsLeast;
        this.shotsMost = shotsMost;
    }

    /// A program of this kind.
    ///
    /// @param qubits live at once, 2 or more; 3 or more for `GHZ` and `MAGIC`
    Verified program(Dice dice, int qubits) {
        var graph = new GraphBuilder();
        int[] q = new int[qubits];
        for (int i = 0; i < qubits; i++) q[i] = graph.declareQubit("q" + i);
        graph.node(Opcode.ALLOC_LQ).argument(new Argument.Profile("")).qubits(q);
        switch (this) {
            case BELL, GHZ -> tree(graph, q);
            case CLIFFORD_T -> layers(graph, q, dice);
            case MEASURING -> parities(graph, q, dice);
            case MAGIC -> magic(graph, q, dice);
        }
        for (int i = 0; i < qubits; i++) measure(graph, q[i], "m" + i);
        graph.node(Opcode.FREE_LQ).qubits(q);
        graph.requireWhatIsUsed();
        return switch (Verifier.verify(graph.build())) {
            case Verified verified -> verified;
            case Rejected rejected -> throw new IllegalStateException(this + ": " + rejected);
        };
    }

    private static int measure(GraphBuilder graph, int qubit, String name) {
        int event = graph.declareEvent(name);
        graph.node(Opcode.MEASURE_Z).qubit(qubit).output(event);
        return event;
    }

    private static void tree(GraphBuilder graph, int[] q) {
        graph.node(Opcode.APPLY_H).qubit(q[0]);
        for (int have = 1; have < q.length; have *= 2) {
            for (int i = 0; i < have && have + i < q.length; i++) {
                graph.node(Opcode.APPLY_CNOT).qubits(q[i], q[have + i]);
            }
        }
    }

    private static void layers(GraphBuilder graph, int[] q, Dice dice) {
        int layers = dice.from(4, 10);
        List<Integer> order = new ArrayList<>();
        for (int qubit : q) order.add(qubit);
        for (int layer = 0; layer < layers; layer++) {
            for (int qubit : q) {
                Opcode gate =
                        dice.oneIn(5) ? Opcode.APPLY_T : CLIFFORD.get(dice.below(CLIFFORD.size()));
                graph.node(gate).qubit(qubit);
            }
            for (int i = order.size() - 1; i > 0; i--) {
                order.set(i, order.set(dice.below(i + 1), order.get(i)));
            }
            for (int i = 0; i + 1 < order.size(); i += 2) {
                graph.node(Opcode.APPLY_CNOT).qubits(order.get(i), order.get(i + 1));
            }
        }
    }

    private static void parities(GraphBuilder graph, int[] q, Dice dice) {
        int rounds = dice.from(3, 8);
        for (int round = 0; round < rounds; round++) {
            for (int i = 1; i < q.length; i += 2) {
                graph.node(Opcode.RESET).qubit(q[i]);
                graph.node(Opcode.APPLY_CNOT).qubits(q[i - 1], q[i]);
                if (i + 1 < q.length) graph.node(Opcode.APPLY_CNOT).qubits(q[i + 1], q[i]);
                int parity = measure(graph, q[i], "p" + round + "_" + i);
                graph.node(Opcode.APPLY_H).qubit(q[i - 1]).guard(new Guard.Is(parity, true));
            }
        }
    }

    private static void magic(GraphBuilder graph, int[] q, Dice dice) {
        int gates = dice.from(4, 12);
        for (int i = 0; i < gates; i++) {
            int at = dice.below(q.length);
            graph.node(Opcode.APPLY_TOFFOLI)
                    .qubits(q[at], q[(at + 1) % q.length], q[(at + 2) % q.length]);
            graph.node(Opcode.APPLY_T).qubit(q[dice.below(q.length)]);
        }
    }
}
