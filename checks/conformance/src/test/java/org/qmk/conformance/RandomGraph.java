package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Shape;

/// A random graph of every operation, a pure function of its seed.
///
/// Most graphs are right by construction: qubits and channels come and go, some of them only where
/// a guard holds, and what uses those carries that guard. Two graphs in five are then spoiled in
/// one place, which may or may not make them wrong: to say which is the verifier's task.
final class RandomGraph {

    private static final int QUBITS = 6;
    private static final int CHANNELS = 2;
    private static final int RANDOM_BITS = 10;
    private static final List<String> TAGS = List.of("here", "rev+r", "rev-r");

    /// A node before it is in a graph. Lists may change until then.
    private record Draft(
            Opcode opcode,
            List<Integer> qubits,
            List<Integer> channels,
            List<Integer> inputs,
            List<Integer> outputs,
            Guard guard,
            Argument argument) {}

    private final SplittableRandom random;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Integer> liveQubits = new ArrayList<>();
    private final List<Integer> openChannels = new ArrayList<>();
    private final Guard[] qubitGuards = new Guard[QUBITS];
    private final Guard[] channelGuards = new Guard[CHANNELS];

    /// Events that are made on every path or default to 0, so that anything may read them.
    private final List<Integer> certain = new ArrayList<>();

    private final List<Boolean> defaults = new ArrayList<>();
    private int bitsLeft = RANDOM_BITS;
    private boolean regionOpen;

    private RandomGraph(long seed) {
        random = new SplittableRandom(seed);
    }

