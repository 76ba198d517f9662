package org.qmk.optimizer;

import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// What a program costs, guarded nodes included.
///
/// @param gates nodes that act on qubits and can be taken back
/// @param depth the most such nodes one after the other, without those done in software
/// @param tCount T gates of exact realisations, 4 for a CCZ or Toffoli
/// @param tDepth the most nodes with T gates one after the other
/// @param rotations nodes of the rotation family
/// @param qubits the most live at once
/// @param epochs what one shot takes in a kernel when nothing makes it wait
public record ProgramFigures(
        long gates, int depth, long tCount, int tDepth, long rotations, int qubits, int epochs) {

    /// @param graph one that the verifier accepts
    public static ProgramFigures of(Graph graph) {
        return new Count(graph).figures();
    }

    /// One pass over the nodes, in an order in which they can happen.
    private static final class Count {

        private final Graph graph;
        // By qubit: gates and gates with T before it, one after the other.
        private final int[] depths;
        private final int[] tDepths;
        // By qubit, channel, event and node: the epoch of the last use.
        private final int[] qubitEpochs;
        private final int[] channelEpochs;
        private final int[] eventEpochs;
        private final int[] nodeEpochs;
        private final boolean[] live;
        private int floor;
        private int freed;
        private int deepest;
        private long gates;
        private long tCount;
        private long rotations;
        private int depth;
        private int tDepth;
        private int living;
        private int peak;

        Count(Graph graph) {
            this.graph = graph;
            depths = new int[graph.qubits().size()];
            tDepths = new int[graph.qubits().size()];
            qubitEpochs = new int[graph.qubits().size()];
            channelEpochs = new int[graph.channels().size()];
            eventEpochs = new int[graph.events().size()];
            nodeEpochs = new int[graph.size()];
            live = new boolean[graph.qubits().size()];
        }

        ProgramFigures figures() {
            int[] firstEdges = firstEdges();
            var used = new boolean[graph.size() + 2];
            int epochs = 0;
            for (int node : ProgramOrder.of(graph)) {
                countGate(node);
                countLiving(node);
                place(node, firstEdges);
                int epoch = Math.max(1, nodeEpochs[node]);
                if (!used[epoch]) epochs++;
                used[epoch] = true;
            }
            return new ProgramFigures(gates, depth, tCount, tDepth, rotations, peak, epochs);
        }

        private void countGate(int node) {
            Opcode opcode = graph.opcode(node);
            tCount += opcode.tCount();
            if (opcode.family() == Family.ROTATION) rotations++;
            if (!opcode.reversible()) return;
            gates++;
            int before = 0;
            int tBefore = 0;
            int end = graph.operandEnd(node);
            for (int i = graph.operandStart(node); i < end; i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                before = Math.max(before, depths[Operand.index(graph.operand(i))]);
                tBefore = Math.max(tBefore, tDepths[Operand.index(graph.operand(i))]);
            }
            if (!opcode.inSoftware()) before++;
            if (opcode.tCount() > 0) tBefore++;
            for (int i = graph.operandStart(node); i < end; i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                depths[Operand.index(graph.operand(i))] = before;
                tDepths[Operand.index(graph.operand(i))] = tBefore;
            }
            depth = Math.max(depth, before);
            tDepth = Math.max(tDepth, tBefore);
        }

        /// A qubit that is live on some path counts.
        private void countLiving(int node) {
            Opcode opcode = graph.opcode(node);
            boolean begins = opcode == Opcode.ALLOC_LQ;
            if (!begins && opcode != Opcode.FREE_LQ) return;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int qubit = Operand.index(graph.operand(i));
                if (live[qubit] == begins) continue;
                if (!begins && graph.guardIndex(node) != 0) continue;
                live[qubit] = begins;
                living += begins ? 1 : -1;
            }
            peak = Math.max(peak, living);
        }

        /// Puts a node into the earliest epoch, as docs/spec/kernel.md says.
        private void place(int node, int[] firstEdges) {
            int ready = Math.max(floor, guardEpoch(graph.guard(node)));
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                int epoch =
                        switch (Operand.kind(graph.operand(i))) {
                            case QUBIT -> qubitEpochs[index];
                            case CHANNEL -> channelEpochs[index];
                            case INPUT -> eventEpochs[index];
                            case OUTPUT -> 0;
                        };
                ready = Math.max(ready, epoch);
            }
            for (int edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
                ready = Math.max(ready, nodeEpochs[graph.afterTarget(edge)]);
            }
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ) ready = Math.max(ready, freed);
            boolean fence = opcode == Opcode.FENCE_EPOCH;
            int epoch = fence ? Math.max(ready, deepest) : ready + (opcode.inSoftware() ? 0 : 1);
            nodeEpochs[node] = epoch;
            deepest = Math.max(deepest, epoch);
            if (fence) floor = epoch;
            if (opcode == Opcode.FREE_LQ) freed = Math.max(freed, epoch);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> qubitEpochs[index] = epoch;
                    case CHANNEL -> channelEpochs[index] = epoch;
                    case INPUT -> {}
                    case OUTPUT -> eventEpochs[index] = epoch;
                }
            }
        }

        private int guardEpoch(Guard guard) {
            return switch (guard) {
                case Guard.Always() -> 0;
                case Guard.Is(int event, boolean _) -> eventEpochs[event];
                case Guard.All(var parts) ->
                        parts.stream().mapToInt(this::guardEpoch).max().orElse(0);
                case Guard.Any(var parts) ->
                        parts.stream().mapToInt(this::guardEpoch).max().orElse(0);
            };
        }

        /// By node: the first of its explicit edges, which are sorted by waiting node.
        private int[] firstEdges() {
            int[] first = new int[graph.size() + 1];
            for (int edge = 0; edge < graph.afterCount(); edge++) {
                first[graph.afterNode(edge) + 1]++;
            }
            for (int i = 1; i < first.length; i++) first[i] += first[i - 1];
            return first;
        }
    }
}
