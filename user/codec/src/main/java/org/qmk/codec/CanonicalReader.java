package org.qmk.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Argument;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// Reads the canonical encoding of a graph, as `CanonicalForm` writes it. A graph has one such
/// encoding: bytes that mean a graph but are not the ones it is written with are refused.
public final class CanonicalReader {

    private static final int GUARD_DEPTH_MAX = Limits.DEFAULT.guardDepth();

    private final ByteReader in;
    private int qubits;
    private int channels;
    private int events;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Guard> guards = new ArrayList<>(List.of(Guard.ALWAYS));
    private final List<Argument> arguments = new ArrayList<>(List.of(Argument.NOTHING));

    private CanonicalReader(ByteReader in) {
        this.in = in;
    }

    /// @throws ByteReader.Malformed if the bytes are no canonical encoding of a graph
    public static Graph read(byte[] bytes) throws ByteReader.Malformed {
        Graph graph = new CanonicalReader(new ByteReader(bytes)).graph();
        int differs = Arrays.mismatch(CanonicalForm.encode(graph), bytes);
        if (differs >= 0) throw new ByteReader.Malformed(differs, "the canonical bytes");
        return graph;
    }

    private Graph graph() throws ByteReader.Malformed {
        for (byte expected : CanonicalForm.magic()) {
            if (in.u8() != (expected & 0xFF)) {
                throw new ByteReader.Malformed(in.position() - 1, "the mark of a QVM graph");
            }
        }
        int families = in.count(1);
        for (int i = 0; i < families; i++) builder.require(in.text());
        int capabilities = in.count(1);
        for (int i = 0; i < capabilities; i++) {
            int at = in.position();
            builder.request(known(Capability.of(in.text()), at, "a capability"));
        }
        qubits = names(Operand.Kind.QUBIT);
        channels = names(Operand.Kind.CHANNEL);
        events = names(Operand.Kind.INPUT);
        int defaults = in.count(1);
        int event = 0;
        for (int i = 0; i < defaults; i++) {
            event = event + in.index(events - event);
            builder.defaultToZero(event);
        }
        int nodes = in.count(4);
        for (int i = 0; i < nodes; i++) node();
        builder.outputsGiven();
        int outputs = in.count(2);
        for (int i = 0; i < outputs; i++) builder.output(in.text(), in.index(events));
        int edges = in.count(2);
        for (int i = 0; i < edges; i++) {
            builder.after((int) in.uint(Integer.MAX_VALUE), (int) in.uint(Integer.MAX_VALUE));
        }
        in.end();
        return builder.build();
    }

    private int names(Operand.Kind kind) throws ByteReader.Malformed {
        int size = in.count(1);
        int declared = in.index(size + 1);
        for (int i = 0; i < size; i++) {
            String name = in.text();
            boolean known = i < declared;
            switch (kind) {
                case QUBIT -> {
                    if (known) builder.declareQubit(name);
                    else builder.undeclaredQubit(name);
                }
                case CHANNEL -> {
                    if (known) builder.declareChannel(name);
                    else builder.undeclaredChannel(name);
                }
                case INPUT, OUTPUT -> {
                    if (known) builder.declareEvent(name);
                    else builder.undeclaredEvent(name);
                }
            }
        }
        return size;
    }

    private void node() throws ByteReader.Malformed {
        int at = in.position();
        builder.node(known(Opcode.ofCode(in.u8()), at, "the code of an operation"));
        int operands = in.count(1);
        int last = 0;
        for (int i = 0; i < operands; i++) last = operand(last);
        int guard = in.index(guards.size() + 1);
        if (guard == guards.size()) guards.add(guard(0));
        builder.guard(guards.get(guard));
        int argument = in.index(arguments.size() + 1);
        if (argument == arguments.size()) arguments.add(argument());
        builder.argument(arguments.get(argument));
    }

    /// Adds one operand and returns its kind, which must not be less than the one before it.
    private int operand(int last) throws ByteReader.Malformed {
        int at = in.position();
        int operand = (int) in.uint(0xFFFFFFFFL);
        Operand.Kind kind = Operand.kind(operand);
        int handles =
                switch (kind) {
                    case QUBIT -> qubits;
                    case CHANNEL -> channels;
                    case INPUT, OUTPUT -> events;
                };
        if (Operand.index(operand) >= handles) {
            throw new ByteReader.Malformed(at, "a handle below " + handles);
        }
        if (kind.ordinal() < last) {
            throw new ByteReader.Malformed(at, "qubits, channels, inputs, outputs in this order");
        }
        builder.operand(operand);
        return kind.ordinal();
    }

    private Guard guard(int depth) throws ByteReader.Malformed {
        int at = in.position();
        if (depth > GUARD_DEPTH_MAX) {
            throw new ByteReader.Malformed(at, "a guard of at most " + GUARD_DEPTH_MAX + " levels");
        }
        int tag = in.u8();
        return switch (tag) {
            case 0 -> Guard.ALWAYS;
            case 1, 2 -> new Guard.Is(in.index(events), tag == 2);
            case 3 -> new Guard.All(parts(depth));
            case 4 -> new Guard.Any(parts(depth));
            default -> throw new ByteReader.Malformed(at, "a guard");
        };
    }

    private List<Guard> parts(int depth) throws ByteReader.Malformed {
        int count = in.count(1);
        List<Guard> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) parts.add(guard(depth + 1));
        return parts;
    }

    private Argument argument() throws ByteReader.Malformed {
        int at = in.position();
        var kind = Argument.Kind.values()[in.index(Argument.Kind.values().length)];
        try {
            return switch (kind) {
                case NONE -> Argument.NOTHING;
                case PROFILE -> new Argument.Profile(in.text());
                case TAG -> new Argument.Tag(in.text());
                case PAULI -> new Argument.Pauli(pauli());
                case ROTATION -> new Argument.Rotation(in.real(), in.real());
                case PAULI_ROTATION -> new Argument.PauliRotation(pauli(), in.real(), in.real());
                case BIT -> new Argument.Bit(in.index(2) == 1);
                case CHANNEL -> new Argument.Channel(in.real(), in.text());
                case LINK_GATE ->
                        new Argument.Link(known(LinkGate.of(in.text()), at, "cnot, cz or swap"));
                case POLICY -> policy();
            };
        } catch (IllegalArgumentException outOfRange) {
            throw new ByteReader.Malformed(at, kind.form());
        }
    }

    private PauliString pauli() throws ByteReader.Malformed {
        int at = in.position();
        return known(PauliString.parse(in.text()), at, "a Pauli string");
    }

    private Argument policy() throws ByteReader.Malformed {
        int count = in.count(2);
        List<Argument.Policy.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Argument.Policy.Entry(in.text(), in.text()));
        }
        return new Argument.Policy(entries);
    }

    private static <T> T known(Optional<T> found, int at, String expected)
            throws ByteReader.Malformed {
        if (found.isEmpty()) throw new ByteReader.Malformed(at, expected);
        return found.get();
    }
}
