package org.qmk.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.qmk.qvm.*;

/// The order in which nodes may happen: of the nodes that wait for nothing, the first in the
/// program, again and again.
///
/// A node waits for the node before it on each of its qubits and channels, for the makers of the
/// events it reads and of those in its guard, for the fence before it, and for the targets of its
/// after edges; a fence waits for all before it. All but the after edges point backwards, so that
/// without a forward one program order is the answer. A node that has to wait is kept with the
/// first node it waits for, and looked at again when that is placed: no edge is gone over twice.
final class NodeOrder {
    private static final int NAMED_MAX = 8;

    private final Graph graph;
    private final EventFlow events;

    // What node v waits for: sources[at[v]] to sources[ends[v] - 1]; those before at[v] are placed.
    private int[] sources = new int[16];
    private int sourceCount;
    private final int[] at;
    private final int[] ends;

    private NodeOrder(Graph graph, EventFlow events) {
        this.graph = graph;
        this.events = events;
        this.at = new int[graph.size()];
        this.ends = new int[graph.size()];
    }

    /// The nodes in order; empty if that is program order or if there is none, which is reported.
    static int[] of(Graph graph, Findings findings, EventFlow events) {
        boolean forward = false;
        int last = graph.size() - 1;
        for (int edge = 0; edge < graph.afterCount(); edge++) {
            int node = graph.afterNode(edge);
            int target = graph.afterTarget(edge);
            if (isNode(graph, node) && isNode(graph, target)) {
                forward |= target >= node;
                continue;
            }
            int where = isNode(graph, node) ? node : Violation.NO_NODE;
            String[] facts = {"node", "" + node, "target", "" + target, "max", "" + last};
            findings.add(Rule.DAG_RANGE, where, facts);
        }
        return forward ? new NodeOrder(graph, events).order(findings) : new int[0];
    }

    private static boolean isNode(Graph graph, int node) {
        return node >= 0 && node < graph.size();
    }

    private int[] order(Findings findings) {
        collectSources();
        int[] order = new int[at.length];
        boolean[] placed = new boolean[at.length];
        // By node: the first node kept with it, and the next one kept where it is kept; or -1.
        int[] kept = filled(at.length);
        int[] next = filled(at.length);
        var again = new PriorityQueue<Integer>();
        int count = 0;
        int unseen = 0;
        while (unseen < at.length || !again.isEmpty()) {
            int node = again.isEmpty() ? unseen++ : again.remove();
            while (at[node] < ends[node] && placed[sources[at[node]]]) at[node]++;
            if (at[node] < ends[node]) {
                next[node] = kept[sources[at[node]]];
                kept[sources[at[node]]] = node;
                continue;
            }
            placed[node] = true;
            order[count++] = node;
            for (int w = kept[node]; w >= 0; w = next[w]) again.add(w);
        }
        if (count == order.length) return order;
        int stuck = 0;
        while (placed[stuck]) stuck++;
        reportCycle(findings, stuck);
        return new int[0];
    }

    private void collectSources() {
        int[] qubits = filled(graph.qubits().declared());
        int[] channels = filled(graph.channels().declared());
        int fence = -1;
        int after = 0;
        for (int node = 0; node < at.length; node++) {
            at[node] = sourceCount;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int handle = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> thread(qubits, handle, node);
                    case CHANNEL -> thread(channels, handle, node);
                    case INPUT -> await(events.maker(handle), node);
                    case OUTPUT -> {}
                }
            }
            for (int event : events.conditions.events(graph.guardIndex(node))) {
                await(events.maker(event), node);
            }
            await(fence, node);
            if (graph.opcode(node) == Opcode.FENCE_EPOCH) {
                for (int earlier = fence + 1; earlier < node; earlier++) await(earlier, node);
                fence = node;
            }
            for (; after < graph.afterCount() && graph.afterNode(after) <= node; after++) {
                if (graph.afterNode(after) == node) await(graph.afterTarget(after), at.length);
            }
            ends[node] = sourceCount;
        }
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, -1);
        return none;
    }

    /// Lets a node wait for the last one on the same handle.
    private void thread(int[] last, int handle, int node) {
        if (handle >= last.length) return;
        await(last[handle], node);
        last[handle] = node;
    }

    /// Lets the node looked at wait for another, if that is one of the first `end` nodes.
    private void await(int source, int end) {
        if (source < 0 || source >= end) return;
        if (sourceCount == sources.length) sources = Arrays.copyOf(sources, 2 * sourceCount);
        sources[sourceCount++] = source;
    }

    /// Names one cycle: each node not placed waits for another one not placed, so that going from
    /// one to the next must come back.
    private void reportCycle(Findings findings, int stuck) {
        int node = stuck;
        for (int steps = 0; steps < at.length; steps++) node = sources[at[node]];
        List<String> via = new ArrayList<>();
        int next = node;
        do {
            next = sources[at[next]];
            via.add(graph.label(next));
        } while (next != node && via.size() < NAMED_MAX);
        findings.at(Rule.DAG_CYCLE, node, "via", String.join(", ", via));
    }
}
