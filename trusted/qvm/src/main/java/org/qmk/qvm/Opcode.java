package org.qmk.qvm;

import static org.qmk.qvm.Undo.never;
import static org.qmk.qvm.Undo.self;
import static org.qmk.qvm.Undo.with;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The table of operations: the only place that says what an operation is. Codes are never reused.
///
/// Flows are written as in Stim: `X_ -> XX` says that the operation turns the stabilizer X on its
/// first qubit into X on both; `1 -> Z` that it prepares Z; `Z -> m0` that it measures Z into its
/// first event. Source for Clifford flows and matrices: Nielsen and Chuang, chapters 4 and 10.
public enum Opcode {
    // formatter:off
    ALLOC_LQ(0x01, "0.1", Family.CORE, Shape.ALLOC, Capability.ALLOC,
            never("the qubits may already be entangled"), Matrix.NONE, List.of("1 -> Z"),
            "Take new logical qubits, each in the state 0."),
    FREE_LQ(0x02, "0.1", Family.CORE, Shape.FREE, null,
            never("the state is discarded"), Matrix.NONE, List.of(),
            "Give logical qubits back; their state is discarded."),
    RESET(0x03, "0.1", Family.CORE, Shape.RESET, null,
            never("the state is discarded"), Matrix.NONE, List.of("1 -> Z"),
            "Put qubits into the state 0."),
    FENCE_EPOCH(0x04, "0.1", Family.CORE, Shape.FENCE, null,
            new Undo.Nothing(), Matrix.NONE, List.of(),
            "All earlier nodes end in an earlier epoch than any later node begins."),
    BAR_REGION(0x05, "0.1", Family.CORE, Shape.REGION, null,
            new Undo.Nothing(), Matrix.NONE, List.of(),
            "Name a place in the program; rev+NAME and rev-NAME claim that what is between is "
                    + "reversible."),

    APPLY_X(0x10, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            self(), Matrix.of("0 1; 1 0"), List.of("X -> X", "Z -> -Z"), "Pauli X: bit flip."),
    APPLY_Y(0x11, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            self(), Matrix.of("0 -i; i 0"), List.of("X -> -X", "Z -> -Z"), "Pauli Y."),
    APPLY_Z(0x12, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            self(), Matrix.of("1 0; 0 -1"), List.of("X -> -X", "Z -> Z"), "Pauli Z: phase flip."),
    APPLY_H(0x13, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            self(), Matrix.of("h h; h -h"), List.of("X -> Z", "Z -> X"),
            "Hadamard: exchanges X and Z."),
    APPLY_S(0x14, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            with("APPLY_SDG"), Matrix.of("1 0; 0 i"), List.of("X -> Y", "Z -> Z"),
            "Quarter turn about Z."),
    APPLY_SDG(0x15, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            with("APPLY_S"), Matrix.of("1 0; 0 -i"), List.of("X -> -Y", "Z -> Z"),
            "Quarter turn about Z, backwards."),
    APPLY_SX(0x16, "0.1", Family.CLIFFORD, Shape.GATE_1, null,
            with("APPLY_SXDG"), Matrix.of("p q; q p"), List.of("X -> X", "Z -> -Y"),
            "Quarter turn about X: the square root of X."),
    APPLY_SXDG(0x17, "1.0", Family.CLIFFORD, Shape.GATE_1, null,
            with("APPLY_SX"), Matrix.of("q p; p q"), List.of("X -> X", "Z -> Y"),
            "Quarter turn about X, backwards."),
    APPLY_CNOT(0x18, "0.1", Family.CLIFFORD, Shape.GATE_2, null,
            self(), Matrix.of("1 0 0 0; 0 1 0 0; 0 0 0 1; 0 0 1 0"),
            List.of("X_ -> XX", "_X -> _X", "Z_ -> Z_", "_Z -> ZZ"),
            "Flip the second qubit where the first is 1."),
    APPLY_CZ(0x19, "0.1", Family.CLIFFORD, Shape.GATE_2, null,
            self(), Matrix.of("1 0 0 0; 0 1 0 0; 0 0 1 0; 0 0 0 -1"),
            List.of("X_ -> XZ", "_X -> ZX", "Z_ -> Z_", "_Z -> _Z"),
            "Change the sign where both qubits are 1."),
    APPLY_SWAP(0x1A, "0.1", Family.CLIFFORD, Shape.GATE_2, null,
            self(), Matrix.of("1 0 0 0; 0 0 1 0; 0 1 0 0; 0 0 0 1"),
            List.of("X_ -> _X", "_X -> X_", "Z_ -> _Z", "_Z -> Z_"), "Exchange two qubits."),
    APPLY_ISWAP(0x1B, "1.0", Family.CLIFFORD, Shape.GATE_2, null,
            with("APPLY_ISWAPDG"), Matrix.of("1 0 0 0; 0 0 i 0; 0 i 0 0; 0 0 0 1"),
            List.of("X_ -> ZY", "_X -> YZ", "Z_ -> _Z", "_Z -> Z_"),
            "Exchange two qubits, with a phase i where they differ."),
    APPLY_ISWAPDG(0x1C, "1.0", Family.CLIFFORD, Shape.GATE_2, null,
            with("APPLY_ISWAP"), Matrix.of("1 0 0 0; 0 0 -i 0; 0 -i 0 0; 0 0 0 1"),
            List.of("X_ -> -ZY", "_X -> -YZ", "Z_ -> _Z", "_Z -> Z_"),
            "Exchange two qubits, with a phase -i where they differ."),

