package org.qmk.verifier;

import java.util.Arrays;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// The order in which nodes may happen: of the nodes that wait for nothing, the first in the
/// program, again and again (Kahn, Communications of the ACM 5, 1962, 558).
///
/// A node waits for the node before it on each of its qubits and channels, for the makers of the
/// events it reads and of those in its guard, for the fence before it, and for the targets of its
/// after edges; a fence waits for all before it. All but the after edges point backwards, so that
/// without a forward one program order is the answer. Each guard is a point of its own between the
/// makers of its events and the nodes that carry it, so that the edges stay as few as the operands.
final class NodeOrder {

    private static final int NAMED_MAX = 8;

    private final Graph graph;
    private final Findings findings;
    private final EventFlow events;
    private final int nodes;
    // Edges by source: those of point p end at targets[starts[p]] to targets[starts[p + 1] - 1].
    // Points are the nodes, then the guards.
    private final int[] starts;
    private int[] targets = new int[0];
    // By point: edges that end there and whose source is not yet placed.
    private final int[] waiting;
    private boolean counting = true;
    private int[] ready = new int[16];
    private int readyCount;

    private NodeOrder(Graph graph, Findings findings, EventFlow events) {
        this.graph = graph;
        this.findings = findings;
        this.events = events;
        this.nodes = graph.size();
        this.starts = new int[nodes + graph.guardCount() + 1];
        this.waiting = new int[nodes + graph.guardCount()];
    }

    /// The nodes in order; empty if that is program order or if there is none, which is reported.
    static int[] of(Graph graph, Findings findings, EventFlow events) {
        boolean forward = false;
        for (int edge = 0; edge < graph.afterCount(); edge++) {
            int node = graph.afterNode(edge);
            int target = graph.afterTarget(edge);
            boolean inRange = inRange(graph, node) && inRange(graph, target);
            if (!inRange) {
                findings.add(Rule.DAG_RANGE, inRange(graph, node) ? node : Violation.NO_NODE,
                        "node", inRange(graph, node) ? graph.label(node) : "" + node,
                        "target", "" + target, "max", "" + (graph.size() - 1));
            }
            forward |= inRange && target >= node;
        }
        return forward ? new NodeOrder(graph, findings, events).order() : new int[0];
    }

    private static boolean inRange(Graph graph, int node) {
        return node >= 0 && node < graph.size();
    }

    private int[] order() {
        edges();
        for (int point = 1; point < starts.length; point++) starts[point] += starts[point - 1];
        targets = new int[starts[starts.length - 1]];
        counting = false;
        edges();
        for (int node = 0; node < nodes; node++) {
            if (waiting[node] == 0) addReady(node);
        }
        for (int guard = nodes; guard < waiting.length; guard++) {
            if (waiting[guard] == 0) release(guard);
        }
        int[] order = new int[nodes];
        int placed = 0;
        while (readyCount > 0) {
            order[placed] = removeReady();
            release(order[placed++]);
        }
        if (placed == nodes) return order;
        reportCycle();
        return new int[0];
    }

