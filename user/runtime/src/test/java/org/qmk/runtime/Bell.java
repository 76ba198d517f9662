package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Two qubits in a Bell state, measured.
final class Bell {

    private Bell() {}

    static Verified program() {
        return assertInstanceOf(Verified.class, Verifier.verify(graph(true)));
    }

    /// The same without the node that frees the qubits.
    static Graph leaking() {
        return graph(false);
    }

    private static Graph graph(boolean freed) {
        var builder = new GraphBuilder();
        int a = builder.declareQubit("a");
        int b = builder.declareQubit("b");
        builder.node(Opcode.ALLOC_LQ).qubits(a, b).argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_H).qubit(a);
        builder.node(Opcode.APPLY_CNOT).qubits(a, b);
        builder.node(Opcode.MEASURE_Z).qubit(a).output(builder.declareEvent("m0"));
        builder.node(Opcode.MEASURE_Z).qubit(b).output(builder.declareEvent("m1"));
        if (freed) builder.node(Opcode.FREE_LQ).qubits(a, b);
        return builder.requireWhatIsUsed().build();
    }
}
