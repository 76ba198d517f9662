package org.qmk.optimizer;

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

/// Random programs that the verifier accepts, a pure function of the seed: gates, measurements on
/// the way, resets, guards, corrections, event logic, fences, regions, channels, explicit edges in
/// both directions, labels, and qubits that come and go.
final class MeasuredProgramGenerator {

    private static final Argument PROFILE = new Argument.Profile("logical");
    private static final Argument POLICY =
            new Argument.Policy(List.of(new Argument.Policy.Entry("fence", "tight")));
    private static final List<Opcode> ONE =
            List.of(
                    Opcode.APPLY_X,
                    Opcode.APPLY_Y,
                    Opcode.APPLY_Z,
                    Opcode.APPLY_H,
                    Opcode.APPLY_H,
                    Opcode.APPLY_S,
                    Opcode.APPLY_SDG,
                    Opcode.APPLY_SX,
                    Opcode.APPLY_SXDG,
                    Opcode.APPLY_T,
                    Opcode.APPLY_T,
                    Opcode.APPLY_TDG);
    private static final List<Opcode> TWO =
            List.of(
                    Opcode.APPLY_CNOT,
                    Opcode.APPLY_CNOT,
                    Opcode.APPLY_CZ,
                    Opcode.APPLY_SWAP,
                    Opcode.APPLY_ISWAP,
                    Opcode.TELEPORT_CNOT);

    private final SplittableRandom random;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Integer> live = new ArrayList<>();
    private final List<Integer> freed = new ArrayList<>();
    private final List<Integer> events = new ArrayList<>();
    private final int[] names = new int[5];
    private int channel = -1;
    private boolean reversible;
    private int regions;
    private int fence;
    private int bitsLeft = 7;

    private MeasuredProgramGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    static Graph graph(long seed) {
        return new MeasuredProgramGenerator(seed).generate();
    }

    private Graph generate() {
        for (int i = 0; i < names.length; i++) {
            names[i] = builder.declareQubit("q" + i);
            freed.add(names[i]);
        }
        for (int i = 0; i < 3; i++) allocate();
        int nodes = 20 + random.nextInt(60);
        for (int i = 0; i < nodes; i++) addSomething();
        if (reversible) toggleRegion();
        for (int qubit : List.copyOf(live)) {
            if (bitsLeft > 0) measure(Opcode.MEASURE_Z, qubit);
        }
        if (channel >= 0) builder.node(Opcode.CLOSE_CHAN).channel(channel);
        builder.node(Opcode.FREE_LQ);
        for (int qubit : live) builder.qubit(qubit);
        return builder.requireWhatIsUsed().build();
    }

    private void addSomething() {
        int kind = random.nextInt(40);
        if (kind < 14) one();
        else if (kind < 23) two();
        else if (kind < 26) three();
        else if (kind < 28) rotation();
        else if (kind == 28) toggleRegion();
        else if (kind == 29) passing();
        else if (reversible) one();
        else if (kind < 33) measurement();
        else if (kind == 33) logic();
        else if (kind == 34) correction();
        else if (kind == 35) allocate();
        else if (kind == 36) discard();
        else if (kind == 37) channel();
        else guarded();
        edges();
    }

    private void one() {
        builder.node(pick(ONE)).qubits(some(1));
        if (random.nextInt(20) == 0) builder.label("n" + builder.size());
    }

    private void two() {
        Opcode opcode = pick(TWO);
        if (live.size() < 2 || reversible && opcode == Opcode.TELEPORT_CNOT) return;
        builder.node(opcode).qubits(some(2));
    }

    private void three() {
        if (live.size() < 3) return;
        builder.node(random.nextBoolean() ? Opcode.APPLY_CCZ : Opcode.APPLY_TOFFOLI);
        builder.qubits(some(3));
    }

    private void rotation() {
        double angle =
                random.nextBoolean()
                        ? (random.nextInt(17) - 8) * Math.PI / 4
                        : random.nextDouble(-4, 4);
        double precision = random.nextInt(3) == 0 ? 1e-6 : Argument.PRECISION_DEFAULT;
        if (random.nextInt(3) == 0) {
            int[] qubits = some(1 + random.nextInt(live.size()));
            builder.node(Opcode.ROTATE_PAULI).qubits(qubits);
            PauliString pauli = pauli(qubits.length);
            builder.argument(new Argument.PauliRotation(pauli, angle, precision));
            return;
        }
        builder.node(pick(List.of(Opcode.RX, Opcode.RY, Opcode.RZ))).qubits(some(1));
        builder.argument(new Argument.Rotation(angle, precision));
    }

    private void toggleRegion() {
        if (!reversible) regions++;
        String tag = (reversible ? "rev-" : "rev+") + regions;
        builder.node(Opcode.BAR_REGION).argument(new Argument.Tag(tag));
        reversible = !reversible;
    }