    /// Goes through all edges: first to count those of each source, then to fill them in.
    private void edges() {
        int[] qubits = filled(graph.qubits().declared());
        int[] channels = filled(graph.channels().declared());
        boolean[] guardsSeen = new boolean[graph.guardCount()];
        int fence = -1;
        int after = 0;
        for (int node = 0; node < nodes; node++) {
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int handle = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> thread(qubits, handle, node);
                    case CHANNEL -> thread(channels, handle, node);
                    case INPUT -> read(handle, node, node);
                    case OUTPUT -> {}
                }
            }
            int guard = graph.guardIndex(node);
            if (guard != 0) {
                if (!guardsSeen[guard]) {
                    for (int event : events.conditions().events(guard)) {
                        read(event, node, nodes + guard);
                    }
                }
                guardsSeen[guard] = true;
                edge(nodes + guard, node);
            }
            if (fence >= 0) edge(fence, node);
            if (graph.opcode(node) == Opcode.FENCE_EPOCH) {
                for (int earlier = fence + 1; earlier < node; earlier++) edge(earlier, node);
                fence = node;
            }
            for (; after < graph.afterCount() && graph.afterNode(after) <= node; after++) {
                int target = graph.afterTarget(after);
                if (graph.afterNode(after) == node && inRange(graph, target)) edge(target, node);
            }
        }
    }

    private static int[] filled(int length) {
        int[] last = new int[length];
        Arrays.fill(last, -1);
        return last;
    }

    /// Joins a node to the last one on the same handle.
    private void thread(int[] last, int handle, int node) {
        if (handle >= last.length || last[handle] == node) return;
        if (last[handle] >= 0) edge(last[handle], node);
        last[handle] = node;
    }

    /// Joins the maker of an event to a point, unless the event is made too late for the node.
    private void read(int event, int node, int point) {
        int maker = events.maker(event);
        if (maker >= 0 && maker < node) edge(maker, point);
    }

    private void edge(int source, int target) {
        if (counting) {
            starts[source]++;
            waiting[target]++;
        } else {
            // Each start comes down from the end of its edges to their beginning.
            targets[--starts[source]] = target;
        }
    }

    /// Takes away what waits for a point that is placed. A guard is placed as soon as it can be;
    /// only nodes wait for guards.
    private void release(int point) {
        for (int i = starts[point]; i < starts[point + 1]; i++) {
            int target = targets[i];
            if (--waiting[target] > 0) continue;
            if (target < nodes) addReady(target);
            else release(target);
        }
    }

    // The ready nodes are a binary heap, the smallest first.

    private void addReady(int node) {
        if (readyCount == ready.length) ready = Arrays.copyOf(ready, 2 * readyCount);
        int place = readyCount++;
        for (; place > 0 && ready[(place - 1) / 2] > node; place = (place - 1) / 2) {
            ready[place] = ready[(place - 1) / 2];
        }
        ready[place] = node;
    }

    private int removeReady() {
        int first = ready[0];
        int node = ready[--readyCount];
        int place = 0;
        while (2 * place + 1 < readyCount) {
            int child = 2 * place + 1;
            if (child + 1 < readyCount && ready[child + 1] < ready[child]) child++;
            if (ready[child] >= node) break;
            ready[place] = ready[child];
            place = child;
        }
        ready[place] = node;
        return first;
    }

    /// Names one cycle. Each point not placed waits for another one not placed: going from one to
    /// the next must come back.
    private void reportCycle() {
        int[] waitsFor = filled(waiting.length);
        for (int point = 0; point < waiting.length; point++) {
            for (int i = starts[point]; waiting[point] > 0 && i < starts[point + 1]; i++) {
                if (waiting[targets[i]] > 0) waitsFor[targets[i]] = point;
            }
        }
        int point = 0;
        while (waiting[point] == 0) point++;
        for (int steps = 0; steps < waiting.length; steps++) point = waitsFor[point];
        int first = point;
        int length = 0;
        for (int next = waitsFor[point]; next != point; next = waitsFor[next]) {
            if (next < first) first = next;
            if (next < nodes) length++;
        }
        if (point < nodes) length++;
        findings.at(Rule.DAG_CYCLE, first, "via", path(waitsFor, first, length - 1));
    }

    /// The nodes of a cycle between its first one and that again, the middle of a long one left out.
    private String path(int[] waitsFor, int first, int length) {
        if (length == 0) return "an after edge to itself";
        var path = new StringBuilder();
        int place = 0;
        for (int point = waitsFor[first]; point != first; point = waitsFor[point]) {
            if (point >= nodes) continue;
            boolean named = length <= NAMED_MAX || place < NAMED_MAX - 1 || place == length - 1;
            if (place == NAMED_MAX - 1 && !named) path.append(", ...");
            if (named) path.append(place == 0 ? "" : ", ").append(graph.label(point));
            place++;
        }
        return path.toString();
    }
}
