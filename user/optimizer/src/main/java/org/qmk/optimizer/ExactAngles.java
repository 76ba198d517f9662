package org.qmk.optimizer;

/// Replaces rotations by multiples of pi/4 with Clifford and T gates, which are exact.
///
/// An angle within 1e-13 of such a multiple counts as one: rounding leaves that much.
public final class ExactAngles implements GatePass {

    public ExactAngles() {}

    @Override
    public String title() {
        return "exact angles";
    }

    @Override
    public GateList apply(GateList gates) {
        var out = new GateList(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            if (kind.hasAngle()) {
                TurnAngle.add(out, kind.axis(0), gates.first(i), 0, gates.angle(i));
            } else {
                out.addFrom(gates, i);
            }
        }
        return out;
    }
}
