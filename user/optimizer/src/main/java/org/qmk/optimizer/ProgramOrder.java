package org.qmk.optimizer;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// An order in which the nodes of a graph can happen, such that each waits for earlier ones only.
///
/// Without an explicit edge that points forward that is program order. Otherwise it is, again and
/// again, the first node in the program of those that wait for nothing.
final class ProgramOrder {

    private final Graph graph;
    // By node: how many nodes it still waits for, and its first entry in the list of who waits.
    private final int[] missing;
    private final int[] waiting;
    private int[] waiters = new int[64];
    private int[] next = new int[64];
    private int edges;

    private ProgramOrder(Graph graph) {
        this.graph = graph;
        missing = new int[graph.size()];
        waiting = new int[graph.size()];
        Arrays.fill(waiting, -1);
    }

    /// The nodes in order.
    ///
    /// @param graph one that the verifier accepts
    static int[] of(Graph graph) {
        boolean forward = false;
        for (int edge = 0; edge < graph.afterCount(); edge++) {
            forward |= graph.afterTarget(edge) > graph.afterNode(edge);
        }
        if (forward) return new ProgramOrder(graph).order();
        int[] order = new int[graph.size()];
        for (int node = 0; node < order.length; node++) order[node] = node;
        return order;
    }

    private int[] order() {
        collect();
        var ready = new PriorityQueue<Integer>();
        for (int node = 0; node < missing.length; node++) {
            if (missing[node] == 0) ready.add(node);
        }
        int[] order = new int[missing.length];
        for (int count = 0; count < order.length; count++) {
            int node = ready.remove();
            order[count] = node;
            for (int edge = waiting[node]; edge >= 0; edge = next[edge]) {
                if (--missing[waiters[edge]] == 0) ready.add(waiters[edge]);
            }
        }
        return order;
    }

    private void collect() {
        int[] ofQubit = filled(graph.qubits().size());
        int[] ofChannel = filled(graph.channels().size());
        int[] ofEvent = filled(graph.events().size());
        int fence = -1;
        for (int node = 0; node < graph.size(); node++) {
            if (graph.opcode(node) == Opcode.FENCE_EPOCH) {
                for (int earlier = fence + 1; earlier < node; earlier++) await(node, earlier);
            }
            await(node, fence);
            if (graph.opcode(node) == Opcode.FENCE_EPOCH) fence = node;
            awaitGuard(node, graph.guard(node), ofEvent);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> {
                        await(node, ofQubit[index]);
                        ofQubit[index] = node;
                    }
                    case CHANNEL -> {
                        await(node, ofChannel[index]);
                        ofChannel[index] = node;
                    }
                    case INPUT -> await(node, ofEvent[index]);
                    case OUTPUT -> ofEvent[index] = node;
                }
            }
        }
        for (int edge = 0; edge < graph.afterCount(); edge++) {
            await(graph.afterNode(edge), graph.afterTarget(edge));
        }
    }

    private void awaitGuard(int node, Guard guard, int[] ofEvent) {
        switch (guard) {
            case Guard.Always() -> {}
            case Guard.Is(int event, boolean _) -> await(node, ofEvent[event]);
            case Guard.All(var parts) -> parts.forEach(part -> awaitGuard(node, part, ofEvent));
            case Guard.Any(var parts) -> parts.forEach(part -> awaitGuard(node, part, ofEvent));
        }
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, -1);
        return none;
    }

    private void await(int node, int target) {
        if (target < 0) return;
        if (edges == waiters.length) {
            waiters = Arrays.copyOf(waiters, 2 * edges);
            next = Arrays.copyOf(next, 2 * edges);
        }
        waiters[edges] = node;
        next[edges] = waiting[target];
        waiting[target] = edges++;
        missing[node]++;
    }
}
