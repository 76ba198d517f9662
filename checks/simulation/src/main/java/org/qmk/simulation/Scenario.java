package org.qmk.simulation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.device.TileFloor;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineModel;
import org.qmk.verifier.Verified;

/// One run: all that follows from a seed before it begins.
final class Scenario {

    /// Epochs before shares are counted.
    static final int WARM_UP_EPOCHS = 40;

    /// What is special about a run.
    enum Kind {
        PLAIN,
        /// Every tenant always wants more than there is.
        SATURATED,
        /// As that, and a tenant's own jobs have priorities, so that some of them starve.
        CROWDED,
        /// Most jobs have deadlines, and the machine is sound.
        TIMED,
        /// A journal is written, cut at any byte, and recovered.
        CRASHING,
        /// The same inputs are fed again, as they were and with a change.
        REPEATED,
        /// The simulated device of `qmk run` carries the plans out.
        SIMULATED
    }

    private static final int UNLIMITED = MachineShape.UNLIMITED;

    private final long seed;
    private final long epochs;
    private final Kind kind;
    private final int tenants;
    private final MachineShape machine;
    private final KernelLimits limits;
    private final Policy policy;
    private final FaultLevel faults;
    private final boolean channels;
    private final boolean bursty;
    private final double arrivals;
    private final List<Verified> programs = new ArrayList<>();
    private final Map<Verified, ProgramFacts> facts = new IdentityHashMap<>();

    Scenario(long seed, SimulationRequest request) {
        Dice dice = Dice.of(seed, 1);
        this.seed = seed;
        this.kind = kind(dice, request);
        boolean full = saturated();
        this.tenants = request.tenants().orElse(dice.from(2, full ? 4 : 6));
        boolean timed = kind == Kind.TIMED;
        boolean strict = !full && !timed && (request.strict() || dice.oneIn(5));
        Policy.Order order = request.order().orElse(order(dice));
        this.machine =
                full
                        ? saturated(dice)
                        : request.machine()
                                .map(MachineModel::shape)
                                .orElse(special(machine(dice), Dice.of(seed, 7), timed));
        this.faults =
                full || timed || kind == Kind.SIMULATED
                        ? FaultLevel.NONE
                        : request.faults().orElse(FaultLevel.values()[dice.from(0, 4) * 2 / 3]);
        this.channels = !strict && !full && dice.oneIn(3);
        this.bursty = dice.oneIn(3);
        this.arrivals = timed ? 0.5 : 0.05 + 0.05 * dice.below(8);
        this.policy =
                new Policy(
                        full ? Policy.Order.FAIR : order,
                        strict ? tenants : 0,
                        order == Policy.Order.FIFO ? 1000 : dice.from(2, 6),
                        dice.from(2, 8),
                        // A starved job is served whatever its tenant's share.
                        dice.from(8, 40) + (kind == Kind.SATURATED ? 100 : 0),
                        dice.from(1, 3),
                        dice.from(3, 9),
                        dice.from(6, 40));
        this.limits =
                full
                        ? KernelLimits.DEFAULT
                        : new KernelLimits(
                                64,
                                3,
                                dice.from(16, 40),
                                dice.from(2, 5),
                                strict ? 6 * tenants : dice.from(8, 20),
                                64,
                                dice.from(2, 12),
                                256);
        this.epochs =
                switch (kind) {
                    case PLAIN, TIMED -> request.epochs();
                    case SATURATED, CROWDED -> Math.min(request.epochs(), 1500);
                    case CRASHING, REPEATED -> Math.min(request.epochs(), 200);
                    case SIMULATED -> Math.min(request.epochs(), 400);
                };
        fill(dice);
    }

    private static Kind kind(Dice dice, SimulationRequest request) {
        int drawn = dice.below(24);
        boolean free = !request.strict() && request.machine().isEmpty();
        if (drawn < 2) return free ? Kind.SATURATED : Kind.PLAIN;
        if (drawn < 4) return Kind.CRASHING;
        if (drawn < 6) return Kind.REPEATED;
        if (drawn < 7) return Kind.SIMULATED;
        if (drawn < 8 && free) return Kind.CROWDED;
        return drawn < 10 && !request.strict() ? Kind.TIMED : Kind.PLAIN;
    }

    private static Policy.Order order(Dice dice) {
        return switch (dice.below(5)) {
            case 0 -> Policy.Order.FIFO;
            case 1 -> Policy.Order.ROUND_ROBIN;
            default -> Policy.Order.FAIR;
        };
    }

    private static MachineShape saturated(Dice dice) {
        return MachineShape.plain("saturated", 96, dice.from(4, 7), 3);
    }

