package org.qmk.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Resource;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// What the language says of a program, worked out without the kernel: what each node depends on,
/// what it costs, what it makes.
final class ProgramFacts {

    final Verified verified;
    final Graph graph;
    final int size;

    /// Blocks of one shot.
    final int slots;

    /// By node: the nodes that come before it.
    final int[][] before;

    /// By node: whether the machine does nothing for it.
    final boolean[] free;

    /// By node: those before it that take epochs, with nothing that takes one between; all before
    /// it where every gate takes an epoch.
    final int[][] over;

    /// By node: epochs in which it takes an operation, and epochs from it to what follows.
    final int[] epochs;

    final int[] lasts;

    /// By node and resource: what one shot takes.
    final int[][] costs;

    /// By node: the events that it makes.
    final int[][] makes;

    /// By node: the events that must be known before a machine can do it.
    final int[][] reads;

    /// By node: whether it can be taken back.
    final boolean[] reversible;

    /// By node: the qubits that it names.
    final int[][] qubits;

    final boolean[] guarded;

    /// By node: whether it brings qubits together.
    final boolean[] together;

    /// By resource: the most that one shot of one node takes.
    final int[] costMax = new int[Resource.COUNT];

    /// What one shot needs of each capability that the program asks for, in the kernel's order.
    final Map<Capability, Long> needs = new EnumMap<>(Capability.class);

    /// By qubit: the slot of the shot that it has, where the program allocates all qubits at once;
    /// else empty.
    final int[] slotOf;

    ProgramFacts(Verified verified, MachineShape machine) {
        this.verified = verified;
        this.graph = verified.graph();
        this.size = graph.size();
        this.slots = verified.qubitsPeak();
        this.before = new int[size][];
        this.free = new boolean[size];
        this.over = new int[size][];
        this.epochs = new int[size];
        this.lasts = new int[size];
        this.costs = new int[size][Resource.COUNT];
        this.makes = new int[size][];
        this.reads = new int[size][];
        this.reversible = new boolean[size];
        this.qubits = new int[size][];
        this.guarded = new boolean[size];
        this.together = new boolean[size];
        for (int node = 0; node < size; node++) describe(node, machine);
        order(machine.times().cliffords() > 0);
        needs(machine.statesPerRotation());
        this.slotOf = slotOf();
    }

    private void describe(int node, MachineShape machine) {
        Opcode opcode = graph.opcode(node);
        Shape shape = opcode.shape();
        guarded[node] = graph.guardIndex(node) != 0;
        makes[node] = handles(node, Operand.Kind.OUTPUT);
        qubits[node] = handles(node, Operand.Kind.QUBIT);
        TreeSet<Integer> awaited = new TreeSet<>();
        if (!opcode.inSoftware()) collect(graph.guard(node), awaited);
        reads[node] = awaited.stream().mapToInt(Integer::intValue).toArray();
        boolean undone = !(opcode.undo() instanceof Undo.Never);
        reversible[node] = undone && makes[node].length == 0 && shape.outputs == 0;
        boolean apart = shape == Shape.ALLOC || shape == Shape.FREE || shape == Shape.RESET;
        together[node] =
                !opcode.inSoftware()
                        && !apart
                        && shape != Shape.CORRECTION
                        && qubits[node].length > 1;
        boolean rotation = opcode.family() == Family.ROTATION;
        double eighths = rotation ? eighths(node) : 0;
        boolean paulis = machine.times().cliffords() == 0;
        boolean clifford = apart || opcode.family() == Family.CLIFFORD;
        if (rotation) clifford = eighths % 2 == 0;
        free[node] = opcode.inSoftware() || paulis && clifford;
        if (free[node]) return;
        boolean synthesised = rotation && !(paulis && eighths % 1 == 0);
        boolean triple = opcode == Opcode.APPLY_CCZ || opcode == Opcode.APPLY_TOFFOLI;
        epochs[node] = triple ? machine.times().ccz() : 1;
        lasts[node] = epochs[node] + (synthesised ? machine.times().rotationTail() : 0);
        int[] cost = costs[node];
        cost[Resource.OPERATIONS.ordinal()] = 1;
        cost[Resource.LANES.ordinal()] = together[node] ? 1 : 0;
        cost[Resource.MEASUREMENTS.ordinal()] = shape.outputs;
        cost[Resource.MAGIC.ordinal()] =
                synthesised ? machine.statesPerRotation() : rotation ? 1 : opcode.tCount();
        for (int i = 0; i < cost.length; i++) costMax[i] = Math.max(costMax[i], cost[i]);
    }