    MEASURE_Z(0x20, "0.1", Family.MEASURE, Shape.MEASURE_1, null,
            never("a measurement is final"), Matrix.NONE, List.of("Z -> m0", "Z -> Z",
            "1 -> Z ^ m0"),
            "Measure Z; the qubit stays, in the measured state."),
    MEASURE_X(0x21, "0.1", Family.MEASURE, Shape.MEASURE_1, null,
            never("a measurement is final"), Matrix.NONE, List.of("X -> m0", "X -> X",
            "1 -> X ^ m0"),
            "Measure X; the qubit stays, in the measured state."),
    MEASURE_Y(0x22, "0.1", Family.MEASURE, Shape.MEASURE_1, null,
            never("a measurement is final"), Matrix.NONE, List.of("Y -> m0", "Y -> Y",
            "1 -> Y ^ m0"),
            "Measure Y; the qubit stays, in the measured state."),
    MEASURE_PAULI(0x23, "1.0", Family.MEASURE, Shape.MEASURE_PRODUCT, null,
            never("a measurement is final"), Matrix.NONE, List.of("P -> m0", "P -> P",
            "1 -> P ^ m0"),
            "Measure a signed Pauli product; all else that commutes with it stays."),
    MEASURE_BELL(0x24, "0.1", Family.MEASURE, Shape.MEASURE_2, null,
            never("a measurement is final"), Matrix.NONE,
            List.of("XX -> m0", "ZZ -> m1", "XX -> XX", "ZZ -> ZZ", "1 -> XX ^ m0", "1 -> ZZ ^ m1"),
            "Measure XX into the first event and ZZ into the second."),

    EV_CONST(0x30, "1.0", Family.EVENT, Shape.EVENT_CONSTANT, null,
            new Undo.Nothing(), Matrix.NONE, List.of(), "An event of known value."),
    EV_NOT(0x31, "1.0", Family.EVENT, Shape.EVENT_1, null,
            new Undo.Nothing(), Matrix.NONE, List.of(), "1 where the input is 0."),
    EV_XOR(0x32, "1.0", Family.EVENT, Shape.EVENT_MANY, null,
            new Undo.Nothing(), Matrix.NONE, List.of(), "1 where an odd number of inputs are 1."),
    EV_AND(0x33, "1.0", Family.EVENT, Shape.EVENT_MANY, null,
            new Undo.Nothing(), Matrix.NONE, List.of(), "1 where every input is 1."),
    EV_OR(0x34, "1.0", Family.EVENT, Shape.EVENT_MANY, null,
            new Undo.Nothing(), Matrix.NONE, List.of(), "1 where at least one input is 1."),
    EV_SELECT(0x35, "1.0", Family.EVENT, Shape.EVENT_3, null,
            new Undo.Nothing(), Matrix.NONE, List.of(),
            "The second input where the first is 1, else the third."),
    COND_PAULI(0x36, "0.1", Family.EVENT, Shape.CORRECTION, null,
            self(), Matrix.NONE, List.of(),
            "Apply a Pauli string where the XOR of the inputs is 1; without inputs, where the "
                    + "guard holds."),

