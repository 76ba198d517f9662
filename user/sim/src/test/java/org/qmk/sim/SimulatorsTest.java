package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.sim.loops.Precision;

class SimulatorsTest {

    private static final long GIB = 1L << 30;

    @Test
    void a_clifford_program_goes_to_the_tableau() {
        assertReason(
                "tableau: all 4 operations are Clifford; 2 qubits; about ",
                chosen(Simulators.choose(program(2, Opcode.APPLY_S))).reason());
    }

    @Test
    void a_t_gate_goes_to_the_state_vector() {
        assertReason(
                "statevector: node 1 (APPLY_T) is not Clifford; 2 qubits; about ",
                chosen(Simulators.choose(program(2, Opcode.APPLY_T))).reason());
    }

    @Test
    void angles_of_whole_quarter_turns_are_clifford_and_others_are_not() {
        for (int turns = -9; turns <= 9; turns++) {
            for (double angle :
                    new double[] {
                        turns * Math.PI / 2, turns * (Math.PI / 2), turns / 2.0 * Math.PI
                    }) {
                assertEquals(turns & 3, QuarterTurns.of(angle).orElseThrow(), "angle " + angle);
                assertTrue(QuarterTurns.of(angle + 1e-9).isEmpty(), "angle " + angle + " + 1e-9");
            }
        }
        assertTrue(QuarterTurns.of(1e17).isEmpty(), "an angle whose rounding is a turn");
    }

    @Test
    void a_name_that_is_none_is_refused() {
        assertRefused("SIM-NAME-1", "dense", Simulators.named("dense", program(2, Opcode.APPLY_S)));
    }

    @Test
    void the_tableau_names_the_first_node_that_is_not_clifford() {
        assertRefused(
                "SIM-CLIFFORD-1",
                "node 1 (APPLY_T)",
                Simulators.named("tableau", program(2, Opcode.APPLY_T)));
        assertRefused(
                "SIM-CLIFFORD-1",
                "node 1 (RZ, angle 0.3)",
                Simulators.named("tableau", program(2, Opcode.RZ)));
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 30, 16, 31, 32", "SINGLE, 31, 16, 32, 32"})
    void as_many_qubits_are_held_as_an_index_counts_and_no_more(
            Precision precision, int most, int gib, int more, int gibMore) {
        var held = new StepList(program(most, Opcode.APPLY_T));
        var tooMany = new StepList(program(more, Opcode.APPLY_T));

        assertTrue(
                StatevectorSimulator.refusal(held, precision, gib * GIB).isEmpty(),
                most + " qubits are held");
        assertRefused(
                "SIM-QUBITS-1",
                "at most %d qubits here: %d qubits need %d GiB".formatted(most, more, gibMore),
                StatevectorSimulator.refusal(tooMany, precision, 64 * GIB).orElseThrow());
        assertEquals(gib * GIB, StatevectorSimulator.bytes(most, precision));
    }

    @Test
    void what_no_simulator_holds_is_refused_with_what_each_would_need() {
        Choice choice = Simulators.choose(NearCliffordProgramsTest.rotated(1, 60, 60, 3, 60));

        for (String name : Simulators.names()) assertRefused("SIM-QUBITS-1", name, choice);
    }

    @Test
    void a_program_of_too_many_qubits_is_told_what_it_needs() {
        assertRefused(
                "SIM-QUBITS-1",
                "31 qubits need 32 GiB",
                Simulators.named("statevector", program(31, Opcode.APPLY_T)));
        assertRefused(
                "SIM-QUBITS-1",
                "300 qubits need 2^304 bytes",
                Simulators.named("statevector", program(300, Opcode.APPLY_T)));
        assertRefused(
                "SIM-QUBITS-1",
                "300 qubits need 2^303 bytes",
                Simulators.named("statevector-single", program(300, Opcode.APPLY_T)));
    }

    @Test
    void a_memory_one_byte_too_small_is_refused_with_the_memory_needed() {
        var vector = new StepList(program(20, Opcode.APPLY_T));
        var tableau = new StepList(program(1000, Opcode.APPLY_S));
        long bytes = Tableau.bytes(1000);

        assertTrue(StatevectorSimulator.refusal(vector, Precision.DOUBLE, 16 << 20).isEmpty());
        assertRefused(
                "SIM-MEMORY-1",
                "statevector needs 16 MiB for 20 qubits",
                StatevectorSimulator.refusal(vector, Precision.DOUBLE, (16 << 20) - 1)
                        .orElseThrow());
        assertTrue(StatevectorSimulator.refusal(vector, Precision.SINGLE, 8 << 20).isEmpty());
        assertRefused(
                "SIM-MEMORY-1",
                "statevector-single needs 8 MiB for 20 qubits",
                StatevectorSimulator.refusal(vector, Precision.SINGLE, (8 << 20) - 1)
                        .orElseThrow());
        assertTrue(TableauSimulator.refusal(tableau, bytes).isEmpty());
        assertRefused(
                "SIM-MEMORY-1",
                "needs 750.2 KiB for 1000 qubits",
                TableauSimulator.refusal(tableau, bytes - 1).orElseThrow());
    }

    @Test
    void a_tableau_past_what_an_array_indexes_is_refused() {
        var steps = new StepList(program(186_000, Opcode.APPLY_S));

        assertRefused(
                "SIM-QUBITS-1",
                "cannot index 186000 qubits",
                TableauSimulator.refusal(steps, Long.MAX_VALUE).orElseThrow());
    }

    @Test
    void outcomes_that_do_not_fit_the_heap_are_refused() {
        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> HeapMemory.planes(1 << 30, Integer.MAX_VALUE));

        assertTrue(thrown.getMessage().contains("Run fewer shots"), thrown.getMessage());
    }

