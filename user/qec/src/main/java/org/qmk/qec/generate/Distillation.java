package org.qmk.qec.generate;

import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.Target;

/// Distillation of fifteen noisy states to a better one, at the level of logical qubits (Bravyi and
/// Kitaev, arXiv:quant-ph/0403025; as rotations: Litinski, arXiv:1905.06903). Rotations of T states
/// are those of S states here, so that all gates are Clifford: they need the same checks and fail
/// alike.
///
/// Fifteen rotations about products of Z, one for each set of four check qubits that is not empty,
/// times the output qubit, come to one rotation of the output, and to none of the check qubits. A
/// bad state is the product once more. Check qubits in X see all sets of bad states but those whose
/// products cancel on them: of three, the 35 lines of a space of fifteen points.
public final class Distillation {

    private static final int CHECKS = 4;

    private Distillation() {}

    /// A detector for each check qubit, and an observable for each state made: whether it is wrong.
    ///
    /// @param distance of the code behind it, [[15, 1, 3]]
    /// @param states how many are made, one after the other
    /// @param chance that one of the fifteen is bad
    /// @throws QecFailure if there is no such circuit
    public static Circuit fifteenToOne(int distance, int states, double chance) throws QecFailure {
        Parameters.distance(distance, 3);
        if (distance != 3) {
            throw new QecFailure(
                    org.qmk.qec.QecRule.PARAMETER,
                    "the distance is %d, that of 15-to-1 is 3".formatted(distance));
        }
        Parameters.rounds(states, 1);
        int[] qubits = {0, 1, 2, 3, 4};
        var circuit = new NoisyLayers(MemoryNoise.NONE);
        for (int state = 0; state < states; state++) {
            circuit.reset('X', qubits);
            circuit.tick();
            for (int set = 1; set < 1 << CHECKS; set++) {
                circuit.add(rotation(set, chance));
                circuit.tick();
            }
            circuit.measure('X', 1, 2, 3, 4);
            circuit.measure('Y', 0);
            for (int check = 0; check < CHECKS; check++) {
                circuit.detector(new double[] {check, 0, state}, CHECKS + 1 - check);
            }
            circuit.observable(state, 1);
            circuit.tick();
        }
        return circuit.build();
    }

    private static Circuit rotation(int set, double chance) throws QecFailure {
        int[] letters = new int[1 + Integer.bitCount(set)];
        int[] product = new int[2 * letters.length - 1];
        int size = 0;
        for (int qubit = 0; qubit <= CHECKS; qubit++) {
            if ((2 * set + 1 >>> qubit & 1) == 0) continue;
            if (size > 0) product[2 * size - 1] = Target.COMBINER;
            letters[size] = Target.pauli('Z', qubit);
            product[2 * size] = letters[size++];
        }
        var builder = new Circuit.Builder();
        builder.add(Gate.SPP, product);
        if (chance > 0) builder.add(Gate.E, chance, letters);
        return builder.build();
    }
}
