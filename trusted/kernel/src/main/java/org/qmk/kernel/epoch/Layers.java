package org.qmk.kernel.epoch;

import java.util.Arrays;
import org.qmk.device.EpochPlan;
import org.qmk.device.JobId;
import org.qmk.device.OperationTimes;
import org.qmk.kernel.call.Resource;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// The nodes of a program in the order of the earliest epoch in which each can happen, and what
/// each layer costs.
///
/// A node that the machine carries out begins after the epochs of all that it depends on: the
/// former uses of its qubits and channels, the events that it reads, fences and explicit edges. A
/// node that takes no epoch happens in the epoch of what it depends on.
///
/// An allocation also waits for every FREE before it in the verifier's order. So the allocations
/// done at any time are followed by no fewer FREEs than in that order, and no more qubits are live
/// at once than `Verified.qubitsPeak` says.
public final class Layers {

    /// Instead of another qubit: the qubit is taken, given back, or surely alone from now on.
    public static final int TAKEN = -1;

    public static final int GIVEN = -2;
    public static final int ALONE = -3;

    /// Places in the row of a layer.
    private static final int SHARE = Resource.COUNT;

    private static final int TAIL = SHARE + 1;
    private static final int BEFORE = TAIL + 1;
    private static final int ROW = BEFORE + 1;
    private static final int[] NONE = {};

    private final Graph graph;
    private final int[] nodes;

    /// Position past the last node of each layer.
    private final int[] ends;

    /// By layer, and past the last: what one shot takes of each resource; the largest share of one
    /// that this is of an epoch; the epochs of synthesis that follow; the epochs of all before.
    private final long[] rows;

    private final int[] costsMax = new int[Resource.COUNT];

    /// By position: outcomes that must be decoded before the node; empty if none waits.
    private final int[] needs;

    /// By place in the order of issue: the event of an outcome.
    private final int[] events;

    /// By position, and past the last: the outcomes of a shot that nodes before make, and then how
    /// many of the steps below belong to nodes before.
    private final int[] before;

    /// What the nodes do to the cells of entangled qubits, in order: a qubit, and another that it
    /// comes together with, or one of the constants.
    private int[] cellQubits = new int[32];

    private final int statesPerRotation;
    private final OperationTimes times;

    private Layers(
            Graph graph,
            int[] nodes,
            int[] ends,
            int statesPerRotation,
            OperationTimes times,
            long[] capacity) {
        this.graph = graph;
        this.nodes = nodes;
        this.statesPerRotation = statesPerRotation;
        this.times = times;
        this.ends = ends;
        this.rows = new long[(ends.length + 1) * ROW];
        this.before = new int[2 * nodes.length + 2];
        int position = 0;
        long[] cost = new long[Resource.COUNT];
        long[] taken = new long[Resource.COUNT];
        for (int layer = 0; layer < ends.length; layer++) {
            Arrays.fill(taken, 0);
            int row = layer * ROW;
            int longest = 1;
            long more = 0;
            for (; position < ends[layer]; position++) {
                int at = 2 * position;
                before[at + 2] = before[at] + graph.count(nodes[position], Operand.Kind.OUTPUT);
                before[at + 3] = addCellSteps(nodes[position], before[at + 1]);
                costs(position, 1, cost);
                for (int i = 0; i < cost.length; i++) {
                    taken[i] += cost[i];
                    costsMax[i] = Math.max(costsMax[i], (int) cost[i]);
                }
                longest = Math.max(longest, epochs(position));
                more += epochs(position) - 1;
                if (times.synthesised(graph, nodes[position])) {
                    rows[row + TAIL] = times.rotationTail();
                }
            }
            System.arraycopy(taken, 0, rows, row, Resource.COUNT);
            taken[Resource.OPERATIONS.ordinal()] += more;
            rows[row + SHARE] = FairShare.dominant(taken, capacity);
            rows[row + ROW + BEFORE] = rows[row + BEFORE] + Math.max(longest, 1 + rows[row + TAIL]);
        }
        this.events = new int[outcomesBefore(nodes.length)];
        this.needs = needs();
    }