    static Graph of(long seed) {
        var source = new RandomGraph(seed);
        int length = 4 + source.random.nextInt(36);
        for (int i = 0; i < length; i++) source.step();
        source.end();
        if (source.random.nextInt(5) < 2) source.spoil();
        return source.graph();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void step() {
        if (liveQubits.size() < 2 || chance(8)) allocate();
        else if (chance(5)) free(one(liveQubits));
        else any();
    }

    /// Adds a node of a random row, if the graph has what it takes.
    private void any() {
        Opcode opcode = one(List.of(Opcode.values()));
        Shape shape = opcode.shape();
        switch (shape) {
            case ALLOC -> allocate();
            case FREE -> free(one(liveQubits));
            case CHANNEL_OPEN -> open();
            case CHANNEL_USE, CHANNEL_CLOSE -> passChannel(opcode);
            case EVENT_CONSTANT, EVENT_1, EVENT_MANY, EVENT_3 -> logic(opcode);
            case REGION -> region();
            case FENCE, POLICY -> add(opcode, List.of(), List.of(), 0, maybeGuard(20));
            case RESET,
                    GATE_1,
                    GATE_2,
                    GATE_3,
                    MEASURE_1,
                    MEASURE_2,
                    MEASURE_PRODUCT,
                    MEASURE_ANGLE,
                    CORRECTION,
                    ROTATION_1,
                    ROTATION_PRODUCT ->
                    onQubits(opcode);
        }
    }

    private void allocate() {
        int dead = -1;
        for (int q = 0; q < QUBITS; q++) if (!liveQubits.contains(q)) dead = q;
        if (dead < 0) return;
        Guard guard = chance(20) && !certain.isEmpty() ? test(one(certain)) : Guard.ALWAYS;
        qubitGuards[dead] = guard;
        liveQubits.add(dead);
        add(Opcode.ALLOC_LQ, List.of(dead), List.of(), 0, guard);
    }

    private void free(Integer qubit) {
        if (random.nextBoolean() && bitsLeft > 0) bitsLeft--;
        add(Opcode.FREE_LQ, List.of(qubit), List.of(), 0, qubitGuards[qubit]);
        liveQubits.remove(qubit);
    }

    private void open() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (openChannels.contains(channel) || bitsLeft < 2) continue;
            List<Integer> pair = some(2);
            Guard guard = guardOf(pair);
            bitsLeft -= 2;
            openChannels.add(channel);
            channelGuards[channel] = guard;
            add(Opcode.OPEN_CHAN, pair, List.of(channel), 0, guard);
            return;
        }
    }

    private void passChannel(Opcode opcode) {
        if (openChannels.isEmpty()) return;
        Integer channel = one(openChannels);
        List<Integer> qubits = opcode == Opcode.USE_CHAN ? some(2) : List.of();
        boolean closes = opcode == Opcode.CLOSE_CHAN;
        Guard guard =
                closes ? channelGuards[channel] : both(channelGuards[channel], guardOf(qubits));
        add(opcode, qubits, List.of(channel), 0, guard);
        if (closes) openChannels.remove(channel);
    }

    private void region() {
        String tag = regionOpen ? "rev-r" : one(TAGS);
        if (tag.equals("rev-r") != regionOpen) tag = "here";
        if (tag.startsWith("rev")) regionOpen = !regionOpen;
        drafts.add(
                new Draft(
                        Opcode.BAR_REGION,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Guard.ALWAYS,
                        new Argument.Tag(tag)));
    }

    private void logic(Opcode opcode) {
        Shape shape = opcode.shape();
        if (certain.isEmpty() && shape.inputsMin > 0) return;
        int inputs = shape.inputsMin + (shape.inputsMax == Shape.MANY ? random.nextInt(3) : 0);
        add(opcode, List.of(), List.of(), inputs, maybeGuard(15));
    }

    private void onQubits(Opcode opcode) {
        Shape shape = opcode.shape();
        if (regionOpen && !opcode.reversible()) return;
        boolean splits =
                shape.outputs > 0 || shape == Shape.RESET || opcode == Opcode.INJECT_T_STATE;
        int bits = splits ? Math.max(1, shape.outputs) : 0;
        int most = Math.min(liveQubits.size(), shape.qubitsMax == Shape.MANY ? 3 : shape.qubitsMax);
        if (most < shape.qubitsMin || bits > bitsLeft) return;
        int count = shape.qubitsMin + random.nextInt(most - shape.qubitsMin + 1);
        if (shape == Shape.RESET) bits = count;
        if (bits > bitsLeft) return;
        bitsLeft -= bits;
        List<Integer> qubits = some(count);
        boolean corrects = shape == Shape.CORRECTION;
        int inputs = corrects && !certain.isEmpty() ? random.nextInt(3) : 0;
        Guard guard = both(guardOf(qubits), maybeGuard(25));
        if (corrects && inputs == 0 && guard instanceof Guard.Always) {
            if (certain.isEmpty()) return;
            guard = test(one(certain));
        }
        add(opcode, qubits, List.of(), inputs, guard);
    }

    private List<Integer> some(int count) {
        List<Integer> left = new ArrayList<>(liveQubits);
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < count) chosen.add(left.remove(random.nextInt(left.size())));
        return chosen;
    }

    private Guard guardOf(List<Integer> qubits) {
        Guard guard = Guard.ALWAYS;
        for (int qubit : qubits) guard = both(guard, qubitGuards[qubit]);
        return guard;
    }

    private static Guard both(Guard one, Guard other) {
        if (one instanceof Guard.Always || one.equals(other)) return other;
        if (other instanceof Guard.Always) return one;
        return new Guard.All(List.of(one, other));
    }

    private Guard test(int event) {
        return new Guard.Is(event, random.nextBoolean());
    }

    /// A guard over events that are made on every path, or default to 0.
    private Guard maybeGuard(int percent) {
        if (certain.isEmpty() || !chance(percent)) return Guard.ALWAYS;
        if (chance(50)) return test(one(certain));
        List<Guard> parts = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) parts.add(test(one(certain)));
        if (chance(30)) parts.set(0, new Guard.Any(List.of(parts.get(0), test(one(certain)))));
        return chance(50) ? new Guard.All(parts) : new Guard.Any(parts);
    }

    private void add(
            Opcode opcode, List<Integer> qubits, List<Integer> channels, int inputs, Guard guard) {
        List<Integer> reads = new ArrayList<>();
        for (int i = 0; i < inputs; i++) reads.add(one(certain));
        List<Integer> makes = new ArrayList<>();
        for (int i = 0; i < opcode.shape().outputs; i++) {
            int event = defaults.size();
            boolean always = guard instanceof Guard.Always;
            defaults.add(!always && chance(80) || chance(5));
            makes.add(event);
            if (always || defaults.get(event)) certain.add(event);
        }
        drafts.add(
                new Draft(
                        opcode,
                        new ArrayList<>(qubits),
                        new ArrayList<>(channels),
                        reads,
                        makes,
                        guard,
                        argument(opcode.shape(), qubits.size())));
    }

    private Argument argument(Shape shape, int qubits) {
        return switch (shape.argument) {
            case NONE -> Argument.NOTHING;
            case PROFILE -> new Argument.Profile("logical");
            case TAG -> new Argument.Tag("here");
            case PAULI -> new Argument.Pauli(pauli(qubits));
            case ROTATION -> new Argument.Rotation(angle(), Argument.PRECISION_DEFAULT);
            case PAULI_ROTATION -> new Argument.PauliRotation(pauli(qubits), angle(), 1e-3);
            case BIT -> new Argument.Bit(random.nextBoolean());
            case CHANNEL -> new Argument.Channel(0.99, "bell_pair");
            case LINK_GATE -> new Argument.Link(one(List.of(LinkGate.values())));
            case POLICY -> new Argument.Policy(List.of(new Argument.Policy.Entry("k", "v")));
        };
    }

    private PauliString pauli(int qubits) {
        var letters = new StringBuilder(chance(30) ? "-" : "");
        for (int i = 0; i < qubits; i++) {
            boolean last = i == qubits - 1;
            letters.append("XYZI".charAt(random.nextInt(last ? 3 : 4)));
        }
        return PauliString.of(letters.toString());
    }

    /// Half of the angles are quarter turns, which a stabilizer simulator may know how to take.
    private double angle() {
        double quarters = random.nextInt(-4, 5) * Math.PI / 2;
        return chance(50) ? quarters : random.nextDouble(-4, 4);
    }

    private void end() {
        if (regionOpen) region();
        while (!openChannels.isEmpty()) passChannel(Opcode.CLOSE_CHAN);
        while (!liveQubits.isEmpty()) free(liveQubits.getFirst());
    }

    /// Changes the drafts in one place.
    private void spoil() {
        int place = random.nextInt(drafts.size());
        Draft draft = drafts.get(place);
        switch (random.nextInt(7)) {
            case 0 -> drafts.remove(place);
            case 1 -> drafts.add(place, draft);
            case 2 -> drafts.add(random.nextInt(drafts.size()), drafts.remove(place));
            case 3 -> replace(draft.qubits(), QUBITS);
            case 4 -> replace(draft.inputs(), defaults.size());
            case 5 -> replaceGuard(place, Guard.ALWAYS);
            default -> {
                if (!defaults.isEmpty()) {
                    replaceGuard(place, test(random.nextInt(defaults.size())));
                }
            }
        }
    }

    private void replace(List<Integer> handles, int bound) {
        if (!handles.isEmpty()) handles.set(random.nextInt(handles.size()), random.nextInt(bound));
    }

    private void replaceGuard(int place, Guard guard) {
        Draft old = drafts.get(place);
        drafts.set(
                place,
                new Draft(
                        old.opcode(),
                        old.qubits(),
                        old.channels(),
                        old.inputs(),
                        old.outputs(),
                        guard,
                        old.argument()));
    }

    private Graph graph() {
        var builder = new GraphBuilder();
        for (int q = 0; q < QUBITS; q++) builder.declareQubit("q" + q);
        for (int channel = 0; channel < CHANNELS; channel++) builder.declareChannel("c" + channel);
        for (int event = 0; event < defaults.size(); event++) {
            builder.declareEvent("m" + event);
            if (defaults.get(event)) builder.defaultToZero(event);
        }
        for (int event : certain) builder.output("out" + event, event);
        builder.outputsGiven();
        for (Draft draft : drafts) {
            builder.node(draft.opcode());
            for (int qubit : draft.qubits()) builder.qubit(qubit);
            for (int channel : draft.channels()) builder.channel(channel);
            for (int event : draft.inputs()) builder.input(event);
            for (int event : draft.outputs()) builder.output(event);
            builder.guard(draft.guard()).argument(draft.argument());
        }
        if (drafts.size() > 3 && chance(20)) {
            int node = 1 + random.nextInt(drafts.size() - 1);
            builder.after(node, random.nextInt(chance(20) ? drafts.size() : node));
        }
        return builder.requireWhatIsUsed().build();
    }
}
