package org.qmk.qvm;

import java.util.List;

/// What a node carries besides its handles. Constructors refuse what no node could mean, so that a
/// reader checks first and everyone else relies on it.
public sealed interface Argument {

    /// The kinds of argument; `Shape` says which one an operation takes.
    enum Kind {
        NONE("nothing"),
        PROFILE("profile: text such as logical:Surface(d=7), a hint"),
        TAG("tag: text"),
        PAULI("pauli: signed Pauli string, one letter per qubit"),
        ROTATION("angle: radians; precision: largest operator-norm error, 0 < precision <= 1"),
        PAULI_ROTATION("pauli, angle, precision"),
        BIT("value: 0 or 1"),
        CHANNEL("fidelity: 0 to 1; kind: text"),
        LINK_GATE("gate: cnot, cz or swap"),
        POLICY("policy: key=value entries");

        private final String form;

        Kind(String form) {
            this.form = form;
        }

        /// What a writer of a graph gives, in words.
        public String form() {
            return form;
        }
    }

    Kind kind();

    /// The argument of an operation that takes none.
    Argument NOTHING = new Nothing();

    /// What a rotation is synthesised to when the program does not say.
    double PRECISION_DEFAULT = 1e-10;

    record Nothing() implements Argument {
        @Override
        public Kind kind() {
            return Kind.NONE;
        }
    }

    /// The code that new qubits ask for. A hint: a machine without it falls back with a warning.
    record Profile(String text) implements Argument {
        @Override
        public Kind kind() {
            return Kind.PROFILE;
        }
    }

    record Tag(String text) implements Argument {
        @Override
        public Kind kind() {
            return Kind.TAG;
        }
    }

    record Pauli(PauliString pauli) implements Argument {
        @Override
        public Kind kind() {
            return Kind.PAULI;
        }
    }

    /// @param angle radians
    /// @param precision largest operator-norm error a synthesis may make, in (0, 1]
    record Rotation(double angle, double precision) implements Argument {
        public Rotation {
            angle = finite(angle);
            inUnit(precision);
        }

        @Override
        public Kind kind() {
            return Kind.ROTATION;
        }
    }

    /// exp(-i angle/2 P) for the Pauli string P.
    record PauliRotation(PauliString pauli, double angle, double precision) implements Argument {
        public PauliRotation {
            angle = finite(angle);
            inUnit(precision);
        }

        @Override
        public Kind kind() {
            return Kind.PAULI_ROTATION;
        }
    }

    record Bit(boolean value) implements Argument {
        @Override
        public Kind kind() {
            return Kind.BIT;
        }
    }

    /// @param fidelity least fidelity of the Bell pair, in [0, 1]
    /// @param channelKind what is asked for, `bell_pair` for one
    record Channel(double fidelity, String channelKind) implements Argument {
        public Channel {
            if (!(fidelity >= 0 && fidelity <= 1)) {
                throw new IllegalArgumentException("fidelity is " + fidelity + ", expected 0 to 1");
            }
            fidelity += 0.0; // -0.0 becomes 0.0: one value, one encoding
        }

        @Override
        public Kind kind() {
            return Kind.CHANNEL;
        }
    }

    record Link(LinkGate gate) implements Argument {
        @Override
        public Kind kind() {
            return Kind.LINK_GATE;
        }
    }

    /// Entries in the order given.
    record Policy(List<Entry> entries) implements Argument {
        public Policy {
            entries = List.copyOf(entries);
        }

        public record Entry(String key, String value) {}

        @Override
        public Kind kind() {
            return Kind.POLICY;
        }
    }

    private static double finite(double angle) {
        if (!Double.isFinite(angle)) {
            throw new IllegalArgumentException("angle is " + angle + ", expected a finite number");
        }
        return angle + 0.0; // -0.0 becomes 0.0: one value, one encoding
    }

    private static void inUnit(double precision) {
        if (!(precision > 0 && precision <= 1)) {
            throw new IllegalArgumentException(
                    "precision is " + precision + ", expected more than 0, at most 1");
        }
    }
}
