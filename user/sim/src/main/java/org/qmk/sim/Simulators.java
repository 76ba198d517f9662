package org.qmk.sim;

import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Graph;

/// The simulators that there are, and which one to take.
public final class Simulators {

    private static final Simulator STATEVECTOR = new StatevectorSimulator();
    private static final Simulator TABLEAU = new TableauSimulator();
    private static final Simulator SPARSE = new SparseSimulator();
    private static final Simulator NEAR_CLIFFORD = new NearCliffordSimulator();

    private Simulators() {}

    /// What `named` knows.
    public static List<String> names() {
        return List.of(
                StatevectorSimulator.NAME,
                TableauSimulator.NAME,
                SparseSimulator.NAME,
                NearCliffordSimulator.NAME);
    }

    /// The simulator that suits a graph: tableau for a Clifford one, else statevector.
    ///
    /// @param graph one that the verifier accepts
    public static Choice choose(Graph graph) {
        return choose(graph, StatevectorSimulator.QUBITS_MAX);
    }

    /// The simulator that suits a graph, if it is worth its while.
    ///
    /// @param graph one that the verifier accepts
    /// @param vectorQubitsMax the most that statevector is to hold
    public static Choice choose(Graph graph, int vectorQubitsMax) {
        var steps = new StepList(graph);
        Optional<Choice.Refused> notTableau =
                TableauSimulator.refusal(steps, HeapMemory.bytesMax());
        if (notTableau.isEmpty()) return chosen(TABLEAU, steps);
        Optional<Choice.Refused> notVector =
                StatevectorSimulator.refusal(steps, vectorQubitsMax, HeapMemory.bytesMax());
        if (notVector.isEmpty()) return chosen(STATEVECTOR, steps);
        Choice.Refused first = notVector.get();
        Choice.Refused second = notTableau.get();
        String other =
                second.code().equals(TableauSimulator.NOT_CLIFFORD)
                        ? " Tableau has room, but runs Clifford programs only."
                        : " And " + second.message();
        return new Choice.Refused(first.code(), first.message() + other);
    }

    /// The simulator of the given name, if it can run the graph.
    ///
    /// @param graph one that the verifier accepts
    public static Choice named(String name, Graph graph) {
        if (!names().contains(name)) {
            return new Choice.Refused(
                    "SIM-NAME-1",
                    "there is no simulator %s, expected one of %s. Name one of these."
                            .formatted(name, String.join(", ", names())));
        }
        var steps = new StepList(graph);
        if (name.equals(SparseSimulator.NAME)) {
            var refused = SparseSimulator.refusal(steps, HeapMemory.bytesMax());
            return refused.isPresent() ? refused.get() : chosen(SPARSE, steps);
        }
        if (name.equals(NearCliffordSimulator.NAME)) {
            var refused = NearCliffordSimulator.refusal(steps, HeapMemory.bytesMax());
            return refused.isPresent() ? refused.get() : chosen(NEAR_CLIFFORD, steps);
        }
        boolean tableau = name.equals(TableauSimulator.NAME);
        Optional<Choice.Refused> refusal =
                tableau
                        ? TableauSimulator.refusal(steps, HeapMemory.bytesMax())
                        : StatevectorSimulator.refusal(steps, HeapMemory.bytesMax());
        if (refusal.isPresent()) return refusal.get();
        return chosen(tableau ? TABLEAU : STATEVECTOR, steps);
    }

    /// `tableau: all 12 operations are Clifford; 3 qubits`, and for statevector the first
    /// operation that is not.
    private static Choice chosen(Simulator simulator, StepList steps) {
        var other = QuarterTurns.firstOther(steps);
        int nodes = steps.graph().size();
        String why =
                other.isEmpty()
                        ? (nodes == 1
                                        ? "its operation is"
                                        : "all %d operations are".formatted(nodes))
                                + " Clifford"
                        : QuarterTurns.describe(steps.graph(), other.getAsInt())
                                + " is not Clifford";
        int qubits = steps.slotsPeak();
        String held = qubits == 1 ? "1 qubit" : qubits + " qubits";
        return new Choice.Chosen(simulator, simulator.name() + ": " + why + "; " + held);
    }
}