    /// The angle of a rotation in units of pi/4, as the generated programs have it.
    private double eighths(int node) {
        return switch (graph.argument(node)) {
            case Argument.Rotation(double angle, double _) -> angle / (Math.PI / 4);
            case Argument.PauliRotation(var _, double angle, double _) -> angle / (Math.PI / 4);
            case Argument other -> throw new IllegalStateException("no angle: " + other);
        };
    }

    private int[] handles(int node, Operand.Kind kind) {
        int[] found = new int[graph.count(node, kind)];
        int count = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            if (Operand.kind(graph.operand(i)) != kind) continue;
            found[count++] = Operand.index(graph.operand(i));
        }
        return found;
    }

    private static void collect(Guard guard, TreeSet<Integer> events) {
        switch (guard) {
            case Guard.Always() -> {}
            case Guard.Is(int event, boolean _) -> events.add(event);
            case Guard.All(var parts) -> parts.forEach(part -> collect(part, events));
            case Guard.Any(var parts) -> parts.forEach(part -> collect(part, events));
        }
    }

    /// Finds what each node depends on: the former use of each of its handles, the makers of the
    /// events that it and its guard read, the last fence, its edges, and what frees before it
    /// allocates.
    private void order(boolean all) {
        int[] qubitUse = filled(graph.qubits().size());
        int[] channelUse = filled(graph.channels().size());
        int[] maker = filled(graph.events().size());
        List<Integer> frees = new ArrayList<>();
        List<Integer> passed = new ArrayList<>();
        int fence = -1;
        for (int position = 0; position < size; position++) {
            int node = verified.orderAt(position);
            TreeSet<Integer> found = new TreeSet<>();
            if (fence >= 0) found.add(fence);
            TreeSet<Integer> events = new TreeSet<>();
            collect(graph.guard(node), events);
            for (int event : handles(node, Operand.Kind.INPUT)) events.add(event);
            for (int event : events) if (maker[event] >= 0) found.add(maker[event]);
            use(handles(node, Operand.Kind.QUBIT), qubitUse, node, found);
            use(handles(node, Operand.Kind.CHANNEL), channelUse, node, found);
            for (int event : makes[node]) maker[event] = node;
            for (int edge = 0; edge < graph.afterCount(); edge++) {
                if (graph.afterNode(edge) == node) found.add(graph.afterTarget(edge));
            }
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ) found.addAll(frees);
            if (opcode == Opcode.FREE_LQ) frees.add(node);
            if (opcode == Opcode.FENCE_EPOCH) {
                found.addAll(passed);
                fence = node;
            }
            passed.add(node);
            before[node] = found.stream().mapToInt(Integer::intValue).toArray();
            TreeSet<Integer> reached = new TreeSet<>();
            for (int earlier : found) {
                if (!free[earlier] || all && !free[node]) reached.add(earlier);
                if (free[earlier]) for (int further : over[earlier]) reached.add(further);
            }
            over[node] = reached.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, -1);
        return none;
    }

    private static void use(int[] handles, int[] lastUse, int node, TreeSet<Integer> found) {
        for (int handle : handles) {
            if (lastUse[handle] >= 0) found.add(lastUse[handle]);
            lastUse[handle] = node;
        }
    }

    private void needs(int statesPerRotation) {
        long links = 0;
        long teleports = 0;
        long magic = 0;
        for (int node = 0; node < size; node++) {
            Opcode opcode = graph.opcode(node);
            magic += opcode.family() == Family.ROTATION ? statesPerRotation : opcode.tCount();
            if (opcode == Opcode.TELEPORT_CNOT) teleports++;
            else if (opcode.family() == Family.LINK && opcode != Opcode.CLOSE_CHAN) links++;
        }
        for (Capability kind : graph.capabilities()) {
            long amount =
                    switch (kind) {
                        case ALLOC -> slots;
                        case MAGIC -> magic;
                        case LINK -> links;
                        case TELEPORT -> teleports;
                        case CHECKPOINT, MIGRATE, OBSERVE, DELEGATE, ADMIN -> 0;
                    };
            needs.put(kind, amount);
        }
    }

    private int[] slotOf() {
        int[] slot = filled(graph.qubits().size());
        int count = 0;
        int allocs = 0;
        for (int node = 0; node < size; node++) {
            if (graph.opcode(node) != Opcode.ALLOC_LQ) continue;
            allocs++;
            for (int qubit : qubits[node]) slot[qubit] = count++;
        }
        return allocs == 1 ? slot : new int[0];
    }
}