    private void passing() {
        if (random.nextBoolean()) {
            builder.node(Opcode.FENCE_EPOCH);
            fence = builder.size() - 1;
        } else {
            builder.node(Opcode.BAR_REGION).argument(new Argument.Tag("here"));
        }
        if (random.nextBoolean()) builder.label("p" + builder.size());
    }

    private void measurement() {
        if (bitsLeft <= 0) return;
        if (random.nextInt(4) == 0) {
            int[] qubits = some(1 + random.nextInt(live.size()));
            builder.node(Opcode.MEASURE_PAULI).qubits(qubits);
            builder.argument(new Argument.Pauli(pauli(qubits.length)));
            made();
            return;
        }
        Opcode opcode = pick(List.of(Opcode.MEASURE_Z, Opcode.MEASURE_X, Opcode.MEASURE_Y));
        measure(opcode, pick(live));
    }

    private void measure(Opcode opcode, int qubit) {
        builder.node(opcode).qubit(qubit);
        made();
    }

    private void made() {
        bitsLeft--;
        int event = builder.declareEvent("e" + events.size());
        builder.output(event);
        if (!events.isEmpty() && random.nextInt(6) == 0) {
            builder.guard(guard());
            builder.defaultToZero(event);
        }
        if (random.nextInt(8) == 0) builder.label("m" + builder.size());
        events.add(event);
    }

    private void logic() {
        if (events.isEmpty()) return;
        Opcode opcode = pick(List.of(Opcode.EV_XOR, Opcode.EV_AND, Opcode.EV_OR));
        builder.node(opcode).input(pick(events)).input(pick(events));
        int event = builder.declareEvent("e" + events.size());
        builder.output(event);
        events.add(event);
    }

    private void correction() {
        if (events.isEmpty()) return;
        int[] qubits = some(1 + random.nextInt(live.size()));
        builder.node(Opcode.COND_PAULI).qubits(qubits).input(pick(events));
        builder.argument(new Argument.Pauli(pauli(qubits.length)));
    }

    private void allocate() {
        if (freed.isEmpty()) return;
        int qubit = freed.remove(random.nextInt(freed.size()));
        builder.node(Opcode.ALLOC_LQ).qubit(qubit).argument(PROFILE);
        live.add(qubit);
    }

    private void discard() {
        if (bitsLeft <= 0) return;
        bitsLeft--;
        if (live.size() > 2 && random.nextBoolean()) {
            int qubit = live.remove(random.nextInt(live.size()));
            builder.node(Opcode.FREE_LQ).qubit(qubit);
            freed.add(qubit);
        } else {
            builder.node(Opcode.RESET).qubits(some(1));
        }
    }

    private void channel() {
        if (channel < 0) {
            if (bitsLeft < 2) return;
            bitsLeft -= 2;
            int[] qubits = some(2);
            channel = builder.declareChannel("link");
            builder.node(Opcode.OPEN_CHAN).qubits(qubits).channel(channel);
            builder.argument(new Argument.Channel(0.5, "bell_pair"));
            return;
        }
        builder.node(Opcode.USE_CHAN).qubits(some(2)).channel(channel);
        builder.argument(new Argument.Link(pick(List.of(LinkGate.values()))));
    }

    private void guarded() {
        if (events.isEmpty()) return;
        Guard guard = guard();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int before = builder.size();
            if (random.nextBoolean()) one();
            else two();
            if (builder.size() > before) builder.guard(guard);
        }
    }

    private Guard guard() {
        Guard first = new Guard.Is(pick(events), random.nextBoolean());
        if (random.nextInt(3) != 0) return first;
        Guard second = new Guard.Is(pick(events), random.nextBoolean());
        return random.nextBoolean()
                ? new Guard.All(List.of(first, second))
                : new Guard.Any(List.of(first, second));
    }

    private void edges() {
        int node = builder.size() - 1;
        if (node > 5 && random.nextInt(10) == 0) builder.after(node, random.nextInt(node));
        if (node != fence && random.nextInt(20) == 0) {
            // An edge that points forward. Only a fence would be waited for as well.
            builder.node(Opcode.SET_POLICY).argument(POLICY);
            builder.after(node, node + 1);
        }
    }

    private PauliString pauli(int length) {
        while (true) {
            var text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
            for (int i = 0; i < length; i++) text.append("IXYZ".charAt(random.nextInt(4)));
            PauliString pauli = PauliString.of(text.toString());
            if (!pauli.isIdentity()) return pauli;
        }
    }

    private int[] some(int count) {
        List<Integer> rest = new ArrayList<>(live);
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) chosen[i] = rest.remove(random.nextInt(rest.size()));
        return chosen;
    }

    private <E> E pick(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }
}
