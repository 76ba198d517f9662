package org.qmk.verifier;

import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Violation;

/// A short way to write graphs in tests. Handles are numbers: q0 to q9, c0 to c3, m0 to m9 are
/// declared; families and capabilities are those that the nodes need.
final class GraphSketch {

    static final int QUBITS = 10;
    static final int CHANNELS = 4;
    static final int EVENTS = 10;

    final GraphBuilder builder = new GraphBuilder();

    GraphSketch() {
        for (int i = 0; i < QUBITS; i++) builder.declareQubit("q" + i);
        for (int i = 0; i < CHANNELS; i++) builder.declareChannel("c" + i);
        for (int i = 0; i < EVENTS; i++) builder.declareEvent("m" + i);
        builder.outputsGiven();
    }

    GraphSketch alloc(int... qubits) {
        builder.node(Opcode.ALLOC_LQ).qubits(qubits).argument(new Argument.Profile(""));
        return this;
    }

    GraphSketch free(int... qubits) {
        builder.node(Opcode.FREE_LQ).qubits(qubits);
        return this;
    }

    GraphSketch open(int channel, int first, int second) {
        builder.node(Opcode.OPEN_CHAN).qubits(first, second).channel(channel);
        builder.argument(new Argument.Channel(0.9, "bell_pair"));
        return this;
    }

    GraphSketch close(int channel) {
        builder.node(Opcode.CLOSE_CHAN).channel(channel);
        return this;
    }

    GraphSketch gate(Opcode opcode, int... qubits) {
        builder.node(opcode).qubits(qubits);
        return this;
    }

    GraphSketch measure(int qubit, int event) {
        builder.node(Opcode.MEASURE_Z).qubit(qubit).output(event);
        return this;
    }

    GraphSketch logic(Opcode opcode, int output, int... inputs) {
        builder.node(opcode);
        for (int input : inputs) builder.input(input);
        builder.output(output);
        return this;
    }

    GraphSketch constant(int output, boolean value) {
        builder.node(Opcode.EV_CONST).output(output).argument(new Argument.Bit(value));
        return this;
    }

    GraphSketch correct(String pauli, int qubit, int... inputs) {
        builder.node(Opcode.COND_PAULI).qubit(qubit);
        for (int input : inputs) builder.input(input);
        builder.argument(new Argument.Pauli(PauliString.of(pauli)));
        return this;
    }

    GraphSketch region(String tag) {
        builder.node(Opcode.BAR_REGION).argument(new Argument.Tag(tag));
        return this;
    }

    GraphSketch fence() {
        builder.node(Opcode.FENCE_EPOCH);
        return this;
    }

    /// Guards the node written last.
    GraphSketch when(Guard guard) {
        builder.guard(guard);
        return this;
    }

    GraphSketch after(int node, int target) {
        builder.after(node, target);
        return this;
    }

    GraphSketch output(String name, int event) {
        builder.output(name, event);
        return this;
    }

    GraphSketch toZero(int event) {
        builder.defaultToZero(event);
        return this;
    }

    Graph graph() {
        return builder.requireWhatIsUsed().build();
    }

    Verdict verdict() {
        return Verifier.verify(graph());
    }

    Verified verified() {
        return switch (verdict()) {
            case Verified verified -> verified;
            case Rejected rejected -> throw new AssertionError(rejected.violations().toString());
        };
    }

    /// The codes of all violations, in order; empty for a verified graph.
    List<String> codes() {
        return codes(verdict());
    }

    static List<String> codes(Verdict verdict) {
        return switch (verdict) {
            case Verified _ -> List.of();
            case Rejected rejected -> rejected.violations().stream().map(Violation::code).toList();
        };
    }

    static Guard is(int event) {
        return new Guard.Is(event, true);
    }

    static Guard not(int event) {
        return new Guard.Is(event, false);
    }

    static Guard all(Guard... parts) {
        return new Guard.All(List.of(parts));
    }

    static Guard any(Guard... parts) {
        return new Guard.Any(List.of(parts));
    }

    /// The operands of a node, as text.
    static String operands(Graph graph, int node) {
        int[] operands = new int[graph.operandEnd(node) - graph.operandStart(node)];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = Operand.index(graph.operand(graph.operandStart(node) + i));
        }
        return Arrays.toString(operands);
    }
}
