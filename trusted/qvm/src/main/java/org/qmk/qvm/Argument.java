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

    /// What a rotation by an angle takes.
    enum Turn {
        /// Clifford gates: it is by a multiple of pi/2.
        CLIFFORD,
        /// A T gate and Clifford gates: it is by an odd multiple of pi/4.
        T,
        /// Synthesis.
        OTHER
    }

    /// Beyond two turns no angle is taken for a multiple of pi/4.
    int EIGHTHS_MAX = 16;

    /// What the rotation with this argument takes.
    default Turn turn() {
        double angle =
                switch (this) {
                    case Rotation(double by, double _) -> by;
                    case PauliRotation(var pauli, double by, double _) ->
                            pauli.isIdentity() ? 0 : by;
                    case Nothing _, Profile _, Tag _, Pauli _, Bit _, Channel _, Link _, Policy _ ->
                            throw new IllegalStateException("a rotation has an angle");
                };
        double eighths = Math.rint(angle / (Math.PI / 4));
        // Multiples of the double next to pi stray from those of pi.
        if (Math.abs(eighths) > EIGHTHS_MAX) return Turn.OTHER;
        if (Math.abs(eighths * (Math.PI / 4) - angle) > Math.ulp(1.0)) return Turn.OTHER;
        return eighths % 2 == 0 ? Turn.CLIFFORD : Turn.T;
    }

    default Kind kind() {
        return switch (this) {
            case Nothing() -> Kind.NONE;
            case Profile _ -> Kind.PROFILE;
            case Tag _ -> Kind.TAG;
            case Pauli _ -> Kind.PAULI;
            case Rotation _ -> Kind.ROTATION;
            case PauliRotation _ -> Kind.PAULI_ROTATION;
            case Bit _ -> Kind.BIT;
            case Channel _ -> Kind.CHANNEL;
            case Link _ -> Kind.LINK_GATE;
            case Policy _ -> Kind.POLICY;
        };
    }

    /// The argument of an operation that takes none.
    Argument NOTHING = new Nothing();

    /// What a rotation is synthesised to when the program does not say.
    double PRECISION_DEFAULT = 1e-10;

    record Nothing() implements Argument {}

    /// The code that new qubits ask for. A hint: a machine without it falls back with a warning.
    record Profile(String text) implements Argument {}

    record Tag(String text) implements Argument {}

    record Pauli(PauliString pauli) implements Argument {}

    /// @param angle radians
    /// @param precision largest operator-norm error a synthesis may make, in (0, 1]
    record Rotation(double angle, double precision) implements Argument {
        public Rotation {
            angle = finite(angle);
            inUnit(precision);
        }
    }

    /// exp(-i angle/2 P) for the Pauli string P.
    record PauliRotation(PauliString pauli, double angle, double precision) implements Argument {
        public PauliRotation {
            angle = finite(angle);
            inUnit(precision);
        }
    }

    record Bit(boolean value) implements Argument {}

    /// @param fidelity least fidelity of the Bell pair, in [0, 1]
    /// @param channelKind what is asked for, `bell_pair` for one
    record Channel(double fidelity, String channelKind) implements Argument {
        public Channel {
            if (!(fidelity >= 0 && fidelity <= 1)) {
                throw new IllegalArgumentException("fidelity is " + fidelity + ", expected 0 to 1");
            }
            fidelity += 0.0; // -0.0 becomes 0.0: one value, one encoding
        }
    }

    record Link(LinkGate gate) implements Argument {}

    /// Entries in the order given.
    record Policy(List<Entry> entries) implements Argument {
        public Policy {
            entries = List.copyOf(entries);
        }

        public record Entry(String key, String value) {}
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