    /// Notes what a node does to cells.
    ///
    /// @return how many steps there are then
    private int addCellSteps(int node, int before) {
        Opcode opcode = graph.opcode(node);
        boolean joins = joins(graph, node);
        boolean one = opcode.shape() == Shape.MEASURE_1 || opcode.shape() == Shape.MEASURE_ANGLE;
        int what = opcode == Opcode.ALLOC_LQ ? TAKEN : opcode == Opcode.FREE_LQ ? GIVEN : ALONE;
        // What is guarded may not happen.
        boolean surely = what == TAKEN || graph.guardIndex(node) == 0;
        boolean parts = what != ALONE || one || opcode == Opcode.RESET;
        if (!joins && !(parts && surely)) return before;
        int steps = before;
        int qubits = graph.count(node, Operand.Kind.QUBIT);
        for (int i = joins ? 1 : 0; i < qubits; i++) {
            if (2 * steps == cellQubits.length) cellQubits = Arrays.copyOf(cellQubits, 4 * steps);
            cellQubits[2 * steps] = graph.qubit(node, joins ? 0 : i);
            cellQubits[2 * steps++ + 1] = joins ? graph.qubit(node, i) : what;
        }
        return steps;
    }

    /// @param statesPerRotation magic states that one rotation consumes
    /// @param capacity by resource: what an epoch gives of it
    public static Layers of(
            Verified program, int statesPerRotation, OperationTimes times, long[] capacity) {
        Graph graph = program.graph();
        int[] levels = levels(program, times);
        // What needs nothing happens in the first epoch, not in one of its own.
        for (int node = 0; node < levels.length; node++) {
            levels[node] = Math.max(1, (levels[node] + 1) / 2);
        }
        int deepest = 0;
        for (int level : levels) deepest = Math.max(deepest, level);
        int[] starts = new int[deepest + 2];
        for (int level : levels) starts[level + 1]++;
        for (int i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
        int[] next = Arrays.copyOf(starts, deepest + 1);
        int[] nodes = new int[graph.size()];
        for (int position = 0; position < nodes.length; position++) {
            int node = program.orderAt(position);
            nodes[next[levels[node]]++] = node;
        }
        int layers = 0;
        int[] ends = new int[deepest + 1];
        for (int level = 0; level <= deepest; level++) {
            if (starts[level + 1] > starts[level]) ends[layers++] = starts[level + 1];
        }
        ends = Arrays.copyOf(ends, layers);
        return new Layers(graph, nodes, ends, statesPerRotation, times, capacity);
    }

    /// The number of nodes.
    public int size() {
        return nodes.length;
    }

    public int node(int position) {
        return nodes[position];
    }

    public int count() {
        return ends.length;
    }

    /// The epochs that the layers before a given one take when nothing makes them wait.
    public long epochsBefore(int layer) {
        return rows[layer * ROW + BEFORE];
    }

    /// Epochs in which the node at a position takes operations.
    int epochs(int position) {
        return times.epochs(graph, nodes[position]);
    }

    /// Whether something may take more than one epoch.
    boolean anyLasts() {
        return times.anyLasts();
    }

    /// How many epochs what is issued from one position to another of its layer goes on after the
    /// epoch of issue; the second is the smaller one where nodes are taken back.
    int lasting(int from, int to) {
        int low = Math.min(from, to);
        int longest = 1;
        for (int at = low; at < Math.max(from, to); at++) longest = Math.max(longest, epochs(at));
        int layer = layer(low);
        boolean over = to == (to > from ? layerEnd(layer) : layerStart(layer));
        return Math.max(longest - 1, over ? (int) rows[layer * ROW + TAIL] : 0);
    }

    /// The layer that the given position is in.
    int layer(int position) {
        int place = Arrays.binarySearch(ends, position);
        return place < 0 ? -place - 1 : place + 1;
    }

    int layerStart(int layer) {
        return layer == 0 ? 0 : layerEnd(layer - 1);
    }

    int layerEnd(int layer) {
        return ends[layer];
    }

    /// What one shot of a whole layer takes of the resource with the given ordinal.
    long layerCost(int layer, int resource) {
        return rows[layer * ROW + resource];
    }

    /// The largest share of a resource that one shot of a whole layer takes, see `FairShare`.
    long layerShare(int layer) {
        return rows[layer * ROW + SHARE];
    }

    /// What one shot of the node at a position takes of a resource.
    public int cost(int position, Resource resource) {
        long[] costs = new long[Resource.COUNT];
        costs(position, 1, costs);
        return (int) costs[resource.ordinal()];
    }

    /// What some shots of the node at a position take of each resource.
    void costs(int position, long shots, long[] into) {
        int node = nodes[position];
        Arrays.fill(into, 0);
        if (times.free(graph, node)) return;
        into[Resource.OPERATIONS.ordinal()] = shots;
        into[Resource.LANES.ordinal()] = joins(graph, node) ? shots : 0;
        into[Resource.MEASUREMENTS.ordinal()] = shots * graph.opcode(node).shape().outputs;
        into[Resource.MAGIC.ordinal()] = shots * times.states(graph, node, statesPerRotation);
    }

    /// The most that one shot of any single node takes of a resource.
    public int costMax(Resource resource) {
        return costsMax[resource.ordinal()];
    }

    /// Whether some node waits for an outcome.
    boolean waits() {
        return needs.length > 0;
    }

    /// Outcomes of the wave that must be decoded before the node at a position can happen.
    int needs(int position) {
        return needs.length == 0 ? 0 : needs[position];
    }

    /// The event of the outcome with the given place in the order of issue.
    int event(int place) {
        return events[place];
    }

    /// Outcomes of a shot that nodes before a position make.
    int outcomesBefore(int position) {
        return before[2 * position];
    }

    /// How many of the steps that change cells belong to nodes before a position.
    public int cellSteps(int position) {
        return before[2 * position + 1];
    }

    /// The qubit of a step.
    public int cellQubit(int step) {
        return cellQubits[2 * step];
    }

    /// The qubit that it comes together with, or `TAKEN`, `GIVEN`, `ALONE`.
    public int cellOther(int step) {
        return cellQubits[2 * step + 1];
    }

    /// Nodes of a job to issue, see `EpochPlan.Issue`.
    EpochPlan.Issue issue(JobId job, int from, int end) {
        return new EpochPlan.Issue(job, nodes, from, end);
    }

    /// The first position from which on, up to the given one, every node can be taken back: it has
    /// an inverse or does nothing, and makes no event.
    int reversibleFrom(int position) {
        int from = position;
        while (from > 0 && takenBack(nodes[from - 1])) from--;
        return from;
    }

    /// Whether the nodes before a position do no more than allocate, so that after taking back all
    /// that follows every qubit is in the state 0.
    boolean freshBefore(int position) {
        for (int i = 0; i < position; i++) {
            Opcode opcode = graph.opcode(nodes[i]);
            boolean mark = opcode.undo() instanceof Undo.Nothing && opcode.shape().outputs == 0;
            if (opcode != Opcode.ALLOC_LQ && !mark) return false;
        }
        return true;
    }

    /// Whether a node brings qubits together.
    public static boolean joins(Graph graph, int node) {
        Shape shape = graph.opcode(node).shape();
        boolean apart = shape == Shape.ALLOC || shape == Shape.FREE || shape == Shape.RESET;
        if (apart || shape == Shape.CORRECTION) return false;
        if (shape.qubitsMin > 1) return true;
        return shape.qubitsMax > 1 && graph.count(node, Operand.Kind.QUBIT) > 1;
    }

    void writeTo(ByteWriter out) {
        for (int end : ends) out.uint(end);
        for (int node : nodes) out.uint(node);
    }

    private boolean takenBack(int node) {
        Opcode opcode = graph.opcode(node);
        boolean undone = opcode.reversible() || opcode.undo() instanceof Undo.Nothing;
        return undone && opcode.shape().outputs == 0;
    }

    /// Fills in `events` on the way.
    private int[] needs() {
        int[] placeOf = new int[graph.events().size()];
        int[] waits = new int[nodes.length];
        int place = 0;
        boolean any = false;
        for (int position = 0; position < nodes.length; position++) {
            int node = nodes[position];
            if (!graph.opcode(node).inSoftware()) {
                waits[position] = guardLevel(graph.guard(node), placeOf);
                any |= waits[position] > 0;
            }
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                events[place++] = Operand.index(graph.operand(i));
                placeOf[Operand.index(graph.operand(i))] = place;
            }
        }
        return any ? waits : NONE;
    }

