package org.qmk.qasm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// Prints the graph of each file named, or its diagnostics.
final class QasmDump {

    private QasmDump() {}

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            switch (QasmReader.read(Files.readAllBytes(Path.of(file)), file)) {
                case QasmReading.Ok(Graph graph, var warnings) ->
                        System.out.print(text(graph) + warnings + "\n");
                case QasmReading.Failed(var errors) -> errors.forEach(System.out::println);
            }
        }
    }

    static String text(Graph graph) {
        var text = new StringBuilder();
        for (int node = 0; node < graph.size(); node++) {
            text.append(graph.opcode(node));
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int operand = graph.operand(i);
                int index = Operand.index(operand);
                text.append(
                        switch (Operand.kind(operand)) {
                            case QUBIT -> " " + graph.qubits().name(index);
                            case CHANNEL -> " " + graph.channels().name(index);
                            case INPUT -> " <" + graph.events().name(index);
                            case OUTPUT -> " >" + graph.events().name(index);
                        });
            }
            if (graph.argumentIndex(node) != 0) text.append(' ').append(graph.argument(node));
            if (graph.guardIndex(node) != 0) text.append(" if ").append(graph.guard(node));
            text.append('\n');
        }
        text.append("outputs");
        for (int i = 0; i < graph.outputs().size(); i++) {
            text.append(' ')
                    .append(graph.outputs().name(i))
                    .append('=')
                    .append(graph.events().name(graph.outputEvent(i)));
        }
        return text.append('\n').toString();
    }
}
