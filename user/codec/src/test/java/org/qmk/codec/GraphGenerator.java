package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Shape;

/// Graphs from seeds, the same on every machine.
///
/// `sound` graphs obey every rule of the language; `wild` ones hold whatever the forms can carry,
/// mostly wrong: undeclared names, wrong arities, missing arguments, odd guards, unknown families.
public final class GraphGenerator {

    private static final String[] ODD_NAMES = {
        "if",
        "via",
        "after",
        "and",
        "all",
        "always",
        "",
        " ",
        "1a",
        "a b",
        "a\"b",
        "a\\b",
        "a#b",
        "\u00e9t\u00e9",
        "\u91cf\u5b50",
        "\ud83d\ude00",
        "a\nb",
        "tab\there",
        "\u0001",
        "\u007f",
        "x-",
        "x->y",
        "c[1]",
        "a.b$c",
        "q=1",
        "a,b",
        "a:b",
        "<-",
        "(",
        "qubits",
    };

    private final SplittableRandom random;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Integer> qubits = new ArrayList<>();
    private final List<Integer> channels = new ArrayList<>();
    private final List<Integer> events = new ArrayList<>();

    private GraphGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    /// A graph that the verifier accepts: every handle has its life, every event is made once
    /// before it is read, guards test unguarded events, lifecycle nodes have no guard.
    ///
    /// @param nodes about as many nodes
    public static Graph sound(long seed, int nodes) {
        return new GraphGenerator(seed).soundGraph(nodes);
    }

    /// A graph of up to some fifty nodes that the forms can carry, right or wrong.
    public static Graph wild(long seed) {
        return new GraphGenerator(seed).wildGraph();
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    private int one(List<Integer> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Graph soundGraph(int nodes) {
        int qubitCount = 3 + random.nextInt(6);
        int eventCount = nodes * 2 + 2;
        for (int i = 0; i < qubitCount; i++) qubits.add(builder.declareQubit("q" + i));
        for (int i = 0; i < eventCount; i++) builder.declareEvent("m" + i);
        int channel = builder.declareChannel("ch0");
        builder.outputsGiven();
        builder.node(Opcode.ALLOC_LQ).argument(new Argument.Profile("logical:Surface(d=7)"));
        for (int qubit : qubits) builder.qubit(qubit);
        builder.node(Opcode.OPEN_CHAN).qubits(qubits.get(0), qubits.get(1)).channel(channel);
        builder.argument(new Argument.Channel(0.99, "bell_pair"));
        channels.add(channel);
        int made = 0;
        Opcode[] opcodes = Opcode.values();
        while (builder.size() < nodes) {
            Opcode opcode = opcodes[random.nextInt(opcodes.length)];
            Shape shape = opcode.shape();
            boolean lifecycle =
                    shape.qubitLife != Shape.Life.USES || shape.channelLife != Shape.Life.USES;
            if (lifecycle || opcode == Opcode.BAR_REGION) continue;
            if (shape.inputsMin > made) continue;
            soundNode(opcode, made);
            for (int i = 0; i < shape.outputs; i++) {
                builder.output(made);
                builder.output("bit" + made, made);
                events.add(made++);
            }
            builder.argument(argument(shape.argument, lastQubits));
            if (made > 0 && shape.outputs == 0 && chance(4)) builder.guard(soundGuard(2));
        }
        builder.node(Opcode.CLOSE_CHAN).channel(channel);
        builder.node(Opcode.FREE_LQ);
        for (int qubit : qubits) builder.qubit(qubit);
        return builder.requireWhatIsUsed().build();
    }

    private int lastQubits;

    private void soundNode(Opcode opcode, int made) {
        Shape shape = opcode.shape();
        builder.node(opcode);
        lastQubits = between(shape.qubitsMin, Math.min(shape.qubitsMax, qubits.size()));
        List<Integer> left = new ArrayList<>(qubits);
        for (int i = 0; i < lastQubits; i++) {
            builder.qubit(left.remove(random.nextInt(left.size())));
        }
        for (int i = 0; i < shape.channels; i++) builder.channel(channels.get(0));
        int most = made == 0 ? 0 : Math.min(shape.inputsMax, 4);
        int least = shape.argument == Argument.Kind.PAULI && shape.outputs == 0 ? 1 : 0;
        int inputs = between(Math.max(shape.inputsMin, Math.min(least, most)), most);
        for (int i = 0; i < inputs; i++) builder.input(one(events));
        if (inputs == 0 && least == 1) builder.guard(Guard.ALWAYS);
    }

    private int between(int least, int most) {
        return least >= most ? least : least + random.nextInt(most - least + 1);
    }

    private Guard soundGuard(int depth) {
        if (depth == 0 || chance(2)) return new Guard.Is(one(events), chance(2));
        List<Guard> parts = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) parts.add(soundGuard(depth - 1));
        return chance(2) ? new Guard.All(parts) : new Guard.Any(parts);
    }

    private Graph wildGraph() {
        for (int i = random.nextInt(8); i > 0; i--) {
            qubits.add(builder.declareQubit(name("q", qubits.size())));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            channels.add(builder.declareChannel(name("ch", channels.size())));
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            int event = builder.declareEvent(name("m", events.size()));
            events.add(event);
            if (chance(4)) builder.defaultToZero(event);
        }
        for (int i = random.nextInt(6); i > 0; i--) builder.require(family());
        for (Capability capability : Capability.values()) {
            if (chance(3)) builder.request(capability);
        }
        int nodes = random.nextInt(50);
        for (int node = 0; node < nodes; node++) wildNode(node, nodes);
        if (chance(2)) {
            builder.outputsGiven();
            for (int i = random.nextInt(4); i > 0; i--) builder.output(name("bit", i), event());
        }
        return builder.build();
    }

    /// A name that no other handle of the kind has.
    private String name(String prefix, int number) {
        if (!chance(3)) return prefix + number;
        return ODD_NAMES[random.nextInt(ODD_NAMES.length)] + number;
    }

    private String family() {
        int known = random.nextInt(Opcode.values().length);
        return chance(4) ? "odd \"family\"/" + known : Opcode.values()[known].family().text();
    }

    private int qubit() {
        if (qubits.isEmpty() || chance(20)) {
            qubits.add(builder.undeclaredQubit(name("u", qubits.size())));
            return qubits.getLast();
        }
        return one(qubits);
    }

    private int channel() {
        if (channels.isEmpty() || chance(20)) {
            channels.add(builder.undeclaredChannel(name("u", channels.size())));
            return channels.getLast();
        }
        return one(channels);
    }

    private int event() {
        if (events.isEmpty() || chance(20)) {
            events.add(builder.undeclaredEvent(name("u", events.size())));
            return events.getLast();
        }
        return one(events);
    }

    private void wildNode(int node, int nodes) {
        Opcode opcode = Opcode.values()[random.nextInt(Opcode.values().length)];
        Shape shape = opcode.shape();
        builder.node(opcode);
        int count = wildCount(shape.qubitsMin, shape.qubitsMax);
        for (int i = 0; i < count; i++) builder.qubit(qubit());
        for (int i = wildCount(shape.channels, shape.channels); i > 0; i--) {
            builder.channel(channel());
        }
        for (int i = wildCount(shape.inputsMin, shape.inputsMax); i > 0; i--) {
            builder.input(event());
        }
        for (int i = wildCount(shape.outputs, shape.outputs); i > 0; i--) builder.output(event());
        boolean always = NamedForms.absent(opcode) != Argument.NOTHING;
        if (always || !chance(8)) builder.argument(argument(shape.argument, count));
        if (chance(4)) builder.guard(wildGuard(3));
        if (chance(3)) builder.label(name("n", node));
        for (int i = chance(5) ? random.nextInt(4) : 0; i > 0; i--) {
            builder.after(node, chance(9) ? nodes + random.nextInt(9) : random.nextInt(nodes));
        }
    }

    private int wildCount(int least, int most) {
        if (chance(12)) return random.nextInt(4);
        return between(least, Math.min(most, least + 3));
    }

    private Guard wildGuard(int depth) {
        if (depth == 0 || chance(3)) {
            return depth < 3 && chance(12) ? Guard.ALWAYS : new Guard.Is(event(), chance(2));
        }
        List<Guard> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) parts.add(wildGuard(depth - 1));
        return chance(2) ? new Guard.All(parts) : new Guard.Any(parts);
    }

