package org.qmk.codec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Shape;
import org.qmk.qvm.Violation;

/// Turns the nodes of a 0.1 program into a graph of today, as docs/spec/qvm-forms.md says.
final class PrototypeProgram {

    /// Operations of the original twenty whose capability must be asked for.
    private static final Set<Opcode> GATED =
            EnumSet.of(
                    Opcode.ALLOC_LQ, Opcode.TELEPORT_CNOT, Opcode.INJECT_T_STATE, Opcode.OPEN_CHAN);

    private static final String FIDELITY_DEFAULT = "0.99";
    private static final String KIND_DEFAULT = "bell_pair";

    /// Takes what the reader changed or passed over.
    interface Warnings {
        void warn(String warning);
    }

    private record Lacking(int node, Opcode opcode, int offset) {}

    private final GraphBuilder builder = new GraphBuilder();
    private final HandleNames qubits;
    private final HandleNames channels;
    private final HandleNames events;
    private final Warnings warnings;
    private final GuardedLives qubitLives = new GuardedLives();
    private final GuardedLives channelLives = new GuardedLives();
    private final ArgumentFields arguments = new ArgumentFields();

    /// The two qubits that opened each channel.
    private final Map<Integer, List<Integer>> openers = new HashMap<>();

    private final Map<Integer, Integer> makers = new HashMap<>();
    private final Set<Capability> requested = EnumSet.noneOf(Capability.class);
    private final Map<Capability, List<Lacking>> lacking = new EnumMap<>(Capability.class);
    private boolean capabilitiesGiven;
    private int declaredInResources;

    PrototypeProgram(byte[] source, Warnings warnings) {
        this.warnings = warnings;
        qubits = HandleNames.inPlace(Operand.Kind.QUBIT, builder, source);
        channels = HandleNames.inPlace(Operand.Kind.CHANNEL, builder, source);
        events = HandleNames.inPlace(Operand.Kind.INPUT, builder, source);
    }

    HandleNames qubits() {
        return qubits;
    }

    HandleNames channels() {
        return channels;
    }

    HandleNames events() {
        return events;
    }

    /// States that the document lists capabilities somewhere, so that it must list all.
    void capabilitiesGiven() {
        capabilitiesGiven = true;
    }

    /// States that all declarations have been read.
    void resourcesRead() {
        declaredInResources = declared();
    }

    void request(Capability capability) {
        requested.add(capability);
        builder.request(capability);
    }

    void add(PrototypeNode node) throws Misread {
        Opcode opcode = opcode(node);
        capability(opcode, node);
        if (opcode == Opcode.COND_PAULI && isIdentity(node)) {
            warnings.warn(
                    "node " + node.number + " (COND_PAULI) applies the identity; it was left out.");
            return;
        }
        if (opcode == Opcode.CLOSE_CHAN && node.channels.size() > 1) {
            closeEach(node);
            return;
        }
        int index = builder.size();
        builder.node(opcode);
        List<Integer> operands = qubitsOf(opcode, node);
        for (int qubit : operands) builder.qubit(qubit);
        for (int channel : node.channels) builder.channel(channel);
        inputs(opcode, node, index);
        for (int event : node.outputs) {
            builder.output(event);
            makers.put(event, index);
            if (!(node.guard instanceof Guard.Always)) builder.defaultToZero(event);
        }
        builder.guard(node.guard);
        builder.argument(argument(opcode, node, operands.size()));
        node.id.ifPresent(builder::label);
        lives(opcode, node);
    }

    private static Opcode opcode(PrototypeNode node) throws Misread {
        String name = node.operation;
        Optional<Opcode> found =
                Mnemonics.of(name)
                        .or(() -> Mnemonics.of("APPLY_" + name))
                        .or(
                                () ->
                                        name.startsWith("APPLY_R")
                                                ? Mnemonics.of(name.substring(6))
                                                : Optional.empty())
                        .filter(opcode -> opcode.since().equals("0.1"));
        if (found.isPresent()) return found.get();
        throw new Misread(Mnemonics.unknown("node " + node.number, name, node.number), node.offset);
    }

