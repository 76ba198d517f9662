package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Small verified programs.
final class Programs {

    private static final Argument ANY = new Argument.Profile("logical");

    private Programs() {}

    /// Five layers: allocate, H, CNOT, two measurements, free.
    static Verified bell() {
        return verified(bellGraph());
    }

    static Graph bellGraph() {
        var builder = new GraphBuilder();
        int a = builder.declareQubit("a");
        int b = builder.declareQubit("b");
        int m0 = builder.declareEvent("m0");
        int m1 = builder.declareEvent("m1");
        builder.node(Opcode.ALLOC_LQ).qubits(a, b).argument(ANY);
        builder.node(Opcode.APPLY_H).qubit(a);
        builder.node(Opcode.APPLY_CNOT).qubits(a, b);
        builder.node(Opcode.MEASURE_Z).qubit(a).output(m0);
        builder.node(Opcode.MEASURE_Z).qubit(b).output(m1);
        builder.node(Opcode.FREE_LQ).qubits(a, b);
        return builder.requireWhatIsUsed().build();
    }

    /// One qubit on which the given number of H gates is applied, then measured.
    static Verified line(int gates) {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        int m = builder.declareEvent("m");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(ANY);
        for (int i = 0; i < gates; i++) builder.node(Opcode.APPLY_H).qubit(q);
        builder.node(Opcode.MEASURE_Z).qubit(q).output(m);
        builder.node(Opcode.FREE_LQ).qubit(q);
        return verified(builder.requireWhatIsUsed().build());
    }

    /// The given number of qubits, all measured.
    static Verified wide(int qubits) {
        var builder = new GraphBuilder();
        int[] handles = new int[qubits];
        for (int i = 0; i < qubits; i++) handles[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(handles).argument(ANY);
        for (int i = 0; i < qubits; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(handles[i]).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(handles);
        return verified(builder.requireWhatIsUsed().build());
    }

    static Verified verified(Graph graph) {
        return assertInstanceOf(Verified.class, Verifier.verify(graph));
    }
}
