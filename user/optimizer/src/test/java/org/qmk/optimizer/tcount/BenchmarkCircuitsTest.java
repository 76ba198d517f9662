package org.qmk.optimizer.tcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.optimizer.GateList;
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// The standard circuits, which lie beside the repository; skipped where they do not. The rows that
/// take longer run with `-Dqmk.tcount.long=true`; all of them are in docs/reference/tcount.md.
final class BenchmarkCircuitsTest {

    private static final Path CIRCUITS = Path.of("../../../shared/conformance/tcount");
    private static final int DENSE = 14;

    private static GateList gates(String name) throws IOException {
        Path path = CIRCUITS.resolve(name + ".qasm");
        assumeTrue(Files.exists(path), "skipped: no circuit beside the repository at " + path);
        var read =
                assertInstanceOf(
                        QasmReading.Ok.class, QasmReader.read(Files.readAllBytes(path), name));
        Graph graph = read.graph();
        var gates = new GateList(graph.qubits().size());
        for (int node = 0; node < graph.size(); node++) {
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ || opcode == Opcode.FREE_LQ) continue;
            int qubits = graph.count(node, Operand.Kind.QUBIT);
            gates.add(
                    opcode,
                    graph.qubit(node, 0),
                    qubits > 1 ? graph.qubit(node, 1) : GateList.NONE,
                    qubits > 2 ? graph.qubit(node, 2) : GateList.NONE);
        }
        return gates;
    }

    private static void check(String name, int without, int with, long effort) throws IOException {
        GateList gates = gates(name);
        TCountSettings settings = TCountSettings.DEFAULT.withEffort(effort);

        GateList alone = TCountReduction.reduce(gates, settings);
        GateList helped = TCountReduction.reduce(gates, settings.withAncillas());

        assertEquals(gates.qubits(), alone.qubits());
        assertTrue(alone.tCount() <= without, name + " alone: " + alone.tCount());
        assertTrue(helped.tCount() <= with, name + " with ancillas: " + helped.tCount());
        same(name, gates, alone);
        same(name, gates, helped);
    }

    private static void same(String name, GateList gates, GateList reduced) {
        if (reduced.qubits() > DENSE) return;
        var random = new SplittableRandom(5);
        int more = reduced.qubits() - gates.qubits();
        GateState wanted = GateState.random(gates.qubits(), gates.qubits(), random);
        GateState made = wanted.widened(more);
        wanted.run(gates, random);
        made.run(reduced, random);
        assertEquals(0, made.distance(wanted.widened(more)), 1e-9, name);
    }

    @ParameterizedTest
    @CsvSource({
        "tof_3, 15, 13",
        "tof_4, 23, 19",
        "tof_5, 31, 25",
        "barenco_tof_3, 16, 13",
        "barenco_tof_4, 28, 23",
        "barenco_tof_5, 40, 33",
        "mod5_4, 7, 7",
        "vbe_adder_3, 24, 19",
        "csla_mux_3, 49, 39",
        "rc_adder_6, 47, 37",
        "mod_mult_55, 27, 17",
        "hwb6, 74, 51"
    })
    void a_small_circuit_needs_no_more_t_gates_than_elsewhere(String name, int without, int with)
            throws IOException {
        check(name, without, with, 40_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "tof_10, 71, 55",
        "barenco_tof_10, 100, 83",
        "csum_mux_9, 74, 71",
        "mod_red_21, 73, 51",
        "qcla_adder_10, 162, 109",
        "adder_8, 173, 119",
        "ham15-low, 97, 77",
        "ham15-med, 212, 137",
        "grover_5, 166, 143",
        "qft_4, 67, 53",
        "gf2^4_mult, 39, 49",
        "gf2^6_mult, 72, 72",
        "gf2^8_mult, 123, 205"
    })
    void a_larger_circuit_needs_no_more_t_gates_than_elsewhere(String name, int without, int with)
            throws IOException {
        assumeTrue(
                Boolean.getBoolean("qmk.tcount.long"), "skipped: runs with -Dqmk.tcount.long=true");
        check(name, without, with, 10_000_000_000L);
    }
}
