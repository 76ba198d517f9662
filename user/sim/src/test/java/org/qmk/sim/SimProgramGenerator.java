package org.qmk.sim;

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

/// Random programs that the verifier accepts and a simulator can run, a pure function of the
/// arguments: gates of every kind, measurements on the way, resets, guards, corrections, event
/// logic, channels, and qubits that come and go.
public final class SimProgramGenerator {

    /// What may depend on events besides event logic.
    public enum Feedback {
        NONE,
        PAULI,
        ANY
    }

    private static final Argument PROFILE = new Argument.Profile("logical:Surface(d=7)");
    private static final List<Opcode> GATES_1 =
            List.of(
                    Opcode.APPLY_X,
                    Opcode.APPLY_Y,
                    Opcode.APPLY_Z,
                    Opcode.APPLY_H,
                    Opcode.APPLY_S,
                    Opcode.APPLY_SDG,
                    Opcode.APPLY_SX,
                    Opcode.APPLY_SXDG);
    private static final List<Opcode> GATES_2 =
            List.of(
                    Opcode.APPLY_CNOT,
                    Opcode.APPLY_CZ,
                    Opcode.APPLY_SWAP,
                    Opcode.APPLY_ISWAP,
                    Opcode.APPLY_ISWAPDG,
                    Opcode.TELEPORT_CNOT);
    private static final List<Opcode> MEASUREMENTS =
            List.of(Opcode.MEASURE_Z, Opcode.MEASURE_X, Opcode.MEASURE_Y);
    private static final List<Opcode> LOGIC =
            List.of(
                    Opcode.EV_CONST,
                    Opcode.EV_NOT,
                    Opcode.EV_XOR,
                    Opcode.EV_AND,
                    Opcode.EV_OR,
                    Opcode.EV_SELECT);
    private static final List<Opcode> ROTATIONS =
            List.of(Opcode.ROTATE_PAULI, Opcode.RX, Opcode.RY, Opcode.RZ);

    private final SplittableRandom random;
    private final GraphBuilder builder = new GraphBuilder();
    private final boolean cliffordOnly;
    private final Feedback feedback;
    private final List<Integer> live = new ArrayList<>();
    private final List<Integer> freed = new ArrayList<>();
    private final List<Integer> channels = new ArrayList<>();
    private final List<Integer> events = new ArrayList<>();
    private final List<Integer> padding = new ArrayList<>();
    private final int paddingPerQubit;
    private final int qubitsMax;
    private int eventNumber;
    private int channelNumber;
    private int qubitNumber;
    // How many more random bits the program may make: exact enumeration doubles with each.
    private int bitsLeft = 9;

    private SimProgramGenerator(
            long seed, int qubits, boolean cliffordOnly, Feedback feedback, int paddingPerQubit) {
        this.paddingPerQubit = paddingPerQubit;
        random = new SplittableRandom(seed);
        this.cliffordOnly = cliffordOnly;
        this.feedback = feedback;
        qubitsMax = qubits;
    }

    /// As the longer form, with feedback of a kind that depends on the seed.
    ///
    /// @param qubits the most that live at once, 3 or more
    public static Graph graph(long seed, int qubits, boolean cliffordOnly) {
        Feedback[] kinds = Feedback.values();
        return graph(seed, qubits, cliffordOnly, kinds[(int) Long.remainderUnsigned(seed, 3)]);
    }

    /// @param qubits the most that live at once, 3 or more
    /// @param cliffordOnly whether a stabilizer simulator must be able to run it
    public static Graph graph(long seed, int qubits, boolean cliffordOnly, Feedback feedback) {
        return new SimProgramGenerator(seed, qubits, cliffordOnly, feedback, 0).generate();
    }

    /// The same program, but that so many idle qubits are allocated before each new one, so that a
    /// simulator has to hold its qubits far apart.
    public static Graph padded(long seed, int qubits, boolean cliffordOnly, int paddingPerQubit) {
        Feedback[] kinds = Feedback.values();
        Feedback feedback = kinds[(int) Long.remainderUnsigned(seed, 3)];
        return new SimProgramGenerator(seed, qubits, cliffordOnly, feedback, paddingPerQubit)
                .generate();
    }

    private Graph generate() {
        alloc(1 + random.nextInt(qubitsMax - 1));
        int nodes = 10 + random.nextInt(30);
        for (int i = 0; i < nodes; i++) addSomething();
        for (int qubit : List.copyOf(live)) {
            if (bitsLeft > 0 && random.nextInt(4) != 0) measure(qubit);
        }
        while (!live.isEmpty()) free();
        for (int channel : channels) builder.node(Opcode.CLOSE_CHAN).channel(channel);
        if (!padding.isEmpty()) {
            builder.node(Opcode.FREE_LQ);
            for (int qubit : padding) builder.qubit(qubit);
        }
        return builder.requireWhatIsUsed().build();
    }