    INJECT_T_STATE(0x40, "0.1", Family.MAGIC, Shape.GATE_1, Capability.MAGIC,
            never("the magic state is consumed"), Matrix.NONE, List.of(),
            "Put a qubit into the magic state (0 + e^(i pi/4) 1)/sqrt 2; its former state is "
                    + "discarded."),
    APPLY_T(0x41, "0.1", Family.MAGIC, Shape.GATE_1, Capability.MAGIC,
            with("APPLY_TDG"), Matrix.of("1 0; 0 w"), List.of("Z -> Z"), "Eighth turn about Z."),
    APPLY_TDG(0x42, "0.1", Family.MAGIC, Shape.GATE_1, Capability.MAGIC,
            with("APPLY_T"), Matrix.of("1 0; 0 v"), List.of("Z -> Z"),
            "Eighth turn about Z, backwards."),
    APPLY_CCZ(0x43, "1.0", Family.MAGIC, Shape.GATE_3, Capability.MAGIC,
            self(), Matrix.swapping(3, 7, "-1"), List.of("Z__ -> Z__", "_Z_ -> _Z_", "__Z -> __Z"),
            "Change the sign where all three qubits are 1."),
    APPLY_TOFFOLI(0x44, "0.1", Family.MAGIC, Shape.GATE_3, Capability.MAGIC,
            self(), Matrix.swapping(3, 6, "1"), List.of("Z__ -> Z__", "_Z_ -> _Z_", "__X -> __X"),
            "Flip the third qubit where the first two are 1."),

    ROTATE_PAULI(0x50, "1.0", Family.ROTATION, Shape.ROTATION_PRODUCT, Capability.MAGIC,
            new Undo.Negated(), Matrix.ROTATION, List.of("P -> P"),
            "exp(-i angle/2 P) for the Pauli string P."),
    RX(0x51, "0.1", Family.ROTATION, Shape.ROTATION_1, Capability.MAGIC,
            new Undo.Negated(), Matrix.ROTATION, List.of("X -> X"), "exp(-i angle/2 X)."),
    RY(0x52, "0.1", Family.ROTATION, Shape.ROTATION_1, Capability.MAGIC,
            new Undo.Negated(), Matrix.ROTATION, List.of("Y -> Y"), "exp(-i angle/2 Y)."),
    RZ(0x53, "0.1", Family.ROTATION, Shape.ROTATION_1, Capability.MAGIC,
            new Undo.Negated(), Matrix.ROTATION, List.of("Z -> Z"), "exp(-i angle/2 Z)."),
    MEASURE_ANGLE(0x54, "0.1", Family.ROTATION, Shape.MEASURE_ANGLE, Capability.MAGIC,
            never("a measurement is final"), Matrix.NONE, List.of(),
            "Measure cos(angle) Z + sin(angle) X; the qubit stays, in the measured state."),

    OPEN_CHAN(0x60, "0.1", Family.LINK, Shape.CHANNEL_OPEN, Capability.LINK,
            never("a Bell pair is consumed"), Matrix.NONE, List.of("1 -> XX", "1 -> ZZ"),
            "Open a channel and leave its first Bell pair in two qubits; their former state is "
                    + "discarded."),
    USE_CHAN(0x61, "0.1", Family.LINK, Shape.CHANNEL_USE, null,
            never("a Bell pair is consumed"), Matrix.NONE, List.of(),
            "Apply a two-qubit gate over an open channel, consuming its Bell pairs."),
    CLOSE_CHAN(0x62, "0.1", Family.LINK, Shape.CHANNEL_CLOSE, null,
            never("the entanglement is released"), Matrix.NONE, List.of(), "Close a channel."),
    TELEPORT_CNOT(0x63, "0.1", Family.LINK, Shape.GATE_2, Capability.TELEPORT,
            never("a Bell pair is consumed"), APPLY_CNOT.matrix, APPLY_CNOT.flows,
            "CNOT by gate teleportation, for qubits in different modules."),