    /// By node, twice the number of its layer; or one less where it comes in a layer before what
    /// takes an epoch there.
    private static int[] levels(Verified program, OperationTimes times) {
        Graph graph = program.graph();
        int[] levels = new int[graph.size()];
        int[] ofQubit = new int[graph.qubits().size()];
        int[] ofChannel = new int[graph.channels().size()];
        int[] ofEvent = new int[graph.events().size()];
        int[] afterStart = afterStarts(graph);
        int floor = 0;
        int freed = 0;
        int deepest = 0;
        for (int position = 0; position < graph.size(); position++) {
            int node = program.orderAt(position);
            int ready = Math.max(floor, guardLevel(graph.guard(node), ofEvent));
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                int level =
                        switch (Operand.kind(graph.operand(i))) {
                            case QUBIT -> ofQubit[index];
                            case CHANNEL -> ofChannel[index];
                            case INPUT -> ofEvent[index];
                            case OUTPUT -> 0;
                        };
                ready = Math.max(ready, level);
            }
            for (int edge = afterStart[node]; edge < afterStart[node + 1]; edge++) {
                ready = Math.max(ready, levels[graph.afterTarget(edge)]);
            }
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ) ready = Math.max(ready, freed);
            boolean fence = opcode == Opcode.FENCE_EPOCH;
            boolean free = times.free(graph, node);
            // What waits for events comes in the layer after theirs: they are told with its report.
            if (!opcode.inSoftware() && graph.guardIndex(node) != 0) {
                int told = 2 * Math.max(1, (guardLevel(graph.guard(node), ofEvent) + 1) / 2);
                ready = Math.max(ready, free ? told + 1 : told);
            }
            int level = fence ? Math.max(ready, deepest) : free ? ready : (ready | 1) + 1;
            levels[node] = level;
            deepest = Math.max(deepest, level);
            if (fence) floor = level;
            if (opcode == Opcode.FREE_LQ) freed = Math.max(freed, level);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> ofQubit[index] = level;
                    case CHANNEL -> ofChannel[index] = level;
                    case INPUT -> {}
                    case OUTPUT -> ofEvent[index] = level;
                }
            }
        }
        return levels;
    }

    private static int guardLevel(Guard guard, int[] ofEvent) {
        return switch (guard) {
            case Guard.Always() -> 0;
            case Guard.Is(int event, boolean _) -> ofEvent[event];
            case Guard.All(var parts) -> deepest(parts, ofEvent);
            case Guard.Any(var parts) -> deepest(parts, ofEvent);
        };
    }

    private static int deepest(Iterable<Guard> parts, int[] ofEvent) {
        int deepest = 0;
        for (Guard part : parts) deepest = Math.max(deepest, guardLevel(part, ofEvent));
        return deepest;
    }

    /// By node: the first of its explicit edges, which are sorted by waiting node.
    private static int[] afterStarts(Graph graph) {
        int[] starts = new int[graph.size() + 1];
        for (int edge = 0; edge < graph.afterCount(); edge++) starts[graph.afterNode(edge) + 1]++;
        for (int i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
        return starts;
    }
}
