package org.qmk.optimizer;

import java.util.EnumSet;
import java.util.Set;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Shape;

/// Cuts a graph into stretches of gates and the nodes that stay as they are between them.
///
/// The program becomes: the gates of level 0, the other nodes of level 0, the gates of level 1,
/// and so on. A node has the lowest level at which all that it waits for comes before it. So a
/// gate goes ahead of a measurement on other qubits, and the gates of one level can be changed
/// together.
///
/// An allocation stays behind every FREE before it, so that no more qubits are live at once. A
/// fence and a region mark stay behind all before them and ahead of all after them. Where the
/// verifier has to analyse guards, the other nodes keep their order, so that it has no more to do.
final class StretchLevels {

    /// Shapes whose guards decide where a handle lives.
    private static final Set<Shape> LIFE_CYCLE =
            EnumSet.of(Shape.ALLOC, Shape.FREE, Shape.CHANNEL_OPEN, Shape.CHANNEL_CLOSE);

    private final Graph graph;
    private final int[] order;
    private final int[] levels;
    private final boolean[] gates;
    private final boolean[] bound;
    private final double precision;
    private final boolean ordered;

    // The lowest level for a gate and for another node, by qubit; for another node, by channel and
    // by event.
    private final int[] gateLevels;
    private final int[] otherLevels;
    private final int[] channelLevels;
    private final int[] eventLevels;
    private int gateFloor;
    private int otherFloor;
    private int freed;
    private int highest;

    private StretchLevels(Graph graph) {
        this.graph = graph;
        order = ProgramOrder.of(graph);
        levels = new int[graph.size()];
        gates = new boolean[graph.size()];
        bound = GraphCopy.joinedByEdges(graph);
        gateLevels = new int[graph.qubits().size()];
        otherLevels = new int[graph.qubits().size()];
        channelLevels = new int[graph.channels().size()];
        eventLevels = new int[graph.events().size()];
        precision = firstPrecision(graph);
        ordered = analysesGuards(graph);
    }

    static StretchLevels of(Graph graph) {
        var levels = new StretchLevels(graph);
        for (int node : levels.order) {
            levels.gates[node] = levels.isGate(node);
            if (levels.gates[node]) {
                levels.placeGate(node);
                continue;
            }
            levels.placeOther(node);
        }
        return levels;
    }

    /// Rotations are optimised if they have the precision of the first one.
    private static double firstPrecision(Graph graph) {
        for (int node = 0; node < graph.size(); node++) {
            if (graph.argument(node) instanceof Argument.Rotation(double _, double precision)) {
                return precision;
            }
        }
        return Argument.PRECISION_DEFAULT;
    }

    private static boolean analysesGuards(Graph graph) {
        for (int node = 0; node < graph.size(); node++) {
            if (graph.guardIndex(node) == 0) continue;
            if (LIFE_CYCLE.contains(graph.opcode(node).shape())) return true;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int operand = graph.operand(i);
                boolean made = Operand.kind(operand) == Operand.Kind.OUTPUT;
                if (made && !graph.defaultsToZero(Operand.index(operand))) return true;
            }
        }
        return false;
    }

    private boolean isGate(int node) {
        if (graph.guardIndex(node) != 0 || bound[node]) return false;
        if (!GateKind.has(graph.opcode(node))) return false;
        return !(graph.argument(node) instanceof Argument.Rotation(double _, double its))
                || its == precision;
    }

    private void placeGate(int node) {
        int level = gateFloor;
        int start = graph.operandStart(node);
        int end = graph.operandEnd(node);
        for (int i = start; i < end; i++) {
            level = Math.max(level, gateLevels[Operand.index(graph.operand(i))]);
        }
        for (int i = start; i < end; i++) {
            gateLevels[Operand.index(graph.operand(i))] = level;
            otherLevels[Operand.index(graph.operand(i))] = level;
        }
        levels[node] = level;
        highest = Math.max(highest, level);
    }

    private void placeOther(int node) {
        Opcode opcode = graph.opcode(node);
        boolean barrier =
                opcode == Opcode.FENCE_EPOCH
                        || opcode == Opcode.BAR_REGION
                        || opcode == Opcode.SET_POLICY;
        int level = Math.max(otherFloor, guardLevel(graph.guard(node)));
        if (barrier || ordered || bound[node]) level = Math.max(level, highest);
        if (opcode == Opcode.ALLOC_LQ) level = Math.max(level, freed);
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int index = Operand.index(graph.operand(i));
            int before =
                    switch (Operand.kind(graph.operand(i))) {
                        case QUBIT -> otherLevels[index];
                        case CHANNEL -> channelLevels[index];
                        case INPUT -> eventLevels[index];
                        case OUTPUT -> 0;
                    };
            level = Math.max(level, before);
        }
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int index = Operand.index(graph.operand(i));
            switch (Operand.kind(graph.operand(i))) {
                case QUBIT -> {
                    otherLevels[index] = level;
                    gateLevels[index] = level + 1;
                }
                case CHANNEL -> channelLevels[index] = level;
                case INPUT -> {}
                case OUTPUT -> eventLevels[index] = level;
            }
        }
        levels[node] = level;
        highest = Math.max(highest, level);
        if (opcode == Opcode.FREE_LQ) freed = Math.max(freed, level);
        if (!barrier) return;
        otherFloor = level;
        gateFloor = level + 1;
    }

    private int guardLevel(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> 0;
            case Guard.Is(int event, boolean _) -> eventLevels[event];
            case Guard.All(var parts) -> parts.stream().mapToInt(this::guardLevel).max().orElse(0);
            case Guard.Any(var parts) -> parts.stream().mapToInt(this::guardLevel).max().orElse(0);
        };
    }

    /// The number of levels.
    int count() {
        return graph.size() == 0 ? 0 : highest + 1;
    }

    boolean isGateNode(int node) {
        return gates[node];
    }

    double precision() {
        return precision;
    }

    /// The nodes by level, in the order of the program within a level, and in `ends` the position
    /// past the last node of each level.
    int[] byLevel(int[] ends) {
        for (int level : levels) ends[level]++;
        int[] at = new int[ends.length];
        for (int level = 1; level < ends.length; level++) ends[level] += ends[level - 1];
        System.arraycopy(ends, 0, at, 1, Math.max(0, ends.length - 1));
        int[] nodes = new int[order.length];
        for (int node : order) nodes[at[levels[node]]++] = node;
        return nodes;
    }
}
