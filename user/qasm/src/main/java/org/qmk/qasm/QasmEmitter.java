package org.qmk.qasm;

import org.qmk.qvm.Argument;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Adds nodes to the graph, under the guard in force, and counts them.
final class QasmEmitter {

    private final GraphBuilder graph;
    private final QasmNotes notes;
    private final int nodesMax;

    /// The guard of nodes that act on qubits. Event logic is never guarded.
    private Guard guard = Guard.ALWAYS;

    private int events;

    /// Where in the source the statement at hand begins, for a bound that is exceeded.
    int at;

    QasmEmitter(GraphBuilder graph, QasmNotes notes, int nodesMax) {
        this.graph = graph;
        this.notes = notes;
        this.nodesMax = nodesMax;
    }

    /// Sets the guard and returns the one in force before.
    Guard guard(Guard next) {
        Guard before = guard;
        guard = next;
        return before;
    }

    Guard guard() {
        return guard;
    }

    int size() {
        return graph.size();
    }

    void gate(Opcode opcode, int qubit) {
        begin(opcode).qubit(qubit);
        close();
    }

    void gate(Opcode opcode, int first, int second) {
        begin(opcode).qubit(first).qubit(second);
        close();
    }

    void gate(Opcode opcode, int first, int second, int third) {
        begin(opcode).qubit(first).qubit(second).qubit(third);
        close();
    }

    /// A node on any number of qubits: reset and the like.
    void onQubits(Opcode opcode, int... qubits) {
        begin(opcode).qubits(qubits);
        close();
    }

    void rotation(Opcode opcode, int qubit, double angle) {
        begin(opcode)
                .qubit(qubit)
                .argument(new Argument.Rotation(angle, Argument.PRECISION_DEFAULT));
        close();
    }

    /// exp(-i angle/2 Z...Z) on the given qubits.
    void parityRotation(double angle, int... qubits) {
        var pauli = PauliString.of("Z".repeat(qubits.length));
        begin(Opcode.ROTATE_PAULI)
                .qubits(qubits)
                .argument(new Argument.PauliRotation(pauli, angle, Argument.PRECISION_DEFAULT));
        close();
    }

    /// Measures a qubit into a new event of the given name. Under a guard the event reads as 0
    /// where the measurement does not happen.
    int measure(int qubit, String name) {
        int event = event(name);
        begin(Opcode.MEASURE_Z).qubit(qubit).output(event);
        close();
        if (!(guard instanceof Guard.Always)) graph.defaultToZero(event);
        return event;
    }

    int constant(boolean value) {
        int event = event(fresh());
        begin(Opcode.EV_CONST).output(event).argument(new Argument.Bit(value));
        return event;
    }

    int logic(Opcode opcode, int... inputs) {
        int event = event(fresh());
        GraphBuilder node = begin(opcode);
        for (int input : inputs) node.input(input);
        node.output(event);
        return event;
    }

    /// A mark, a fence or a hint: never guarded, for it changes no result.
    void mark(Opcode opcode, Argument argument) {
        begin(opcode).argument(argument);
    }

    void allocate(int... qubits) {
        begin(Opcode.ALLOC_LQ).qubits(qubits).argument(new Argument.Profile("logical"));
    }

    void free(int... qubits) {
        begin(Opcode.FREE_LQ).qubits(qubits);
    }

    /// A name that no identifier of OpenQASM can be: those have no dot.
    private String fresh() {
        return "_." + events;
    }

    private int event(String name) {
        events++;
        return graph.declareEvent(name);
    }

    private GraphBuilder begin(Opcode opcode) {
        if (graph.size() >= nodesMax) throw notes.fatal(QasmRule.BOUND_NODES, at, nodesMax);
        return graph.node(opcode);
    }

    private void close() {
        if (!(guard instanceof Guard.Always)) graph.guard(guard);
    }
}
