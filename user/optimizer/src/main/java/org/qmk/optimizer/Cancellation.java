package org.qmk.optimizer;

/// Takes out pairs of gates that undo each other and merges turns about one axis, also where gates
/// that commute with them stand in between.
///
/// Each gate looks back for its partner along its qubits. It goes past gates that have the same
/// axis on every qubit that they share with it, at most 64 on each qubit: the work is linear in the
/// number of gates. What has been taken out no longer stands in the way of later gates.
public final class Cancellation implements GatePass {

    private static final int STEPS_MAX = 64;

    public Cancellation() {}

    @Override
    public String title() {
        return "cancellation";
    }

    @Override
    public GateList apply(GateList gates) {
        var wires = new Wires(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            if (kind.turns()) {
                addTurn(wires, kind, gates.first(i), gates.angle(i));
                continue;
            }
            int partner = partner(wires, gates, i, kind);
            if (partner == Wires.NONE) {
                wires.gates().addFrom(gates, i);
                wires.link(wires.gates().size() - 1);
            } else {
                wires.remove(partner);
            }
        }
        return wires.left();
    }

    /// Adds a turn, merged with those before it as long as one gate is enough for both.
    private static void addTurn(Wires wires, GateKind kind, int qubit, double radians) {
        int axis = kind.axis(0);
        int eighths = kind.eighths();
        double rest = radians;
        int gate = wires.last(qubit);
        for (int steps = 0; steps < STEPS_MAX && gate != Wires.NONE; steps++) {
            int place = wires.place(gate, qubit);
            GateKind other = GateKind.of(wires.gates().opcode(gate));
            if (other.axis(place) != axis) break;
            int earlier = wires.before(gate, place);
            if (other.turns()) {
                int sum = eighths + other.eighths() & 7;
                double angle = rest + wires.gates().angle(gate);
                if (TurnAngle.isOneGateOrNone(axis, sum, angle)) {
                    wires.remove(gate);
                    eighths = sum;
                    rest = angle;
                    if (TurnAngle.isNone(eighths, rest)) return;
                    earlier = wires.last(qubit);
                }
            }
            gate = earlier;
        }
        int from = wires.gates().size();
        TurnAngle.add(wires.gates(), axis, qubit, eighths, rest);
        for (int made = from; made < wires.gates().size(); made++) wires.link(made);
    }

    /// The gate that undoes the given one and can be moved next to it, or `NONE`.
    private static int partner(Wires wires, GateList gates, int i, GateKind kind) {
        int first = gates.first(i);
        int gate = wires.last(first);
        for (int steps = 0; steps < STEPS_MAX && gate != Wires.NONE; steps++) {
            if (undoes(wires.gates(), gate, gates, i, kind)) {
                boolean free = true;
                for (int place = 1; place < kind.qubits() && free; place++) {
                    free = reaches(wires, gate, gates, i, kind, place);
                }
                return free ? gate : Wires.NONE;
            }
            if (!commutes(wires, gate, gates, i, kind)) return Wires.NONE;
            gate = wires.before(gate, wires.place(gate, first));
        }
        return Wires.NONE;
    }

    /// Whether nothing on the qubit of the given place keeps the partner from the gate.
    private static boolean reaches(
            Wires wires, int partner, GateList gates, int i, GateKind kind, int place) {
        int qubit = gates.qubit(i, place);
        int gate = wires.last(qubit);
        for (int steps = 0; steps < STEPS_MAX && gate != partner; steps++) {
            if (!commutes(wires, gate, gates, i, kind)) return false;
            gate = wires.before(gate, wires.place(gate, qubit));
        }
        return gate == partner;
    }

    private static boolean commutes(Wires wires, int gate, GateList gates, int i, GateKind kind) {
        GateKind other = GateKind.of(wires.gates().opcode(gate));
        for (int place = 0; place < kind.qubits(); place++) {
            int qubit = gates.qubit(i, place);
            int shared = wires.place(gate, qubit);
            if (shared == Wires.NONE) continue;
            int axis = kind.axis(place);
            if (axis == GateKind.NO_AXIS || axis != other.axis(shared)) return false;
        }
        return true;
    }

    private static boolean undoes(GateList of, int gate, GateList gates, int i, GateKind kind) {
        if (GateKind.of(of.opcode(gate)) != kind.inverse()) return false;
        int a = of.first(gate);
        int b = of.second(gate);
        int c = of.third(gate);
        return switch (kind.qubits()) {
            case 1 -> a == gates.first(i);
            case 2 ->
                    a == gates.first(i) && b == gates.second(i)
                            || kind.symmetric(0, 1) && a == gates.second(i) && b == gates.first(i);
            default -> undoesOfThree(kind, gates, i, a, b, c);
        };
    }

    private static boolean undoesOfThree(
            GateKind kind, GateList gates, int i, int a, int b, int c) {
        int first = gates.first(i);
        int second = gates.second(i);
        int third = gates.third(i);
        boolean last = c == third && (a == first && b == second || a == second && b == first);
        if (last || !kind.symmetric(0, 2)) return last;
        boolean middle = c == second && (a == first && b == third || a == third && b == first);
        return middle || c == first && (a == second && b == third || a == third && b == second);
    }
}