    @Test
    void qubits_are_counted_where_most_live_at_once() {
        var builder = new GraphBuilder();
        for (int i = 0; i < 100; i++) {
            int qubit = builder.declareQubit("q" + i);
            builder.node(Opcode.ALLOC_LQ).qubit(qubit);
            builder.node(Opcode.APPLY_T).qubit(qubit);
            if (i > 0) builder.node(Opcode.APPLY_CNOT).qubits(qubit - 1, qubit);
            if (i > 0) builder.node(Opcode.FREE_LQ).qubit(qubit - 1);
        }
        builder.node(Opcode.FREE_LQ).qubit(99);

        var reason = chosen(Simulators.choose(builder.build())).reason();

        assertTrue(reason.contains("; 2 qubits; "), reason);
    }

    @Test
    void a_simulator_does_not_run_what_it_refuses() {
        Graph graph = program(40, Opcode.APPLY_T);
        for (Candidate candidate :
                new Candidate[] {
                    new StatevectorSimulator(Precision.DOUBLE),
                    new StatevectorSimulator(Precision.SINGLE),
                    new TableauSimulator()
                }) {
            var simulator = new ChosenSimulator(candidate, NoiseModel.NONE);
            var refused =
                    assertInstanceOf(
                            Choice.Refused.class, Simulators.named(candidate.name(), graph));
            var thrown =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> simulator.run(graph, new Shots(0, 0, 1)));
            assertEquals(refused.message(), thrown.getMessage());
        }
    }

    private static Graph program(int qubits, Opcode opcode) {
        var builder = new GraphBuilder();
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        int event = builder.declareEvent("m");
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        builder.node(opcode).qubit(all[0]);
        if (opcode == Opcode.RZ) builder.argument(new Argument.Rotation(0.3, 1e-10));
        builder.node(Opcode.MEASURE_Z).qubit(all[0]).output(event);
        builder.node(Opcode.FREE_LQ).qubits(all);
        return builder.build();
    }

    private static void assertReason(String start, String reason) {
        assertTrue(reason.startsWith(start), reason);
    }

    private static Choice.Chosen chosen(Choice choice) {
        return assertInstanceOf(Choice.Chosen.class, choice);
    }

    private static void assertRefused(String code, String part, Choice choice) {
        var refused = assertInstanceOf(Choice.Refused.class, choice);
        assertEquals(code, refused.code());
        assertTrue(refused.message().contains(part), refused.message());
    }
}
