package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// Small programs written in OpenQASM.
final class QasmPrograms {

    private QasmPrograms() {}

    /// @param body statements on qubits `q[0]` to `q[4]` and bits `c[0]` to `c[4]`
    static Graph graph(String body) {
        String text =
                "OPENQASM 3.0; include \"stdgates.inc\"; qubit[5] q; bit[5] c;\n" + body + "\n";
        return read(text);
    }

    static Graph read(String text) {
        var reading = QasmReader.read(text.getBytes(StandardCharsets.UTF_8), "test.qasm");
        return assertInstanceOf(QasmReading.Ok.class, reading, reading.toString()).graph();
    }

    /// The operations on qubits, without allocations and what ends them: `APPLY_CNOT q[0] q[1]`.
    static List<String> operations(Graph graph) {
        List<String> operations = new ArrayList<>();
        for (int node = 0; node < graph.size(); node++) {
            var text = new StringBuilder(graph.opcode(node).name());
            switch (graph.opcode(node)) {
                case ALLOC_LQ, FREE_LQ, EV_CONST -> {
                    continue;
                }
                default -> {
                    for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                        text.append(' ').append(name(graph, graph.operand(i)));
                    }
                }
            }
            operations.add(text.toString());
        }
        return operations;
    }

    private static String name(Graph graph, int operand) {
        int index = Operand.index(operand);
        return switch (Operand.kind(operand)) {
            case QUBIT -> graph.qubits().name(index);
            case CHANNEL -> graph.channels().name(index);
            case INPUT, OUTPUT -> graph.events().name(index);
        };
    }
}
