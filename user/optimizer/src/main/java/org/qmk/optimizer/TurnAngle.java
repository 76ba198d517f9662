package org.qmk.optimizer;

import org.qmk.qvm.Opcode;

/// A turn of one qubit about an axis: a number of eighths, which are exact, and a rest in radians.
///
/// A turn by k eighths about Z is the k-th power of T. Eight of them are none, up to a phase.
final class TurnAngle {

    private static final double EIGHTH = Math.PI / 4;

    /// How far an angle may be from a multiple of an eighth turn to count as one: what rounding in
    /// computing such an angle leaves.
    private static final double ROUNDING = 1e-13;

    private TurnAngle() {}

    /// The nearest number of eighths, 0 to 7, if the angle is one, else -1.
    static int eighths(double angle) {
        double nearest = Math.rint(angle / EIGHTH);
        if (Math.abs(nearest) > 1 << 20) return -1;
        if (Math.abs(angle - nearest * EIGHTH) > ROUNDING) return -1;
        return Math.floorMod((int) nearest, 8);
    }

    /// The angle of the same turn that is more than -pi and at most pi.
    static double reduced(double angle) {
        double rest = Math.IEEEremainder(angle, 2 * Math.PI);
        return rest <= -Math.PI ? rest + 2 * Math.PI : rest;
    }

    /// Whether a turn does nothing.
    static boolean isNone(int eighths, double rest) {
        return rest == 0 ? eighths == 0 : eighths(rest + eighths * EIGHTH) == 0;
    }

    /// Whether `add` makes at most one gate of a turn.
    static boolean isOneGateOrNone(int axis, int eighths, double rest) {
        int whole = rest == 0 ? eighths : eighths(rest + eighths * EIGHTH);
        if (whole < 0 || whole == 0 || whole == 4) return true;
        if (axis == GateKind.AXIS_Z) return whole != 3 && whole != 5;
        return axis == GateKind.AXIS_X && whole % 2 == 0;
    }

    /// Appends a turn: nothing, one gate, or the few gates that make it.
    ///
    /// @param axis of `GateKind`
    /// @param eighths 0 to 7
    /// @param rest in radians, 0 if the turn is exact
    static void add(GateList gates, int axis, int qubit, int eighths, double rest) {
        if (rest != 0) {
            double angle = reduced(rest + eighths * EIGHTH);
            int whole = eighths(angle);
            if (whole < 0) {
                gates.rotate(rotation(axis), qubit, angle);
            } else {
                addExact(gates, axis, qubit, whole);
            }
            return;
        }
        addExact(gates, axis, qubit, eighths);
    }

    private static Opcode rotation(int axis) {
        if (axis == GateKind.AXIS_X) return Opcode.RX;
        return axis == GateKind.AXIS_Z ? Opcode.RZ : Opcode.RY;
    }

    private static void addExact(GateList gates, int axis, int qubit, int eighths) {
        if (axis == GateKind.AXIS_Z) {
            addZ(gates, qubit, eighths);
        } else if (axis == GateKind.AXIS_X) {
            addX(gates, qubit, eighths);
        } else {
            addY(gates, qubit, eighths);
        }
    }

    private static void addZ(GateList gates, int qubit, int eighths) {
        switch (eighths) {
            case 1 -> gates.add(Opcode.APPLY_T, qubit);
            case 2 -> gates.add(Opcode.APPLY_S, qubit);
            case 3 -> {
                gates.add(Opcode.APPLY_S, qubit);
                gates.add(Opcode.APPLY_T, qubit);
            }
            case 4 -> gates.add(Opcode.APPLY_Z, qubit);
            case 5 -> {
                gates.add(Opcode.APPLY_SDG, qubit);
                gates.add(Opcode.APPLY_TDG, qubit);
            }
            case 6 -> gates.add(Opcode.APPLY_SDG, qubit);
            case 7 -> gates.add(Opcode.APPLY_TDG, qubit);
            default -> {}
        }
    }

    private static void addX(GateList gates, int qubit, int eighths) {
        switch (eighths) {
            case 0 -> {}
            case 2 -> gates.add(Opcode.APPLY_SX, qubit);
            case 4 -> gates.add(Opcode.APPLY_X, qubit);
            case 6 -> gates.add(Opcode.APPLY_SXDG, qubit);
            default -> {
                gates.add(Opcode.APPLY_H, qubit);
                addZ(gates, qubit, eighths);
                gates.add(Opcode.APPLY_H, qubit);
            }
        }
    }

    private static void addY(GateList gates, int qubit, int eighths) {
        switch (eighths) {
            case 0 -> {}
            case 2 -> {
                gates.add(Opcode.APPLY_H, qubit);
                gates.add(Opcode.APPLY_X, qubit);
            }
            case 4 -> gates.add(Opcode.APPLY_Y, qubit);
            case 6 -> {
                gates.add(Opcode.APPLY_X, qubit);
                gates.add(Opcode.APPLY_H, qubit);
            }
            default -> {
                // SXDG takes Z to Y; as the last factor it stands last in the circuit.
                gates.add(Opcode.APPLY_SX, qubit);
                addZ(gates, qubit, eighths);
                gates.add(Opcode.APPLY_SXDG, qubit);
            }
        }
    }
}
