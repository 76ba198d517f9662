package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.verifier.GraphSketch.all;
import static org.qmk.verifier.GraphSketch.is;
import static org.qmk.verifier.GraphSketch.not;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

class VerifierTest {

    @Test
    void a_bell_program_is_verified() {
        var verified =
                new GraphSketch()
                        .alloc(0, 1)
                        .gate(Opcode.APPLY_H, 0)
                        .gate(Opcode.APPLY_CNOT, 0, 1)
                        .measure(0, 0)
                        .measure(1, 1)
                        .free(0, 1)
                        .output("a", 0)
                        .output("b", 1)
                        .verified();

        assertEquals(2, verified.qubitsPeak());
        assertTrue(verified.clifford());
        assertFalse(verified.feedForward());
    }

    @Test
    void every_violation_is_reported_by_node_and_then_by_rule() {
        var program =
                new GraphSketch()
                        .gate(Opcode.APPLY_CNOT, 1, 1)
                        .alloc(0)
                        .alloc(0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(3));

        assertEquals(
                List.of(
                        "QVM-LINEAR-1",
                        "QVM-LINEAR-3",
                        "QVM-LINEAR-5",
                        "QVM-LINEAR-4",
                        "QVM-EVENT-2"),
                program.codes());
    }

    @Test
    void a_violation_speaks_of_nodes_by_their_labels() {
        var program = new GraphSketch().alloc(0).free(0);
        program.builder.label("release");
        program.gate(Opcode.APPLY_H, 0).builder.label("late");

        var rejected = assertInstanceOf(Rejected.class, program.verdict());

        assertEquals(
                "QVM-LINEAR-2: node late (APPLY_H) uses qubit q0, which node release freed. "
                        + "Move the node before node release, or use a fresh qubit.",
                rejected.violations().getFirst().toString());
    }

    @Test
    void the_branches_of_a_condition_and_of_its_negation_make_one_handle_in_turn() {
        var program =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .logic(Opcode.EV_NOT, 1, 0)
                        .alloc(1)
                        .when(is(0))
                        .alloc(1)
                        .when(is(1))
                        .gate(Opcode.APPLY_H, 1)
                        .free(1)
                        .when(not(0))
                        .free(1)
                        .when(is(0))
                        .free(0);
        var withoutElse =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .measure(0, 1)
                        .alloc(1)
                        .when(is(0))
                        .alloc(1)
                        .when(is(1))
                        .gate(Opcode.APPLY_H, 1)
                        .free(1)
                        .when(not(0))
                        .free(1)
                        .when(is(0))
                        .free(0);

        assertEquals(List.of(), program.codes());
        assertEquals(List.of("QVM-GUARD-2", "QVM-GUARD-1", "QVM-GUARD-1"), withoutElse.codes());
        assertEquals(2, program.verified().qubitsPeak());
    }

    @Test
    void a_program_without_magic_and_rotations_is_clifford() {
        var magic = new GraphSketch().alloc(0).gate(Opcode.APPLY_T, 0).free(0).verified();
        var injected = new GraphSketch().alloc(0).gate(Opcode.INJECT_T_STATE, 0).free(0).verified();
        var turned = new GraphSketch().alloc(0);
        turned.builder.node(Opcode.RZ).qubit(0).argument(new Argument.Rotation(Math.PI, 1e-9));
        var linked = new GraphSketch().alloc(0, 1).open(0, 0, 1).close(0).free(0, 1).verified();

        assertFalse(magic.clifford());
        assertEquals(1, magic.tCount());
        assertFalse(injected.clifford());
        assertFalse(turned.free(0).verified().clifford());
        assertTrue(linked.clifford());
    }

    @Test
    void what_an_event_does_to_a_qubit_is_feed_forward_and_event_logic_is_not() {
        var logic =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .logic(Opcode.EV_NOT, 1, 0)
                        .constant(2, true)
                        .when(is(1))
                        .free(0)
                        .verified();
        var guard =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(0))
                        .free(0)
                        .verified();
        var correction =
                new GraphSketch().alloc(0).measure(0, 0).correct("X", 0, 0).free(0).verified();

        assertFalse(logic.feedForward());
        assertTrue(guard.feedForward());
        assertTrue(correction.feedForward());
    }

    @Test
    void qubits_that_are_never_live_on_one_path_count_both_while_they_may_be() {
        var verified =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .alloc(1)
                        .when(is(0))
                        .alloc(2)
                        .when(not(0))
                        .free(1)
                        .when(is(0))
                        .free(2)
                        .when(all(not(0)))
                        .free(0)
                        .verified();

        assertEquals(3, verified.qubitsPeak());
    }

    @Test
    void a_position_past_the_end_is_refused() {
        var plain = new GraphSketch().fence().verified();
        var ordered = new GraphSketch().region("a").region("b").after(0, 1).verified();

        assertThrows(IndexOutOfBoundsException.class, () -> plain.orderAt(1));
        assertThrows(IndexOutOfBoundsException.class, () -> ordered.orderAt(2));
        assertEquals(1, ordered.orderAt(0));
    }

    @Test
    void every_node_with_a_wrong_guard_is_told_and_none_after_it_came_right() {
        var early =
                new GraphSketch()
                        .alloc(0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(0))
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(0))
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(0))
                        .free(0);
        var unmade =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .measure(0, 1)
                        .when(is(0))
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(1))
                        .gate(Opcode.APPLY_X, 0)
                        .when(is(1))
                        .free(0);
        Guard wide = new Guard.Any(Collections.nCopies(65, is(0)));
        var large =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(wide)
                        .gate(Opcode.APPLY_H, 0)
                        .when(wide)
                        .free(0);

        assertEquals(List.of("QVM-EVENT-2", "QVM-EVENT-2"), early.codes());
        assertEquals(List.of("QVM-EVENT-3", "QVM-EVENT-3"), unmade.codes());
        assertEquals(List.of("QVM-BOUND-1", "QVM-BOUND-1"), large.codes());
    }

    @Test
    void what_cannot_be_undone_is_told_with_the_innermost_region() {
        var program =
                new GraphSketch()
                        .alloc(0)
                        .region("rev+outer")
                        .region("rev+inner")
                        .measure(0, 0)
                        .region("rev-inner")
                        .measure(0, 1)
                        .region("rev-outer")
                        .free(0);

        var violations = assertInstanceOf(Rejected.class, program.verdict()).violations();

        assertEquals(2, violations.size());
        assertTrue(violations.get(0).message().contains("region inner"));
        assertTrue(violations.get(1).message().contains("region outer"));
    }
}
