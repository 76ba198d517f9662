package org.qmk.qir;

import org.qmk.qvm.Argument;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Adds nodes to the graph, under the guard in force, and counts them.
final class QirEmitter {

    private final GraphBuilder graph;
    private final QirNotes notes;
    private final QirSteps steps;
    private final int nodesMax;

    /// The guard of nodes that act on qubits. Event logic is never guarded.
    private Guard guard = Guard.ALWAYS;

    private int events;

    QirEmitter(GraphBuilder graph, QirNotes notes, QirSteps steps, int nodesMax) {
        this.graph = graph;
        this.notes = notes;
        this.steps = steps;
        this.nodesMax = nodesMax;
    }

    void guard(Guard next) {
        guard = next;
    }

    /// A gate, a reset, or anything else that acts on qubits and takes no argument.
    void gate(Opcode opcode, int... qubits) {
        begin(opcode).qubits(qubits);
        close();
    }

    void rotation(Opcode opcode, double angle, int qubit) {
        begin(opcode)
                .qubit(qubit)
                .argument(new Argument.Rotation(angle, Argument.PRECISION_DEFAULT));
        close();
    }

    /// exp(-i angle/2 P) for the Pauli string P.
    void rotation(PauliString pauli, double angle, int... qubits) {
        begin(Opcode.ROTATE_PAULI)
                .qubits(qubits)
                .argument(new Argument.PauliRotation(pauli, angle, Argument.PRECISION_DEFAULT));
        close();
    }

    /// Measures a qubit into a new event. Under a guard the event reads as 0 where the measurement
    /// does not happen.
    int measure(int qubit) {
        int event = event("m" + events);
        begin(Opcode.MEASURE_Z).qubit(qubit).output(event);
        close();
        if (!(guard instanceof Guard.Always)) graph.defaultToZero(event);
        return event;
    }

    int constant(boolean value) {
        int event = event("c" + events);
        begin(Opcode.EV_CONST).output(event).argument(new Argument.Bit(value));
        return event;
    }

    int logic(Opcode opcode, int... inputs) {
        int event = event("c" + events);
        GraphBuilder node = begin(opcode);
        for (int input : inputs) node.input(input);
        node.output(event);
        return event;
    }

    /// Takes a new qubit, whatever the guard.
    int allocate(String name) {
        int qubit = graph.declareQubit(name);
        begin(Opcode.ALLOC_LQ).qubit(qubit).argument(new Argument.Profile("logical"));
        return qubit;
    }

    void free(int... qubits) {
        begin(Opcode.FREE_LQ).qubits(qubits);
    }

    private int event(String name) {
        events++;
        return graph.declareEvent(name);
    }

    private GraphBuilder begin(Opcode opcode) {
        if (graph.size() >= nodesMax) throw notes.fatal(QirRule.BOUND_NODES, steps.at, nodesMax);
        steps.take(1);
        return graph.node(opcode);
    }

    private void close() {
        if (!(guard instanceof Guard.Always)) graph.guard(guard);
    }
}
