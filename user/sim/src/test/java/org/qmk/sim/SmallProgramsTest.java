package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Programs whose outcome anyone can tell.
class SmallProgramsTest {

    @ParameterizedTest
    @ValueSource(strings = {"statevector", "tableau"})
    void bell_halves_agree_and_are_fair(String name) {
        var builder = new GraphBuilder();
        int a = builder.declareQubit("a");
        int b = builder.declareQubit("b");
        int m = builder.declareEvent("m");
        int n = builder.declareEvent("n");
        builder.node(Opcode.ALLOC_LQ).qubits(a, b);
        builder.node(Opcode.APPLY_H).qubit(a);
        builder.node(Opcode.APPLY_CNOT).qubits(a, b);
        builder.node(Opcode.MEASURE_Z).qubit(a).output(m);
        builder.node(Opcode.MEASURE_Z).qubit(b).output(n);
        builder.node(Opcode.FREE_LQ).qubits(a, b);
        Graph graph = builder.build();

        ShotOutcomes outcomes = simulator(name, graph).run(graph, new Shots(1, 0, 10_000));

        for (int shot = 0; shot < 10_000; shot++) {
            assertEquals(outcomes.bit(m, shot), outcomes.bit(n, shot), "shot " + shot);
        }
        // Hoeffding: 2 exp(-2 * 330^2 / 10000) = 7e-10.
        assertEquals(5000, outcomes.ones(m), 330);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statevector", "tableau"})
    void a_teleported_minus_state_arrives(String name) {
        var builder = new GraphBuilder();
        int a = builder.declareQubit("a");
        int b = builder.declareQubit("b");
        int c = builder.declareQubit("c");
        int x = builder.declareEvent("x");
        int z = builder.declareEvent("z");
        int m = builder.declareEvent("m");
        builder.node(Opcode.ALLOC_LQ).qubits(a, b, c);
        builder.node(Opcode.APPLY_X).qubit(a);
        builder.node(Opcode.APPLY_H).qubit(a);
        builder.node(Opcode.APPLY_H).qubit(b);
        builder.node(Opcode.APPLY_CNOT).qubits(b, c);
        builder.node(Opcode.MEASURE_BELL).qubits(a, b).output(z).output(x);
        builder.node(Opcode.COND_PAULI)
                .qubit(c)
                .input(x)
                .argument(new Argument.Pauli(PauliString.of("X")));
        builder.node(Opcode.COND_PAULI)
                .qubit(c)
                .input(z)
                .argument(new Argument.Pauli(PauliString.of("Z")));
        builder.node(Opcode.MEASURE_X).qubit(c).output(m);
        builder.node(Opcode.FREE_LQ).qubits(a, b, c);
        Graph graph = builder.build();

        ShotOutcomes outcomes = simulator(name, graph).run(graph, new Shots(1, 0, 1000));

        assertEquals(1000, outcomes.ones(m));
    }

    /// RY(angle) takes the Z axis to where MEASURE_ANGLE looks; both when the measurement is
    /// drawn at the end and when the program goes on after it.
    @ParameterizedTest
    @ValueSource(doubles = {0.3, -1.1, 2.5, 4.0})
    void a_turned_qubit_is_0_along_its_new_axis(double angle) {
        for (boolean goesOn : new boolean[] {false, true}) {
            var builder = new GraphBuilder();
            int qubit = builder.declareQubit("q");
            int event = builder.declareEvent("m");
            Argument rotation = new Argument.Rotation(angle, Argument.PRECISION_DEFAULT);
            builder.node(Opcode.ALLOC_LQ).qubit(qubit);
            builder.node(Opcode.RY).qubit(qubit).argument(rotation);
            builder.node(Opcode.MEASURE_ANGLE).qubit(qubit).output(event).argument(rotation);
            if (goesOn) builder.node(Opcode.APPLY_H).qubit(qubit);
            builder.node(Opcode.FREE_LQ).qubit(qubit);
            Graph graph = builder.build();

            ShotOutcomes outcomes =
                    simulator("statevector", graph).run(graph, new Shots(1, 0, 256));

            assertEquals(0, outcomes.ones(event), goesOn ? "on the way" : "at the end");
        }
    }

    private static Simulator simulator(String name, Graph graph) {
        return assertInstanceOf(Choice.Chosen.class, Simulators.named(name, graph)).simulator();
    }
}
