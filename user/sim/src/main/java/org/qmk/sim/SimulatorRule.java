package org.qmk.sim;

/// Why a simulator does not run a program. Codes never change their meaning; words may.
public enum SimulatorRule {
    NAME("SIM-NAME-1", "there is no simulator of that name"),
    QUBITS("SIM-QUBITS-1", "more qubits are live at once than the simulator holds"),
    MEMORY("SIM-MEMORY-1", "the state needs more memory than there is"),
    CLIFFORD("SIM-CLIFFORD-1", "an operation is not Clifford"),
    NOISE("SIM-NOISE-1", "the simulator does not know such errors");

    private final String code;
    private final String sentence;

    SimulatorRule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// What it means, without the facts of a case.
    public String sentence() {
        return sentence;
    }
}
