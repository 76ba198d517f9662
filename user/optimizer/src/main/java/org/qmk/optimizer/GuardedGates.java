package org.qmk.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Takes gates that have the same guard as a stretch of their own and shortens it.
///
/// Such gates happen all or none, so what keeps their effect keeps that of the program; a global
/// phase cannot be seen, as an event has a value. A run of them ends where another node acts on one
/// of its qubits, and at fences, marks and policies. Gates that explicit edges join stay.
public final class GuardedGates implements GraphPass {

    private final List<GatePass> passes;

    /// @param passes that are applied to each run, one after the other
    public GuardedGates(List<GatePass> passes) {
        this.passes = List.copyOf(passes);
    }

    @Override
    public String title() {
        return "guarded gates";
    }

    @Override
    public Graph apply(Graph graph) {
        boolean guarded = false;
        for (int node = 0; node < graph.size() && !guarded; node++) {
            guarded = graph.guardIndex(node) != 0 && GateKind.has(graph.opcode(node));
        }
        return guarded ? new Runs(graph).rewritten() : graph;
    }

    /// The runs that are not yet ended, each with nodes of one guard.
    private final class Runs {

        private final Graph graph;
        private final boolean[] bound;
        private final GraphCopy copy;
        private final Map<Integer, List<Integer>> open = new LinkedHashMap<>();
        // By qubit: the guard of the open run that has it, or 0.
        private final int[] guards;
        // By qubit, within a run: its number there, or -1.
        private final int[] local;

        Runs(Graph graph) {
            this.graph = graph;
            bound = GraphCopy.joinedByEdges(graph);
            copy = new GraphCopy(graph);
            guards = new int[graph.qubits().size()];
            local = new int[guards.length];
            Arrays.fill(local, -1);
        }

        Graph rewritten() {
            for (int node : ProgramOrder.of(graph)) {
                boolean gate = GateKind.has(graph.opcode(node)) && !bound[node];
                int guard = gate ? graph.guardIndex(node) : 0;
                closeBefore(node, guard);
                if (guard == 0) {
                    copy.add(node);
                    continue;
                }
                open.computeIfAbsent(guard, _ -> new ArrayList<>()).add(node);
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    guards[Operand.index(graph.operand(i))] = guard;
                }
            }
            closeAll();
            return copy.build();
        }

        /// Ends the runs that the node must not join.
        private void closeBefore(int node, int guard) {
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.FENCE_EPOCH
                    || opcode == Opcode.BAR_REGION
                    || opcode == Opcode.SET_POLICY) {
                closeAll();
            }
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                int other = guards[Operand.index(graph.operand(i))];
                if (other != 0 && other != guard) close(other);
            }
            if (guard == 0 || !open.containsKey(guard)) return;
            int first = open.get(guard).getFirst();
            if (precision(first) != precision(node)) close(guard);
        }

        /// Of a gate without precision, that of the default.
        private double precision(int node) {
            return graph.argument(node) instanceof Argument.Rotation(double _, double precision)
                    ? precision
                    : Argument.PRECISION_DEFAULT;
        }

        private void closeAll() {
            for (int guard : List.copyOf(open.keySet())) close(guard);
        }

        private void close(int guard) {
            List<Integer> nodes = open.remove(guard);
            for (int node : nodes) {
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    guards[Operand.index(graph.operand(i))] = 0;
                }
            }
            if (nodes.size() == 1) {
                copy.add(nodes.getFirst());
                return;
            }
            List<Integer> qubits = new ArrayList<>();
            GateList gates = NodeGates.listOf(graph, nodes, local, qubits);
            for (GatePass pass : passes) gates = pass.apply(gates);
            NodeGates.addOn(
                    copy.builder(),
                    gates,
                    qubits,
                    graph.guard(nodes.getFirst()),
                    precision(nodes.getFirst()));
        }
    }
}
