package org.qmk.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Programs to measure with: the same for the same size, on every machine.
final class Workload {

    private static final long SEED = 20261122;
    private static final Opcode[] GATES = {
        Opcode.APPLY_H, Opcode.APPLY_S, Opcode.APPLY_T, Opcode.APPLY_X, Opcode.APPLY_SX
    };

    private Workload() {}

    /// A valid graph: one-qubit gates, as many two-qubit gates, a measurement in every tenth node,
    /// a correction or guarded gate after some of them, a rotation in every fiftieth.
    ///
    /// @param nodes number of nodes, 2 at least
    /// @param qubits number of qubits, all live from the first node to the last
    static Graph graph(int nodes, int qubits) {
        var random = new SplittableRandom(SEED);
        var builder = new GraphBuilder();
        int[] handles = new int[qubits];
        for (int i = 0; i < qubits; i++) handles[i] = builder.declareQubit("q" + i);
        builder.outputsGiven();
        builder.node(Opcode.ALLOC_LQ).qubits(handles).argument(new Argument.Profile("logical"));
        int last = -1;
        for (int i = 2; i < nodes; i++) {
            int a = handles[random.nextInt(qubits)];
            int b = handles[random.nextInt(qubits)];
            if (i % 10 == 0) {
                last = builder.declareEvent("m" + i);
                builder.node(Opcode.MEASURE_Z).qubit(a).output(last);
            } else if (i % 50 == 7) {
                double angle = random.nextInt(1, 1000) / 1000.0;
                builder.node(Opcode.RZ).qubit(a);
                builder.argument(new Argument.Rotation(angle, Argument.PRECISION_DEFAULT));
            } else if (i % 20 == 1 && last >= 0) {
                builder.node(Opcode.COND_PAULI).qubit(a).input(last);
                builder.argument(new Argument.Pauli(PauliString.of("Z")));
            } else if (i % 20 == 2 && last >= 0) {
                builder.node(Opcode.APPLY_H).qubit(a).guard(new Guard.Is(last, true));
            } else if (a != b && random.nextBoolean()) {
                builder.node(Opcode.APPLY_CNOT).qubits(a, b);
            } else {
                builder.node(GATES[random.nextInt(GATES.length)]).qubit(a);
            }
        }
        builder.node(Opcode.FREE_LQ).qubits(handles);
        return builder.requireWhatIsUsed().build();
    }

    /// A valid graph of one- and two-qubit Clifford gates in equal parts, a T gate in every
    /// twentieth node, a measurement in every tenth, nothing that waits for an outcome.
    ///
    /// @param qubits number of qubits, 2 at least, all live from the first node to the last
    static Graph gates(int nodes, int qubits, SplittableRandom random) {
        var builder = new GraphBuilder();
        int[] handles = new int[qubits];
        for (int i = 0; i < qubits; i++) handles[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(handles).argument(new Argument.Profile("logical"));
        for (int i = 2; i < nodes; i++) {
            int a = random.nextInt(qubits);
            int b = (a + random.nextInt(1, qubits)) % qubits;
            if (i % 10 == 0) {
                int event = builder.declareEvent("m" + i);
                builder.node(Opcode.MEASURE_Z).qubit(handles[a]).output(event);
            } else if (i % 20 == 5) {
                builder.node(Opcode.APPLY_T).qubit(handles[a]);
            } else if (random.nextBoolean()) {
                builder.node(Opcode.APPLY_CNOT).qubits(handles[a], handles[b]);
            } else {
                Opcode gate = random.nextBoolean() ? Opcode.APPLY_H : Opcode.APPLY_S;
                builder.node(gate).qubit(handles[a]);
            }
        }
        builder.node(Opcode.FREE_LQ).qubits(handles);
        return builder.requireWhatIsUsed().build();
    }

    /// An OpenQASM 3 program: a flat list of standard gates on 100 qubits, then measurements.
    static byte[] qasm(int gates) {
        var random = new SplittableRandom(SEED);
        var text = new StringBuilder(32 * gates);
        text.append("OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[100] q;\nbit[100] c;\n");
        String[] names = {"h", "s", "t", "x", "sdg"};
        for (int i = 0; i < gates; i++) {
            int a = random.nextInt(100);
            int b = (a + 1 + random.nextInt(99)) % 100;
            switch (random.nextInt(4)) {
                case 0 -> text.append("cx q[").append(a).append("], q[").append(b).append("];\n");
                case 1 ->
                        text.append("rz(pi/")
                                .append(random.nextInt(3, 40))
                                .append(") q[")
                                .append(a)
                                .append("];\n");
                default ->
                        text.append(names[random.nextInt(names.length)])
                                .append(" q[")
                                .append(a)
                                .append("];\n");
            }
        }
        return text.append("c = measure q;\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
