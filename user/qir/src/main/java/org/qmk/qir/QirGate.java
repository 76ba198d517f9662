package org.qmk.qir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The quantum instructions: the core set that compilers emit, their other names, and what the
/// machines of some vendors add.
///
/// A name is followed by `__body`, or by `__adj` for the inverse.
/// Sources: the Q# standard library, the QIR runner, Quantinuum's QIR subset.
enum QirGate {
    H("h", 0, 1, 0),
    X("x", 0, 1, 0),
    Y("y", 0, 1, 0),
    Z("z", 0, 1, 0),
    S("s", 0, 1, 0),
    S_ADJ("s__adj", 0, 1, 0),
    T("t", 0, 1, 0),
    T_ADJ("t__adj", 0, 1, 0),
    SX("sx", 0, 1, 0),
    RX("rx", 1, 1, 0),
    RY("ry", 1, 1, 0),
    RZ("rz", 1, 1, 0),
    RXX("rxx", 1, 2, 0),
    RYY("ryy", 1, 2, 0),
    RZZ("rzz", 1, 2, 0),
    CX("cx", 0, 2, 0),
    CNOT("cnot", 0, 2, 0),
    CY("cy", 0, 2, 0),
    CZ("cz", 0, 2, 0),
    CCX("ccx", 0, 3, 0),
    SWAP("swap", 0, 2, 0),
    M("m", 0, 1, 1),
    MZ("mz", 0, 1, 1),
    MRESETZ("mresetz", 0, 1, 1),
    RESET("reset", 0, 1, 0),
    RXY("rxy", 2, 1, 0),
    PHASEDX("phasedx", 2, 1, 0),
    U1Q("u1q", 2, 1, 0),
    MZ_LEAKED("mz_leaked", 0, 1, 0);

    private static final Map<String, QirGate> BY_NAME = byName();

    private final String spelling;

    /// Arguments: angles, then qubits, then results.
    final int angles;

    final int qubits;
    final int results;

    QirGate(String spelling, int angles, int qubits, int results) {
        this.spelling = spelling.contains("__") ? spelling : spelling + "__body";
        this.angles = angles;
        this.qubits = qubits;
        this.results = results;
    }

    /// Its function's name, after `__quantum__qis__`.
    String spelling() {
        return spelling;
    }

    static Optional<QirGate> of(String spelling) {
        return Optional.ofNullable(BY_NAME.get(spelling));
    }

    private static Map<String, QirGate> byName() {
        Map<String, QirGate> names = new HashMap<>();
        for (QirGate gate : values()) names.put(gate.spelling, gate);
        return names;
    }

    int arguments() {
        return angles + qubits + results;
    }

    /// Whether it cannot be undone.
    boolean isIrreversible() {
        return results > 0 || this == RESET || this == MZ_LEAKED;
    }
}
