package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StabilizerStateTest {

    private static int x(int qubit) {
        return StabilizerState.letter(qubit, true, false);
    }

    private static int z(int qubit) {
        return StabilizerState.letter(qubit, false, true);
    }

    private static int y(int qubit) {
        return StabilizerState.letter(qubit, true, true);
    }

    @Test
    void outcomes_that_are_certain_have_their_sign_and_others_are_0() {
        var state = new StabilizerState(70);
        state.h(0);
        for (int q = 1; q < 70; q++) state.cnot(0, q);
        state.pauli(x(69));

        assertTrue(state.measure(new int[] {z(0), z(69)}, false));
        assertFalse(state.measure(new int[] {z(0), z(68)}, false));
        assertTrue(state.measure(new int[] {z(0), z(68)}, true));
        assertFalse(state.measure(new int[] {z(5)}, false), "a random outcome");
        assertFalse(state.measure(new int[] {z(0)}, false), "the same one");
        assertTrue(state.measure(new int[] {z(69)}, false));
    }

    @Test
    void gates_turn_letters_as_they_should() {
        var state = new StabilizerState(2);
        state.h(0);
        state.s(0);
        assertFalse(state.measure(new int[] {y(0)}, false), "S makes Y of X");
        state.sx(0);
        assertFalse(state.measure(new int[] {z(0)}, false), "the root of X makes Z of Y");
        state.h(0);
        state.h(1);
        state.cz(0, 1);
        assertFalse(state.measure(new int[] {x(0), z(1)}, false));
        state.swap(0, 1);
        assertFalse(state.measure(new int[] {z(0), x(1)}, false));
        state.quarterTurns(new int[] {z(0), x(1)}, false, 1);
        assertFalse(state.measure(new int[] {x(0), z(1)}, false), "what commutes stays");
    }

    @Test
    void states_are_equal_when_their_stabilizers_hold() {
        var state = new StabilizerState(3);
        state.h(0);
        state.cnot(0, 1);
        StabilizerState.Stabilizers noted = state.stabilizers();

        state.cnot(0, 2);
        assertFalse(noted.holdIn(state));
        state.cnot(1, 2);
        assertTrue(noted.holdIn(state), "the same state by another way");
        state.pauli(z(0), z(1));
        assertTrue(noted.holdIn(state), "a stabilizer changes nothing");
        state.pauli(x(0));
        assertFalse(noted.holdIn(state), "a sign does");
        assertEquals(false, state.measure(new int[] {x(0), x(1)}, false));
    }
}