    private Argument argument(Argument.Kind kind, int letters) {
        return switch (kind) {
            case NONE -> Argument.NOTHING;
            case PROFILE -> new Argument.Profile(text("logical:Surface(d=7)"));
            case TAG -> new Argument.Tag(text("batch"));
            case PAULI -> new Argument.Pauli(pauli(letters));
            case ROTATION -> new Argument.Rotation(angle(), precision());
            case PAULI_ROTATION -> new Argument.PauliRotation(pauli(letters), angle(), precision());
            case BIT -> new Argument.Bit(chance(2));
            case CHANNEL -> new Argument.Channel(random.nextDouble(), text("bell_pair"));
            case LINK_GATE -> {
                LinkGate[] gates = LinkGate.values();
                yield new Argument.Link(gates[random.nextInt(gates.length)]);
            }
            case POLICY -> {
                List<Argument.Policy.Entry> entries = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    entries.add(new Argument.Policy.Entry(text("priority"), text("10")));
                }
                yield new Argument.Policy(entries);
            }
        };
    }

    private String text(String usual) {
        return chance(3) ? ODD_NAMES[random.nextInt(ODD_NAMES.length)] : usual;
    }

    /// A Pauli string that is not the identity.
    private PauliString pauli(int letters) {
        var text = new StringBuilder(chance(2) ? "-" : "");
        text.append("XYZ".charAt(random.nextInt(3)));
        for (int i = 1; i < letters; i++) text.append("IXYZ".charAt(random.nextInt(4)));
        return PauliString.of(text.toString());
    }

    private double angle() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Math.PI / (1 + random.nextInt(64));
            case 2 -> Double.longBitsToDouble(random.nextLong(0x7FEF_FFFF_FFFF_FFFFL));
            default -> random.nextDouble(-7, 7);
        };
    }

    private double precision() {
        return chance(2) ? Argument.PRECISION_DEFAULT : random.nextDouble(1e-15, 1);
    }
}