    private void capability(Opcode opcode, PrototypeNode node) {
        for (Capability capability : node.capabilities) builder.request(capability);
        if (!GATED.contains(opcode)) return;
        Capability needed = opcode.capability().orElseThrow();
        if (node.capabilities.contains(needed)) return;
        List<Lacking> list = lacking.computeIfAbsent(needed, _ -> new ArrayList<>());
        if (list.size() < FormErrors.MAX) list.add(new Lacking(node.number, opcode, node.offset));
    }

    /// Notes the nodes whose capability neither they nor the document asks for.
    void missingCapabilities(FormErrors errors) {
        if (!capabilitiesGiven) return;
        lacking.forEach(
                (capability, nodes) -> {
                    if (requested.contains(capability)) return;
                    for (Lacking node : nodes) errors.add(missing(capability, node), node.offset);
                });
    }

    private static Violation missing(Capability capability, Lacking node) {
        return Violation.of(
                Rule.CAP_MISSING,
                node.node,
                "node",
                Integer.toString(node.node),
                "op",
                node.opcode.mnemonic(),
                "capability",
                capability.text());
    }

    /// The node's qubits, or those that opened the channel it uses.
    private List<Integer> qubitsOf(Opcode opcode, PrototypeNode node) {
        boolean implied =
                opcode == Opcode.USE_CHAN && node.qubits.isEmpty() && node.channels.size() == 1;
        if (!implied) return node.qubits;
        return openers.getOrDefault(node.channels.getFirst(), List.of());
    }

    /// Inputs of an operation that reads none only say that it waits for what makes them.
    private void inputs(Opcode opcode, PrototypeNode node, int index) {
        for (int event : node.inputs) {
            Integer maker = makers.get(event);
            if (opcode.shape().inputsMax > 0) builder.input(event);
            else if (maker != null) builder.after(index, maker);
        }
    }

    private void closeEach(PrototypeNode node) {
        boolean first = true;
        for (int channel : node.channels) {
            builder.node(Opcode.CLOSE_CHAN).channel(channel).guard(node.guard);
            if (first) node.id.ifPresent(builder::label);
            first = false;
        }
        lives(Opcode.CLOSE_CHAN, node);
    }

    private void lives(Opcode opcode, PrototypeNode node) {
        Shape shape = opcode.shape();
        follow(qubitLives, shape.qubitLife, node.qubits, node.guard);
        follow(channelLives, shape.channelLife, node.channels, node.guard);
        if (opcode != Opcode.OPEN_CHAN) return;
        for (int channel : node.channels) openers.put(channel, List.copyOf(node.qubits));
    }

    private static void follow(
            GuardedLives lives, Shape.Life life, List<Integer> handles, Guard guard) {
        for (int handle : handles) {
            switch (life) {
                case MAKES -> lives.makes(handle, guard);
                case ENDS -> lives.ends(handle, guard);
                case USES -> {}
            }
        }
    }

    private static boolean isIdentity(PrototypeNode node) {
        Optional<PrototypeNode.Value> pauli = node.value("mask").or(() -> node.value("pauli"));
        return pauli.isPresent()
                && !pauli.get().text().isEmpty()
                && pauli.get().text().chars().allMatch(letter -> letter == 'I');
    }

    /// The argument, after the names and defaults of 0.1 have become those of today.
    private Argument argument(Opcode opcode, PrototypeNode node, int operands) throws Misread {
        arguments.clear();
        Argument.Kind kind = opcode.shape().argument;
        if (kind == Argument.Kind.POLICY) return policy(node);
        for (PrototypeNode.Value value : node.values) translate(opcode, node, value, operands);
        switch (kind) {
            case CHANNEL -> {
                defaultTo("fidelity", FIDELITY_DEFAULT, node);
                if (!node.keys.contains("type")) defaultTo("kind", KIND_DEFAULT, node);
            }
            case TAG -> defaultTo("tag", "", node);
            case PAULI -> require("mask", "pauli", node);
            case ROTATION -> require("angle", "theta", node);
            case LINK_GATE -> require("semantic", "gate", node);
            case NONE, PROFILE, PAULI_ROTATION, BIT, POLICY -> {}
        }
        return arguments.argument(opcode, node.number, node.offset, operands);
    }