    private static MachineShape machine(Dice dice) {
        List<MachineShape.Factory> one = List.of(new MachineShape.Factory(2, 24));
        List<MachineShape.Factory> two =
                List.of(new MachineShape.Factory(2, 16), new MachineShape.Factory(1, 8));
        return switch (dice.below(6)) {
            case 0 -> MachineShape.plain("plain", 16, 8, 3);
            case 1 ->
                    new MachineShape(
                            "one",
                            1,
                            16,
                            5,
                            new MachineShape.Rates(12, 6, 6, 96),
                            8,
                            one,
                            List.of());
            case 2 ->
                    new MachineShape(
                            "pair",
                            2,
                            8,
                            3,
                            new MachineShape.Rates(10, 5, 5, 64),
                            8,
                            two,
                            List.of(new MachineShape.Link(0, 1, 2, 24, 0.95)));
            case 3 ->
                    new MachineShape(
                            "apart",
                            3,
                            6,
                            3,
                            new MachineShape.Rates(12, 8, 8, UNLIMITED),
                            8,
                            one,
                            List.of());
            case 4 ->
                    new MachineShape(
                            "ring",
                            4,
                            6,
                            3,
                            new MachineShape.Rates(16, 8, 8, 80),
                            8,
                            two,
                            List.of(
                                    new MachineShape.Link(0, 1, 6, 64, 0.95),
                                    new MachineShape.Link(1, 2, 6, 64, 0.9),
                                    new MachineShape.Link(2, 3, 6, 64, 0.95),
                                    new MachineShape.Link(0, 3, 6, 64, 0.98)));
            default ->
                    new MachineShape(
                            "tight",
                            1,
                            12,
                            3,
                            new MachineShape.Rates(6, 3, 2, 36),
                            6,
                            List.of(new MachineShape.Factory(1, 14)),
                            List.of());
        };
    }

    /// Some machines have a floor of tiles, or operations of no epoch or several, or both.
    private static MachineShape special(MachineShape machine, Dice dice, boolean timed) {
        int drawn = dice.below(8);
        boolean free = dice.oneIn(2);
        // Deadlines are kept where every operation takes an epoch and no planner has a say.
        int tail = dice.oneIn(3) ? 0 : dice.from(1, 5);
        int ccz = dice.oneIn(3) ? 1 : dice.from(2, 4);
        boolean ports = dice.below(3) > 0;
        MachineShape shape = machine;
        var times = new OperationTimes(free ? 0 : 1, tail, ccz);
        if (!timed && drawn < 3) shape = with(times, shape);
        boolean floor = !timed && (drawn == 2 || drawn == 3 || drawn == 4);
        return floor ? shape.on(floor(machine.blocksPerModule(), ports)) : shape;
    }

    private static MachineShape with(OperationTimes times, MachineShape machine) {
        return new MachineShape(
                machine.name(),
                machine.modules(),
                machine.blocksPerModule(),
                machine.roundsPerEpoch(),
                machine.rates(),
                machine.statesPerRotation(),
                machine.factories(),
                machine.links(),
                times);
    }

    /// Two rows of blocks with a corridor between them.
    private static TileFloor floor(int blocks, boolean ports) {
        int above = (blocks + 1) / 2;
        int below = blocks / 2;
        return new TileFloor(
                List.of(
                        "Q".repeat(above) + "#",
                        ".".repeat(above) + (ports ? "P" : "."),
                        "Q".repeat(below) + "#".repeat(above + 1 - below)));
    }

    private void fill(Dice dice) {
        if (saturated()) {
            add(ProgramGenerator.steady(4, 12));
            return;
        }
        boolean magic = dice.below(4) > 0;
        for (int i = 0; i < 14; i++) {
            int qubits = dice.oneIn(16) ? 0 : dice.from(1, 5);
            add(ProgramGenerator.of(dice, qubits, dice.from(1, 24), magic && dice.oneIn(2)));
        }
        if (magic) add(ProgramGenerator.of(dice, 3, 30, true));
        add(ProgramGenerator.steady(dice.from(1, 3), dice.from(5, 30)));
        if (machine.modules() > 1 && machine.blocksPerModule() < 64) {
            int size = machine.blocksPerModule();
            int wide = size + dice.from(1, size);
            add(ProgramGenerator.chain(wide, wide / 2, dice.from(1, 12)));
        }
        add(ProgramGenerator.chain(Math.min(20, machine.blocks() + 1), 1, 1));
    }

    private void add(Verified program) {
        programs.add(program);
        facts(program);
    }

    ProgramFacts facts(Verified program) {
        return facts.computeIfAbsent(program, made -> new ProgramFacts(made, machine));
    }

    long seed() {
        return seed;
    }

    long epochs() {
        return epochs;
    }

    Kind kind() {
        return kind;
    }

    int tenants() {
        return tenants;
    }

    MachineShape machine() {
        return machine;
    }

    KernelLimits limits() {
        return limits;
    }

    Policy policy() {
        return policy;
    }

    FaultLevel faults() {
        return faults;
    }

    boolean channels() {
        return channels;
    }

    /// Whether every tenant always wants more than there is.
    boolean saturated() {
        return kind == Kind.SATURATED || kind == Kind.CROWDED;
    }

    boolean bursty() {
        return bursty;
    }

    double arrivals() {
        return arrivals;
    }

    List<Verified> programs() {
        return programs;
    }

    @Override
    public String toString() {
        String floor = machine.floor().isNone() ? "" : ", on a floor";
        return "%s run on machine %s, %s%s, %d tenants, faults %s, %s"
                .formatted(
                        kind,
                        machine.name(),
                        machine.times(),
                        floor,
                        tenants,
                        faults.word(),
                        policy);
    }
}
