package org.qmk.qvm;

import java.util.Optional;

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
        return switch (this) {
            case CNOT -> "cnot";
            case CZ -> "cz";
            case SWAP -> "swap";
        };
    }

    public static Optional<LinkGate> of(String text) {
        for (LinkGate gate : values()) {
            if (gate.text().equals(text)) return Optional.of(gate);
        }
        return Optional.empty();
    }
}
