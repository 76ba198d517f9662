package org.qmk.optimizer;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// A program as lists of gates and the nodes between them.
///
/// A stretch holds gates without guard and edges that depend on no other nodes among themselves;
/// its qubits are numbered in the order of their first use. All other nodes are kept:
/// measurements, whatever is guarded, and whatever begins or ends a handle.
final class Stretches {

    private final Graph graph;
    private final double precision;
    private final int[] nodes;
    private final int[] ends;
    private final boolean[] isGate;
    private final GateList[] gates;
    // By level and local number: the qubit.
    private final int[][] qubits;

    private Stretches(Graph graph, StretchLevels levels) {
        this.graph = graph;
        precision = levels.precision();
        ends = new int[levels.count()];
        nodes = levels.byLevel(ends);
        isGate = new boolean[graph.size()];
        for (int node = 0; node < isGate.length; node++) isGate[node] = levels.isGateNode(node);
        gates = new GateList[ends.length];
        qubits = new int[ends.length][];
    }

    static Stretches of(Graph graph) {
        var stretches = new Stretches(graph, StretchLevels.of(graph));
        int[] local = new int[graph.qubits().size()];
        Arrays.fill(local, -1);
        for (int level = 0; level < stretches.ends.length; level++) {
            stretches.collect(level, local);
        }
        return stretches;
    }

    private int start(int level) {
        return level == 0 ? 0 : ends[level - 1];
    }

    /// @param local by qubit: -1, and -1 again afterwards
    private void collect(int level, int[] local) {
        int[] found = new int[8];
        int count = 0;
        for (int at = start(level); at < ends[level]; at++) {
            int node = nodes[at];
            if (!isGate[node]) continue;
            int places = graph.operandEnd(node) - graph.operandStart(node);
            for (int place = 0; place < places; place++) {
                int qubit = graph.qubit(node, place);
                if (local[qubit] >= 0) continue;
                if (count == found.length) found = Arrays.copyOf(found, 2 * count);
                local[qubit] = count;
                found[count++] = qubit;
            }
        }
        var list = new GateList(count);
        for (int at = start(level); at < ends[level]; at++) {
            if (isGate[nodes[at]]) addGate(list, nodes[at], local);
        }
        gates[level] = list;
        qubits[level] = Arrays.copyOf(found, count);
        for (int qubit : qubits[level]) local[qubit] = -1;
    }

    private void addGate(GateList list, int node, int[] local) {
        Opcode opcode = graph.opcode(node);
        int first = local[graph.qubit(node, 0)];
        if (graph.argument(node) instanceof Argument.Rotation(double angle, double _)) {
            list.rotate(opcode, first, angle);
            return;
        }
        int places = graph.operandEnd(node) - graph.operandStart(node);
        int second = places > 1 ? local[graph.qubit(node, 1)] : GateList.NONE;
        int third = places > 2 ? local[graph.qubit(node, 2)] : GateList.NONE;
        list.add(opcode, first, second, third);
    }

    /// Changes every stretch.
    void change(UnaryOperator<GateList> change) {
        for (int level = 0; level < gates.length; level++) {
            if (gates[level].size() > 0) gates[level] = change.apply(gates[level]);
        }
    }

    /// How many gates the stretches have.
    long gates() {
        long count = 0;
        for (GateList list : gates) count += list.size();
        return count;
    }

    /// Shows every stretch, in order, and whether it lies in a region that claims to be reversible.
    void visit(Visitor visitor) {
        int regions = 0;
        for (int level = 0; level < gates.length; level++) {
            if (gates[level].size() > 0) visitor.visit(gates[level], regions > 0);
            for (int at = start(level); at < ends[level]; at++)
                regions += regionsBegun(graph, nodes[at]);
        }
    }

    /// What is shown a stretch.
    interface Visitor {

        void visit(GateList gates, boolean inRegion);
    }

    /// 1 if a node begins a reversible region, -1 if it ends one.
    static int regionsBegun(Graph graph, int node) {
        if (!(graph.argument(node) instanceof Argument.Tag(String tag))) return 0;
        return tag.startsWith("rev+") ? 1 : tag.startsWith("rev-") ? -1 : 0;
    }

    /// The program with the stretches as they are now. Ancillas are allocated before their stretch
    /// and freed after it.
    Graph graph() {
        var copy = new GraphCopy(graph);
        int[] ancillas = ancillas(copy);
        for (int level = 0; level < gates.length; level++) {
            addGates(copy, level, ancillas);
            for (int at = start(level); at < ends[level]; at++) {
                if (!isGate[nodes[at]]) copy.add(nodes[at]);
            }
        }
        return copy.build();
    }

    /// As many as the stretch needs that needs most.
    private int[] ancillas(GraphCopy copy) {
        int most = 0;
        for (int level = 0; level < gates.length; level++) {
            most = Math.max(most, gates[level].qubits() - qubits[level].length);
        }
        return copy.newQubits(most);
    }

    private void addGates(GraphCopy copy, int level, int[] ancillas) {
        GateList list = gates[level];
        GraphBuilder builder = copy.builder();
        int known = qubits[level].length;
        int more = list.qubits() - known;
        int[] handles = Arrays.copyOf(qubits[level], known + more);
        System.arraycopy(ancillas, 0, handles, known, more);
        int[] events = copy.newEvents(list.events());
        if (more > 0) {
            builder.node(Opcode.ALLOC_LQ).qubits(Arrays.copyOf(ancillas, more));
            builder.argument(new Argument.Profile(""));
        }
        for (int gate = 0; gate < list.size(); gate++) {
            builder.node(list.opcode(gate));
            for (int place = 0; place < 3 && list.qubit(gate, place) != GateList.NONE; place++) {
                builder.qubit(handles[list.qubit(gate, place)]);
            }
            if (list.made(gate) != GateList.NONE) builder.output(events[list.made(gate)]);
            if (GateKind.isRotation(list.opcode(gate))) {
                builder.argument(new Argument.Rotation(list.angle(gate), precision));
            }
            int guard = list.guard(gate);
            if (guard != GateList.NONE) builder.guard(new Guard.Is(events[guard], true));
        }
        if (more > 0) builder.node(Opcode.FREE_LQ).qubits(Arrays.copyOf(ancillas, more));
    }
}
