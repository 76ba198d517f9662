package org.qmk.qvm;

import java.util.Optional;
import java.util.stream.Stream;

/// A kind of right. A graph requests capabilities; only the kernel grants them.
public enum Capability {
    ALLOC("allocate logical qubits"),
    TELEPORT("apply gates by teleportation"),
    MAGIC("consume magic states"),
    LINK("open entanglement channels"),
    CHECKPOINT("keep qubits across a checkpoint"),
    MIGRATE("move blocks between modules"),
    OBSERVE("read the mapping of one's own qubits"),
    DELEGATE("derive and grant capabilities"),
    ADMIN("manage tenants and machines");

    private final String meaning;

    Capability(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }

    /// The name a graph requests it by, `CAP_ALLOC` for one.
    public String text() {
        return "CAP_" + name();
    }

    /// The capability of the given text, or nothing if there is none of that name.
    public static Optional<Capability> of(String text) {
        return Stream.of(values()).filter(capability -> capability.text().equals(text)).findFirst();
    }
}