    private void addSomething() {
        int kind = random.nextInt(24);
        if (kind < 5) gate(pick(GATES_1), 1);
        else if (kind < 9) gate(pick(GATES_2), 2);
        else if (kind < 11) rotation();
        else if (kind < 13) magic();
        else if (kind < 15) measurement();
        else if (kind < 17) logic();
        else if (kind < 19) correction();
        else if (kind == 19) alloc(1);
        else if (kind == 20) discard();
        else if (kind == 21) channel();
        else if (kind == 22) passing();
        else guardedQubit();
    }

    private void gate(Opcode opcode, int qubits) {
        if (live.size() < qubits) return;
        builder.node(opcode).qubits(some(qubits));
        boolean pauli =
                opcode == Opcode.APPLY_X || opcode == Opcode.APPLY_Y || opcode == Opcode.APPLY_Z;
        maybeGuard(pauli);
    }

    private void rotation() {
        Opcode opcode = pick(ROTATIONS);
        double angle = angle();
        if (opcode == Opcode.ROTATE_PAULI) {
            int[] qubits = some(1 + random.nextInt(live.size()));
            PauliString pauli = pauli(qubits.length);
            builder.node(opcode).qubits(qubits);
            builder.argument(new Argument.PauliRotation(pauli, angle, Argument.PRECISION_DEFAULT));
        } else {
            builder.node(opcode).qubits(some(1));
            builder.argument(new Argument.Rotation(angle, Argument.PRECISION_DEFAULT));
        }
        maybeGuard(false);
    }

    private void magic() {
        if (cliffordOnly) return;
        switch (random.nextInt(5)) {
            case 0 -> gate(Opcode.APPLY_T, 1);
            case 1 -> gate(Opcode.APPLY_TDG, 1);
            case 2 -> gate(Opcode.APPLY_CCZ, 3);
            case 3 -> gate(Opcode.APPLY_TOFFOLI, 3);
            default -> {
                if (bitsLeft-- > 0) gate(Opcode.INJECT_T_STATE, 1);
            }
        }
    }

    private void measurement() {
        if (bitsLeft <= 0) return;
        switch (random.nextInt(6)) {
            case 0 -> {
                int[] qubits = some(1 + random.nextInt(live.size()));
                builder.node(Opcode.MEASURE_PAULI).qubits(qubits);
                builder.argument(new Argument.Pauli(pauli(qubits.length)));
                makeEvents(1);
            }
            case 1 -> {
                if (live.size() < 2) return;
                builder.node(Opcode.MEASURE_BELL).qubits(some(2));
                makeEvents(2);
            }
            case 2 -> {
                builder.node(Opcode.MEASURE_ANGLE).qubits(some(1));
                builder.argument(new Argument.Rotation(angle(), Argument.PRECISION_DEFAULT));
                makeEvents(1);
            }
            default -> measure(live.get(random.nextInt(live.size())));
        }
    }

    private void measure(int qubit) {
        builder.node(pick(MEASUREMENTS)).qubit(qubit);
        makeEvents(1);
    }

    private void makeEvents(int count) {
        bitsLeft -= count;
        int[] made = new int[count];
        for (int i = 0; i < count; i++) {
            made[i] = newEvent();
            builder.output(made[i]);
        }
        boolean guarded = maybeGuard(false);
        for (int event : made) {
            if (guarded) builder.defaultToZero(event);
            events.add(event);
        }
    }

    private void logic() {
        Opcode opcode = pick(LOGIC);
        int inputs =
                switch (opcode) {
                    case EV_CONST -> 0;
                    case EV_NOT -> 1;
                    case EV_SELECT -> 3;
                    default -> 2 + random.nextInt(2);
                };
        if (inputs > 0 && events.isEmpty()) return;
        builder.node(opcode);
        if (opcode == Opcode.EV_CONST) builder.argument(new Argument.Bit(random.nextBoolean()));
        for (int i = 0; i < inputs; i++) builder.input(pick(events));
        int event = newEvent();
        builder.output(event);
        if (!events.isEmpty() && random.nextInt(3) == 0) {
            builder.guard(guard(2));
            builder.defaultToZero(event);
        }
        events.add(event);
    }

    private void correction() {
        if (events.isEmpty() || feedback == Feedback.NONE) return;
        int[] qubits = some(1 + random.nextInt(Math.min(3, live.size())));
        builder.node(Opcode.COND_PAULI).qubits(qubits);
        builder.argument(new Argument.Pauli(pauli(qubits.length)));
        int inputs = random.nextInt(3);
        for (int i = 0; i < inputs; i++) builder.input(pick(events));
        if (inputs == 0 || random.nextInt(3) == 0) builder.guard(guard(2));
    }

    private void alloc(int count) {
        int fitting = Math.min(count, qubitsMax - live.size());
        if (fitting <= 0) return;
        int[] qubits = new int[fitting];
        for (int i = 0; i < fitting; i++) {
            boolean again = !freed.isEmpty() && random.nextBoolean();
            qubits[i] = again ? freed.remove(random.nextInt(freed.size())) : newQubit();
        }
        builder.node(Opcode.ALLOC_LQ).qubits(qubits).argument(PROFILE);
        for (int qubit : qubits) live.add(qubit);
    }

