package org.qmk.machine.profile;

import java.util.List;
import java.util.Optional;

/// What physical qubits can do: gates and measurements, or measurements of one and two qubits only.
public enum InstructionSet {
    GATE_BASED(
            "GateBased",
            List.of("gate_based", "gateBased", "gate-based", "GateBased"),
            List.of(
                    "codeDistance",
                    "oneQubitMeasurementTime",
                    "oneQubitGateTime",
                    "twoQubitGateTime")),
    MAJORANA(
            "Majorana",
            List.of("Majorana", "majorana"),
            List.of("codeDistance", "oneQubitMeasurementTime", "twoQubitJointMeasurementTime"));

    private final String word;
    private final List<String> spellings;
    private final List<String> timeVariables;

    InstructionSet(String word, List<String> spellings, List<String> timeVariables) {
        this.word = word;
        this.spellings = spellings;
        this.timeVariables = timeVariables;
    }

    /// The set of the name, in any of the spellings that Azure's parameters allow.
    public static Optional<InstructionSet> named(String name) {
        for (InstructionSet set : values()) {
            if (set.spellings.contains(name)) return Optional.of(set);
        }
        return Optional.empty();
    }

    /// Its name in files.
    public String word() {
        return word;
    }

    /// What formulas of durations can use, in the order of `PhysicalQubit.timeValues`.
    public List<String> timeVariables() {
        return timeVariables;
    }
}
