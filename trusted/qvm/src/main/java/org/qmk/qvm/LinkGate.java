package org.qmk.qvm;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The gate that a channel is used for; it means what the local operation of that name means.
public enum LinkGate {
    CNOT,
    CZ,
    SWAP;

    /// The local operation with the same flows and matrix.
    public Opcode local() {
        return switch (this) {
            case CNOT -> Opcode.APPLY_CNOT;
            case CZ -> Opcode.APPLY_CZ;
            case SWAP -> Opcode.APPLY_SWAP;
        };
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LinkGate> of(String text) {
        return Stream.of(values()).filter(gate -> gate.text().equals(text)).findFirst();
    }
}
