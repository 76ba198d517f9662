package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Passes on whole programs that no level takes.
final class ProgramPassesTest {

    private static final OptimizerSettings SETTINGS =
            new OptimizerSettings(0, OptimizerSettings.Target.IDEAL).withLayers(50);

    /// Every pass by its name.
    @ParameterizedTest
    @EnumSource(
            value = PassName.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FEWEST_T_GATES", "ROTATION_WORDS", "EXPANDED_TELEPORTATION"})
    void results_have_the_same_distribution(PassName name) {
        GraphPass pass = name.pass(SETTINGS);
        for (long seed = 5000; seed < 5080; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph after = pass.apply(graph);

            OutputOracle.verified(after, name + " seed " + seed);
            OutputOracle.assertSame(graph, after, name + " seed " + seed);
        }
    }

    @Test
    void a_program_becomes_pauli_products() {
        String body =
                "h q[0]; t q[0]; cx q[0], q[1]; ccx q[0], q[1], q[2]; ry(0.3) q[3]; cz q[2], q[3];"
                        + " c[0] = measure q[1]; s q[2]; h q[2]; tdg q[2]; reset q[1];"
                        + " cx q[2], q[1]; if (c[0]) { h q[2]; x q[3]; cx q[2], q[3];"
                        + " swap q[0], q[2]; } h q[3]; t q[3]; h q[3]; c[1] = measure q[2];"
                        + " c[2] = measure q[3]; c[3] = measure q[1]; c[4] = measure q[0];";
        Graph graph = QasmPrograms.graph(body);

        Graph after = new PauliComputation().apply(graph);

        for (int node = 0; node < after.size(); node++) {
            Opcode opcode = after.opcode(node);
            assertTrue(opcode.family() != Family.CLIFFORD, opcode.name());
            assertTrue(opcode.family() != Family.MAGIC, opcode.name());
        }
        OutputOracle.verified(after, body);
        OutputOracle.assertSame(graph, after, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ccx q[0], q[1], q[4]; cx q[4], q[2]; ccx q[1], q[0], q[4]; reset q[4]; | 1",
                "ccx q[0], q[1], q[4]; t q[0]; cz q[4], q[2]; ccx q[0], q[1], q[4]; reset q[4];"
                        + " | 1",
                "x q[1]; ccx q[0], q[1], q[4]; x q[1]; cx q[4], q[2]; x q[1]; ccx q[0], q[1], q[4];"
                        + " reset q[4]; | 1",
                "ccx q[0], q[1], q[4]; cx q[4], q[2]; ccx q[0], q[1], q[4]; h q[4]; | 2",
                "ccx q[0], q[1], q[4]; h q[4]; ccx q[0], q[1], q[4]; reset q[4]; | 2",
                "ccx q[0], q[1], q[4]; h q[0]; ccx q[0], q[1], q[4]; reset q[4]; | 2",
                "ccx q[0], q[1], q[4]; x q[0]; ccx q[0], q[1], q[4]; reset q[4]; | 2",
                "h q[4]; ccx q[0], q[1], q[4]; cx q[4], q[2]; ccx q[0], q[1], q[4]; reset q[4];"
                        + " | 2",
            })
    void products_are_taken_back_by_measurement(String body, int toffolis) {
        String first =
                "reset q[4]; h q[0]; t q[0]; h q[0]; ry(0.4) q[1]; cx q[0], q[1]; h q[1]; h q[2];"
                        + " t q[2];";
        String last =
                "h q[0]; t q[0]; h q[0]; h q[1]; h q[2]; c[0] = measure q[0]; c[1] = measure q[1];"
                        + " c[2] = measure q[2]; c[3] = measure q[4];";
        Graph graph = QasmPrograms.graph(first + body + last);

        Graph after = new MeasuredUncomputation().apply(graph);

        assertEquals(toffolis, count(after, Opcode.APPLY_TOFFOLI), body);
        long before = ProgramFigures.of(graph).tCount();
        assertEquals(before - 4 * (2 - toffolis), ProgramFigures.of(after).tCount(), body);
        OutputOracle.verified(after, body);
        OutputOracle.assertSame(graph, after, body);
    }

    /// Where more is done with a link than a CNOT, nothing is joined.
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "2, 0", "3, 0"})
    void other_uses_of_a_link_stay(int more, int joined) {
        Graph graph = link(more);

        Graph after = new ContractedTeleportation().apply(graph);

        OutputOracle.verified(after, "case " + more);
        OutputOracle.assertSame(graph, after, "case " + more);
        assertEquals(joined, count(after, Opcode.TELEPORT_CNOT));
    }

    /// @param more 1: a gate on the control before its correction; 2: an outcome that is a result;
    ///     3: a gate on the pair
    private static Graph link(int more) {
        var builder = new GraphBuilder();
        int control = builder.declareQubit("control");
        int target = builder.declareQubit("target");
        int near = builder.declareQubit("near");
        int far = builder.declareQubit("far");
        int channel = builder.declareChannel("link");
        int[] events = new int[4];
        for (int i = 0; i < 4; i++) events[i] = builder.declareEvent("m" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(control, target, near, far);
        builder.argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_H).qubit(control);
        builder.node(Opcode.APPLY_T).qubit(control);
        builder.node(Opcode.OPEN_CHAN).qubits(near, far).channel(channel);
        builder.argument(new Argument.Channel(0.9, "bell_pair"));
        if (more == 3) builder.node(Opcode.APPLY_H).qubit(far);
        builder.node(Opcode.APPLY_CNOT).qubits(control, near);
        builder.node(Opcode.MEASURE_Z).qubit(near).output(events[0]);
        builder.node(Opcode.COND_PAULI).qubit(far).input(events[0]);
        builder.argument(new Argument.Pauli(PauliString.of("X")));
        builder.node(Opcode.APPLY_CNOT).qubits(far, target);
        builder.node(Opcode.MEASURE_X).qubit(far).output(events[1]);
        if (more == 1) builder.node(Opcode.APPLY_H).qubit(control);
        builder.node(Opcode.COND_PAULI).qubit(control).input(events[1]);
        builder.argument(new Argument.Pauli(PauliString.of("Z")));
        builder.node(Opcode.CLOSE_CHAN).channel(channel);
        builder.node(Opcode.FREE_LQ).qubits(near, far);
        builder.node(Opcode.APPLY_H).qubit(control);
        builder.node(Opcode.MEASURE_Z).qubit(control).output(events[2]);
        builder.node(Opcode.MEASURE_Z).qubit(target).output(events[3]);
        builder.node(Opcode.FREE_LQ).qubits(control, target);
        builder.output("control", events[2]).output("target", events[3]);
        if (more == 2) builder.output("near", events[0]);
        return builder.requireWhatIsUsed().build();
    }

    private static int count(Graph graph, Opcode opcode) {
        int count = 0;
        for (int node = 0; node < graph.size(); node++) if (graph.opcode(node) == opcode) count++;
        return count;
    }

    @Test
    void links_are_written_out_and_joined_again() {
        int written = 0;
        for (long seed = 6000; seed < 6100; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            int before = count(graph, Opcode.TELEPORT_CNOT);
            if (before > 2) continue; // each makes the oracle follow eight times as many ways
            Graph after = new ExpandedTeleportation().apply(graph);

            OutputOracle.verified(after, "seed " + seed);
            OutputOracle.assertSame(graph, after, "seed " + seed);
            Graph back = new ContractedTeleportation().apply(after);
            OutputOracle.verified(back, "seed " + seed);
            OutputOracle.assertSame(graph, back, "seed " + seed);
            assertEquals(before, count(back, Opcode.TELEPORT_CNOT), "seed " + seed);
            if (count(after, Opcode.TELEPORT_CNOT) < before) written++;
        }
        assertTrue(written > 20, written + " programs had such gates");
    }
}
