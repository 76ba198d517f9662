package org.qmk.qvm;

import java.util.Optional;
import java.util.stream.Stream;

/// A versioned set of operations. A graph says which families it requires; a session says which
/// it offers.
public enum Family {
    CORE("core", 1, "Life of qubits, fences and regions."),
    CLIFFORD("clifford", 1, "Clifford gates."),
    MEASURE("measure", 1, "Measurements of Pauli products."),
    EVENT("event", 1, "Classical logic on events and Pauli corrections."),
    MAGIC("magic", 1, "Gates and states that consume magic states."),
    ROTATION("rotation", 1, "Rotations by any angle, exact on ideal simulators."),
    LINK("link", 1, "Entanglement between modules."),
    POLICY("policy", 1, "Hints for scheduling.");

    private final String familyName;
    private final int version;
    private final String meaning;

    Family(String familyName, int version, String meaning) {
        this.familyName = familyName;
        this.version = version;
        this.meaning = meaning;
    }

    public int version() {
        return version;
    }

    public String meaning() {
        return meaning;
    }

    /// The text that a graph names this family by, `core/1` for one.
    public String text() {
        return familyName + "/" + version;
    }

    /// The family of the given text, or nothing if no family of that name and version is known.
    public static Optional<Family> of(String text) {
        return Stream.of(values()).filter(family -> family.text().equals(text)).findFirst();
    }
}
