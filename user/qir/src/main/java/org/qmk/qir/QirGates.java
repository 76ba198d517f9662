package org.qmk.qir;

import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Lowers quantum instructions to operations, up to global phases.
final class QirGates {

    private static final PauliString XX = PauliString.of("XX");
    private static final PauliString YY = PauliString.of("YY");
    private static final PauliString ZZ = PauliString.of("ZZ");

    /// The event of an instruction that measures nothing.
    static final int NO_EVENT = -1;

    private final QirEmitter emitter;

    QirGates(QirEmitter emitter) {
        this.emitter = emitter;
    }

    /// Adds an instruction under the guard in force.
    ///
    /// @param angles finite
    /// @param q its qubits, distinct
    /// @return the event that it measures into, or NO_EVENT
    int apply(QirGate gate, double[] angles, int[] q) {
        switch (gate) {
            case H -> emitter.gate(Opcode.APPLY_H, q);
            case X -> emitter.gate(Opcode.APPLY_X, q);
            case Y -> emitter.gate(Opcode.APPLY_Y, q);
            case Z -> emitter.gate(Opcode.APPLY_Z, q);
            case S -> emitter.gate(Opcode.APPLY_S, q);
            case S_ADJ -> emitter.gate(Opcode.APPLY_SDG, q);
            case T -> emitter.gate(Opcode.APPLY_T, q);
            case T_ADJ -> emitter.gate(Opcode.APPLY_TDG, q);
            case SX -> emitter.gate(Opcode.APPLY_SX, q);
            case RX -> emitter.rotation(Opcode.RX, angles[0], q[0]);
            case RY -> emitter.rotation(Opcode.RY, angles[0], q[0]);
            case RZ -> emitter.rotation(Opcode.RZ, angles[0], q[0]);
            case RXX -> emitter.rotation(XX, angles[0], q);
            case RYY -> emitter.rotation(YY, angles[0], q);
            case RZZ -> emitter.rotation(ZZ, angles[0], q);
            case CX, CNOT -> emitter.gate(Opcode.APPLY_CNOT, q);
            case CY -> {
                emitter.gate(Opcode.APPLY_SDG, q[1]);
                emitter.gate(Opcode.APPLY_CNOT, q);
                emitter.gate(Opcode.APPLY_S, q[1]);
            }
            case CZ -> emitter.gate(Opcode.APPLY_CZ, q);
            case CCX -> emitter.gate(Opcode.APPLY_TOFFOLI, q);
            case SWAP -> emitter.gate(Opcode.APPLY_SWAP, q);
            case RESET -> emitter.gate(Opcode.RESET, q);
            case RXY, PHASEDX, U1Q -> {
                // a turn by the first angle about the axis in the X-Y plane that the second names
                emitter.rotation(Opcode.RZ, -angles[1], q[0]);
                emitter.rotation(Opcode.RX, angles[0], q[0]);
                emitter.rotation(Opcode.RZ, angles[1], q[0]);
            }
            case M, MZ, MZ_LEAKED -> {
                return emitter.measure(q[0]);
            }
            case MRESETZ -> {
                int event = emitter.measure(q[0]);
                emitter.gate(Opcode.RESET, q);
                return event;
            }
        }
        return NO_EVENT;
    }
}