    private void defaultTo(String key, String value, PrototypeNode node) {
        if (node.keys.contains(key)) return;
        arguments.add(key, value, ArgumentFields.Written.WORD, node.offset);
    }

    private static void require(String key, String other, PrototypeNode node) throws Misread {
        if (node.keys.contains(key) || node.keys.contains(other)) return;
        throw new Misread(
                FormErrors.missing(node.number, "args of node " + node.number, key), node.offset);
    }

    private void translate(
            Opcode opcode, PrototypeNode node, PrototypeNode.Value value, int operands)
            throws Misread {
        Argument.Kind kind = opcode.shape().argument;
        String key =
                switch (value.key()) {
                    case "theta" -> kind == Argument.Kind.ROTATION ? "angle" : "theta";
                    case "type" -> kind == Argument.Kind.CHANNEL ? "kind" : "type";
                    case "mask" -> kind == Argument.Kind.PAULI ? "pauli" : "mask";
                    case "semantic" -> kind == Argument.Kind.LINK_GATE ? "gate" : "semantic";
                    default -> value.key();
                };
        if (!ArgumentFields.keys(kind).contains(key)) {
            warnings.warn(
                    ArgumentFields.where(opcode, node.number)
                            + " has the argument "
                            + FormErrors.quoted(value.key())
                            + ", which was passed over.");
            return;
        }
        String text = value.text();
        if (kind == Argument.Kind.PAULI && text.length() == 1)
            text = text.repeat(Math.max(1, operands));
        if (kind == Argument.Kind.LINK_GATE && text.equals("teleport")) text = "swap";
        arguments.add(key, text, value.written(), value.offset());
    }

    private Argument policy(PrototypeNode node) throws Misread {
        List<Argument.Policy.Entry> entries = new ArrayList<>();
        for (PrototypeNode.Value value : node.values) {
            boolean scalar =
                    value.written() != ArgumentFields.Written.OTHER
                            || value.text().equals("true")
                            || value.text().equals("false");
            if (!scalar) {
                throw new Misread(
                        FormErrors.type(
                                node.number,
                                FormErrors.quoted(value.key()),
                                "node " + node.number,
                                value.text(),
                                "a text, a number, true or false"),
                        value.offset());
            }
            entries.add(new Argument.Policy.Entry(value.key(), value.text()));
        }
        return new Argument.Policy(entries);
    }

    private int declared() {
        return qubits.declared() + channels.declared() + events.declared();
    }

    /// Ends what was left open and builds the graph.
    ///
    /// @param resourcesGiven whether the document declares handles
    Graph graph(boolean resourcesGiven) {
        int more = declared() - declaredInResources;
        if (resourcesGiven && more > 0) {
            warnings.warn(
                    "resources lack " + more + " handles, which were declared where first used.");
        }
        constants();
        end(channelLives, Opcode.CLOSE_CHAN);
        end(qubitLives, Opcode.FREE_LQ);
        return builder.requireWhatIsUsed().build();
    }

    /// Gives the events that no node makes the value 0, so that each output bit has one.
    private void constants() {
        var made = new BitSet();
        for (int event : makers.keySet()) made.set(event);
        int count = 0;
        int first = made.nextClearBit(0);
        for (int event = first; event < events.declared(); event = made.nextClearBit(event + 1)) {
            builder.node(Opcode.EV_CONST).output(event).argument(new Argument.Bit(false));
            count++;
        }
        if (count > 0) warnings.warn(count + " declared events are never made; they are 0.");
    }

    /// Appends one node per condition, or per channel, for what is live at the end.
    private void end(GuardedLives lives, Opcode opcode) {
        Map<Guard, List<Integer>> byGuard = new LinkedHashMap<>();
        lives.left()
                .forEach(
                        (handle, guard) ->
                                byGuard.computeIfAbsent(guard, _ -> new ArrayList<>()).add(handle));
        byGuard.forEach(
                (guard, handles) -> {
                    if (opcode == Opcode.FREE_LQ) {
                        builder.node(opcode);
                        for (int handle : handles) builder.qubit(handle);
                        builder.guard(guard);
                        return;
                    }
                    for (int handle : handles) builder.node(opcode).channel(handle).guard(guard);
                });
    }
}
