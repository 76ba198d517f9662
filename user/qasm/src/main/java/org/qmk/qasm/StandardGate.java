package org.qmk.qasm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.qmk.qvm.Opcode;

/// The gates that both libraries and the language itself define, but for those that
/// `StandardLibrary` writes as sequences of these.
///
/// A row is a turn on the last qubit under the qubits before it, or an exchange of two qubits.
/// Sources: Cross et al., arXiv:1707.03429 and arXiv:2104.14722, appendix.
enum StandardGate {
    U("U", Home.LANGUAGE, 3, 0),
    CX_BUILT_IN("CX", Home.LANGUAGE, 0, 1, Opcode.APPLY_CNOT),
    X("x", Home.BOTH, 0, 0, Opcode.APPLY_X),
    Y("y", Home.BOTH, 0, 0, Opcode.APPLY_Y),
    Z("z", Home.BOTH, 0, 0, Opcode.APPLY_Z),
    H("h", Home.BOTH, 0, 0, Opcode.APPLY_H),
    S("s", Home.BOTH, 0, 0, Opcode.APPLY_S),
    SDG("sdg", Home.BOTH, 0, 0, Opcode.APPLY_SDG),
    T("t", Home.BOTH, 0, 0, Opcode.APPLY_T),
    TDG("tdg", Home.BOTH, 0, 0, Opcode.APPLY_TDG),
    SX("sx", Home.BOTH, 0, 0, Opcode.APPLY_SX),
    SXDG("sxdg", Home.QELIB1, 0, 0, Opcode.APPLY_SXDG),
    ID("id", Home.BOTH, 0, 0),
    U0("u0", Home.QELIB1, 1, 0),
    P("p", Home.BOTH, 1, 0),
    PHASE("phase", Home.STDGATES, 1, 0),
    U1("u1", Home.BOTH, 1, 0),
    U2("u2", Home.BOTH, 2, 0),
    U3("u3", Home.BOTH, 3, 0),
    U_OLD("u", Home.QELIB1, 3, 0),
    RX("rx", Home.BOTH, 1, 0),
    RY("ry", Home.BOTH, 1, 0),
    RZ("rz", Home.BOTH, 1, 0),
    CX("cx", Home.BOTH, 0, 1, Opcode.APPLY_CNOT),
    CY("cy", Home.BOTH, 0, 1),
    CZ("cz", Home.BOTH, 0, 1, Opcode.APPLY_CZ),
    CH("ch", Home.BOTH, 0, 1),
    CSX("csx", Home.QELIB1, 0, 1),
    CP("cp", Home.BOTH, 1, 1),
    CPHASE("cphase", Home.STDGATES, 1, 1),
    CU1("cu1", Home.QELIB1, 1, 1),
    CRX("crx", Home.BOTH, 1, 1),
    CRY("cry", Home.BOTH, 1, 1),
    CRZ("crz", Home.BOTH, 1, 1),
    CU("cu", Home.BOTH, 4, 1),
    CU3("cu3", Home.QELIB1, 3, 1),
    CCX("ccx", Home.BOTH, 0, 2, Opcode.APPLY_TOFFOLI),
    C3X("c3x", Home.QELIB1, 0, 3),
    C3SQRTX("c3sqrtx", Home.QELIB1, 0, 3),
    C4X("c4x", Home.QELIB1, 0, 4),
    SWAP("swap", Home.BOTH, 0, 0, Opcode.APPLY_SWAP),
    CSWAP("cswap", Home.BOTH, 0, 1);

    /// Which file a gate comes with.
    enum Home {
        LANGUAGE,
        STDGATES,
        QELIB1,
        BOTH
    }

    private static final Map<String, StandardGate> BY_NAME = byName();

    private final String spelling;
    private final Home home;
    final int parameters;

    /// Leading qubits that only control.
    final int controls;

    private final Opcode direct;

    StandardGate(String spelling, Home home, int parameters, int controls) {
        this(spelling, home, parameters, controls, null);
    }

    StandardGate(String spelling, Home home, int parameters, int controls, Opcode direct) {
        this.spelling = spelling;
        this.home = home;
        this.parameters = parameters;
        this.controls = controls;
        this.direct = direct;
    }

    String spelling() {
        return spelling;
    }

    Home home() {
        return home;
    }

    /// Whether the two last qubits are exchanged; all other gates turn the last one.
    boolean isExchange() {
        return this == SWAP || this == CSWAP;
    }

    int qubits() {
        return controls + (isExchange() ? 2 : 1);
    }

    /// The operation that the gate is, if there is one.
    Optional<Opcode> direct() {
        return Optional.ofNullable(direct);
    }

    /// What happens to the last qubit where all controls are 1.
    ///
    /// @param p the parameters; an exchange turns one qubit where the other differs
    Turn turn(double[] p) {
        double quarter = Math.PI / 2;
        return switch (this) {
            case U, U_OLD, CU3 -> Turn.general(p[0], p[1], p[2], 0);
            case U2 -> Turn.general(quarter, p[0], p[1], -(p[0] + p[1]) / 2);
            case U3 -> Turn.general(p[0], p[1], p[2], -(p[1] + p[2]) / 2);
            case CU -> Turn.general(p[0], p[1], p[2], p[3]);
            case X, CX, CX_BUILT_IN, CCX, C3X, C4X, SWAP, CSWAP ->
                    Turn.about(Turn.Axis.X, 0, Math.PI);
            case Y, CY -> Turn.about(Turn.Axis.Y, 0, Math.PI);
            case Z, CZ -> Turn.about(Turn.Axis.Z, 0, Math.PI);
            case H, CH -> Turn.about(Turn.Axis.H, 0, Math.PI);
            case S -> Turn.about(Turn.Axis.Z, 0, quarter);
            case SDG -> Turn.about(Turn.Axis.Z, 0, -quarter);
            case T -> Turn.about(Turn.Axis.Z, 0, quarter / 2);
            case TDG -> Turn.about(Turn.Axis.Z, 0, -quarter / 2);
            case SX, CSX, C3SQRTX -> Turn.about(Turn.Axis.X, 0, quarter);
            case SXDG -> Turn.about(Turn.Axis.X, 0, -quarter);
            case ID, U0 -> Turn.about(Turn.Axis.Z, 0, 0);
            case P, PHASE, U1, CP, CPHASE, CU1 -> Turn.about(Turn.Axis.Z, 0, p[0]);
            case RX, CRX -> Turn.rotation(Turn.Axis.X, p[0]);
            case RY, CRY -> Turn.rotation(Turn.Axis.Y, p[0]);
            case RZ, CRZ -> Turn.rotation(Turn.Axis.Z, p[0]);
        };
    }

    static Optional<StandardGate> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, StandardGate> byName() {
        Map<String, StandardGate> gates = new HashMap<>();
        for (StandardGate gate : values()) gates.put(gate.spelling, gate);
        return gates;
    }
}