    private int newQubit() {
        for (int i = 0; i < paddingPerQubit; i++) {
            int idle = builder.declareQubit("p" + qubitNumber++);
            builder.node(Opcode.ALLOC_LQ).qubit(idle).argument(PROFILE);
            padding.add(idle);
        }
        return builder.declareQubit("q" + qubitNumber++);
    }

    private void discard() {
        if (bitsLeft-- <= 0) return;
        if (live.size() > 1 && random.nextBoolean()) {
            free();
        } else {
            builder.node(Opcode.RESET).qubits(some(1));
            maybeGuard(false);
        }
    }

    private void free() {
        int qubit = live.remove(random.nextInt(live.size()));
        builder.node(Opcode.FREE_LQ).qubit(qubit);
        freed.add(qubit);
    }

    private void channel() {
        if (live.size() < 2) return;
        if (channels.isEmpty() || random.nextBoolean()) {
            if (bitsLeft < 2) return;
            bitsLeft -= 2;
            int channel = builder.declareChannel("ch" + channelNumber++);
            builder.node(Opcode.OPEN_CHAN).qubits(some(2)).channel(channel);
            builder.argument(new Argument.Channel(0.99, "bell_pair"));
            channels.add(channel);
        } else {
            LinkGate[] gates = LinkGate.values();
            builder.node(Opcode.USE_CHAN).qubits(some(2)).channel(pick(channels));
            builder.argument(new Argument.Link(gates[random.nextInt(gates.length)]));
            maybeGuard(false);
        }
    }

    /// Nodes that do nothing.
    private void passing() {
        switch (random.nextInt(3)) {
            case 0 -> builder.node(Opcode.FENCE_EPOCH);
            case 1 -> builder.node(Opcode.BAR_REGION).argument(new Argument.Tag("here"));
            default -> {
                var entry = new Argument.Policy.Entry("fence", "tight");
                builder.node(Opcode.SET_POLICY).argument(new Argument.Policy(List.of(entry)));
            }
        }
    }

    /// A qubit that lives only where an event has some value, or is allocated on two paths.
    private void guardedQubit() {
        if (feedback != Feedback.ANY || events.isEmpty() || bitsLeft < 2) return;
        if (live.size() >= qubitsMax || live.isEmpty()) return;
        bitsLeft -= 2;
        int event = pick(events);
        boolean value = random.nextBoolean();
        Guard when = new Guard.Is(event, value);
        int qubit = newQubit();
        int partner = pick(live);
        builder.node(Opcode.ALLOC_LQ).qubit(qubit).argument(PROFILE).guard(when);
        builder.node(Opcode.APPLY_SX).qubit(qubit).guard(when);
        if (random.nextBoolean()) {
            Guard otherwise = new Guard.Is(event, !value);
            builder.node(Opcode.ALLOC_LQ).qubit(qubit).argument(PROFILE).guard(otherwise);
            builder.node(Opcode.APPLY_CNOT).qubits(qubit, partner);
            builder.node(Opcode.FREE_LQ).qubit(qubit);
            freed.add(qubit);
            return;
        }
        builder.node(Opcode.APPLY_CNOT).qubits(qubit, partner).guard(when);
        int made = newEvent();
        builder.node(Opcode.MEASURE_Y).qubit(qubit).output(made).guard(when);
        builder.defaultToZero(made);
        builder.node(Opcode.FREE_LQ).qubit(qubit).guard(when);
        events.add(made);
    }

    private boolean maybeGuard(boolean pauli) {
        boolean allowed = feedback == Feedback.ANY || feedback == Feedback.PAULI && pauli;
        if (!allowed || events.isEmpty() || random.nextInt(4) != 0) return false;
        builder.guard(guard(2));
        return true;
    }

    private Guard guard(int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        if (kind < 2) return new Guard.Is(pick(events), kind == 0);
        List<Guard> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) parts.add(guard(depth - 1));
        return kind == 2 ? new Guard.All(parts) : new Guard.Any(parts);
    }

    private int newEvent() {
        return builder.declareEvent("e" + eventNumber++);
    }

    private double angle() {
        if (cliffordOnly || random.nextInt(4) == 0) return (random.nextInt(13) - 6) * Math.PI / 2;
        return random.nextDouble(-7, 7);
    }

    private PauliString pauli(int length) {
        while (true) {
            var text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
            for (int i = 0; i < length; i++) text.append("IXYZ".charAt(random.nextInt(4)));
            PauliString pauli = PauliString.of(text.toString());
            if (!pauli.isIdentity()) return pauli;
        }
    }

    /// Distinct live qubits in random order.
    private int[] some(int count) {
        List<Integer> rest = new ArrayList<>(live);
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) chosen[i] = rest.remove(random.nextInt(rest.size()));
        return chosen;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
