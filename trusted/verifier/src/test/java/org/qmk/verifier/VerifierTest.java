package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qmk.verifier.Programs.is;
import static org.qmk.verifier.Programs.not;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qmk.qvm.Opcode;

class VerifierTest {

    @Test
    void a_bell_program_is_verified() {
        var program =
                new Programs().alloc(0, 1).gate(Opcode.APPLY_H, 0).gate(Opcode.APPLY_CNOT, 0, 1)
                        .measure(0, 0).measure(1, 1).free(0, 1).output("a", 0).output("b", 1);

        assertEquals(List.of(), program.codes());
        assertEquals(2, program.verified().qubitsPeak());
    }

    @Test
    void a_freed_qubit_cannot_be_used_again() {
        var program = new Programs().alloc(0).free(0).gate(Opcode.APPLY_H, 0);

        assertEquals(List.of("QVM-LINEAR-2"), program.codes());
    }

    @Test
    void the_branches_of_a_condition_and_of_its_negation_make_one_handle_in_turn() {
        var program =
                new Programs().alloc(0).measure(0, 0).logic(Opcode.EV_NOT, 1, 0)
                        .alloc(1).when(is(0)).alloc(1).when(is(1)).gate(Opcode.APPLY_H, 1)
                        .free(1).when(not(0)).free(1).when(is(0)).free(0);

        assertEquals(List.of(), program.codes());
    }
}