    SET_POLICY(0x70, "0.1", Family.POLICY, Shape.POLICY, null,
            new Undo.Nothing(), Matrix.NONE, List.of(),
            "Hints for scheduling; they change no result.");
    // formatter:on

    static final Opcode[] BY_CODE = byCode();

    private final int code;
    private final String since;
    private final Family family;
    private final Shape shape;
    private final Capability capability;
    private final Undo undo;
    private final Matrix matrix;
    private final List<String> flows;
    private final String meaning;

    // formatter:off
    Opcode(int code, String since, Family family, Shape shape, Capability capability, Undo undo,
            Matrix matrix, List<String> flows, String meaning) {
        // formatter:on
        this.code = code;
        this.since = since;
        this.family = family;
        this.shape = shape;
        this.capability = capability;
        this.undo = undo;
        this.matrix = matrix;
        this.flows = flows;
        this.meaning = meaning;
    }

    /// The byte that stands for this operation in every binary form, 0x01 to 0x7F.
    public int code() {
        return code;
    }

    public String mnemonic() {
        return name();
    }

    /// The QVM version that brought the operation.
    public String since() {
        return since;
    }

    public Family family() {
        return family;
    }

    public Shape shape() {
        return shape;
    }

    /// The capability that the session must hold, or nothing if none is needed.
    public Optional<Capability> capability() {
        return Optional.ofNullable(capability);
    }

    public Undo undo() {
        return undo;
    }

    public Matrix matrix() {
        return matrix;
    }

    public List<String> flows() {
        return flows;
    }

    public String meaning() {
        return meaning;
    }

    /// Whether a node of this operation belongs to a REV segment: it acts on qubits and has an
    /// inverse.
    public boolean reversible() {
        return !(undo instanceof Undo.Never) && !(undo instanceof Undo.Nothing);
    }

    /// The operation that takes a node of this one back, with the node's argument or, where `undo`
    /// is `Negated`, with the opposite angle.
    public Optional<Opcode> inverse() {
        return switch (undo) {
            case Undo.Self() -> Optional.of(this);
            case Undo.With(var mnemonic) -> Optional.of(valueOf(mnemonic));
            case Undo.Negated() -> Optional.of(this);
            case Undo.Nothing() -> Optional.empty();
            case Undo.Never _ -> Optional.empty();
        };
    }

    /// T gates of an exact realisation: 1 for T, 4 for CCZ and Toffoli (one ancilla and a
    /// measurement: Jones, arXiv:1212.5069, figure 1), 0 for the rest. Rotations are not counted:
    /// their T count depends on the precision.
    public int tCount() {
        if (this == APPLY_T || this == APPLY_TDG || this == INJECT_T_STATE) return 1;
        return this == APPLY_CCZ || this == APPLY_TOFFOLI ? 4 : 0;
    }

    /// Whether the machine does nothing for a node of this operation: classical logic, marks, and
    /// Pauli gates, which only change the Pauli frame (Knill, arXiv:quant-ph/0410199).
    public boolean inSoftware() {
        boolean pauli = this == APPLY_X || this == APPLY_Y || this == APPLY_Z;
        boolean mark = this == FENCE_EPOCH || this == BAR_REGION || this == SET_POLICY;
        return pauli || mark || family == Family.EVENT;
    }

    /// The operation of the given code byte, or nothing if the code is not in use.
    public static Optional<Opcode> ofCode(int code) {
        return code >= 0 && code < BY_CODE.length
                ? Optional.ofNullable(BY_CODE[code])
                : Optional.empty();
    }

    /// The operation of the given mnemonic, or nothing if there is none.
    public static Optional<Opcode> of(String mnemonic) {
        return Stream.of(values()).filter(row -> row.name().equals(mnemonic)).findFirst();
    }

    private static Opcode[] byCode() {
        Opcode[] table = new Opcode[0x80];
        for (Opcode opcode : values()) {
            Invariant.hold(table[opcode.code] == null, "one operation per code");
            table[opcode.code] = opcode;
        }
        return table;
    }
}
